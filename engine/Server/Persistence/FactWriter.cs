using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.Paperwork;

namespace ProductionOffice.Server.Persistence;

/// <summary>Takes the engine's statements over into the office's tables, in the engine's own transaction.</summary>
internal static class FactWriter
{
    /// <summary>Same spelling for every record kept as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Whether a commit states something about the directory of people.</summary>
    public static bool ChangesDirectory(Commit commit) => commit.Bursts.Any(b => b.Facts.Any(f => f.Kind == "person"));

    public static async Task ApplyAsync(OfficeDbContext context, Fact fact, CancellationToken cancellationToken)
    {
        switch (fact.Kind)
        {
            case "paperwork":
                await SetPaperworkAsync(context, Read<PaperworkItem>(fact), cancellationToken);
                break;
            case "person":
                await SetDirectoryAsync(context, "person", fact.Key, fact.Payload, cancellationToken);
                break;
            case "document":
                await SetDocumentStateAsync(context, fact.Key, (string)JsonNode.Parse(fact.Payload)!["state"]!, cancellationToken);
                break;
            case "delivery":
                await UpdateDeliveryAsync(context, fact, cancellationToken);
                break;
            case "task":
                await CloseTaskAsync(context, fact, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"No table takes facts of kind '{fact.Kind}' (key '{fact.Key}').");
        }
    }

    public static async Task SetPaperworkAsync(OfficeDbContext context, PaperworkItem item, CancellationToken cancellationToken)
    {
        if (await context.Paperwork.FindAsync([item.PersonId, item.Kind], cancellationToken) is { } old)
            context.Entry(old).CurrentValues.SetValues(item with { DocumentId = item.DocumentId ?? old.DocumentId });
        else
            context.Paperwork.Add(item);
    }

    public static async Task SetDirectoryAsync(OfficeDbContext context, string kind, string key, string json, CancellationToken cancellationToken)
    {
        if (await context.Directory.FindAsync([kind, key], cancellationToken) is { } old)
            old.Json = json;
        else
            context.Directory.Add(new DirectoryRow { Kind = kind, Key = key, Position = await context.Directory.CountAsync(d => d.Kind == kind, cancellationToken), Json = json });
    }

    private static async Task SetDocumentStateAsync(OfficeDbContext context, string documentId, string state, CancellationToken cancellationToken)
    {
        if (await context.Documents.FindAsync([documentId], cancellationToken) is { } document)
            document.State = state;
    }

    private static async Task UpdateDeliveryAsync(OfficeDbContext context, Fact fact, CancellationToken cancellationToken)
    {
        var change = Read<DeliveryChange>(fact);
        if (await context.Deliveries.FindAsync([fact.Key], cancellationToken) is not { } old)
            return;

        context.Entry(old).CurrentValues.SetValues(old with
        {
            // What was handed over stays so: a late notice does not bring a parcel back to the shelf.
            State = old.IsWaiting ? change.State ?? old.State : old.State,
            NotifiedAt = change.NotifiedAt ?? old.NotifiedAt,
            InstanceId = change.InstanceId ?? old.InstanceId,
        });
    }

    private static async Task CloseTaskAsync(OfficeDbContext context, Fact fact, CancellationToken cancellationToken)
    {
        var answer = Read<TaskAnswer>(fact);
        if (await context.Tasks.FindAsync([fact.Key], cancellationToken) is not { } task)
            return;

        task.State = "done";
        task.DoneAt = answer.At;
        task.DoneBy = answer.By;
        task.Outcome = answer.Outcome;
        task.Comment = answer.Comment;
    }

    private static T Read<T>(Fact fact) => JsonSerializer.Deserialize<T>(fact.Payload, Json)
        ?? throw new InvalidOperationException($"The fact {fact.Kind} '{fact.Key}' is empty.");

    private sealed record DeliveryChange(string? State, DateTimeOffset? NotifiedAt, string? InstanceId);

    private sealed record TaskAnswer(string Outcome, string? Comment, string? By, DateTimeOffset At);
}
