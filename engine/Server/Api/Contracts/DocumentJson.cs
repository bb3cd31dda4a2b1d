using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api.Contracts;

/// <summary>A document as programs read it.</summary>
internal sealed record DocumentJson(
    string Id, string Kind, string Name, int Version, string State, string InstanceId, string Sha256, long Size,
    string? Subject, string ContentType, string Template, DateTimeOffset CreatedAt, bool HasDealTerms)
{
    public static DocumentJson Of(DocumentRow row) => new(
        row.Id, row.Kind, row.Name, row.Version, row.State, row.InstanceId, row.Sha256, row.Size, row.Subject, row.ContentType, row.Template, row.CreatedAt, row.HasDealTerms);
}
