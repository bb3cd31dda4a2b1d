using System.Globalization;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Templates;
using ProductionOffice.Workflows;

namespace ProductionOffice.Server.Effects;

/// <summary>Fills a template and files the document.</summary>
internal sealed class DocumentEffect(TemplateShelf templates, DocumentFiles files) : IEffect
{
    /// <summary>Most bytes of one document.</summary>
    public int LargestDocument { get; init; } = 30_000_000;

    public string Kind => "document";

    public Task<EffectResult> PerformAsync(OutboxMessage message, Value payload, CancellationToken cancellationToken)
    {
        var (row, result) = Make(message, payload);
        return Task.FromResult(new EffectResult(context => context.Documents.Add(row), result));
    }

    /// <summary>Fills the template and keeps the file; gives its row and what the waiting activity gets.</summary>
    /// <exception cref="EffectFailedException">The template is missing or broken, or the document would be too large.</exception>
    public (DocumentRow Row, Value Result) Make(OutboxMessage message, Value payload)
    {
        var name = payload["template"].ToString();
        var issuedAt = DateTimeOffset.Parse(payload["issuedAt"].ToString(), CultureInfo.InvariantCulture);
        var bytes = Render(name, payload["data"], issuedAt);
        if (bytes.Length > LargestDocument)
            throw new EffectFailedException($"{payload["name"]} would be {bytes.Length / 1_000_000} MB; the office keeps documents up to {LargestDocument / 1_000_000} MB. Use smaller pictures in {name}, then retry.");

        var sha = files.Save(bytes);

        // The id follows from the effect, so that the same effect again names the same document.
        var id = "d-" + Security.Secrets.Hash(message.EffectKey)[..12].ToLowerInvariant();
        var row = new DocumentRow
        {
            Id = id,
            EffectKey = message.EffectKey,
            InstanceId = message.InstanceId,
            Kind = payload["kind"].ToString(),
            Name = payload["name"].ToString(),
            Version = (int)payload["version"].AsNumber(),
            State = payload["state"].ToString(),
            Subject = payload["subject"].IsNullish ? null : payload["subject"].ToString(),
            Sha256 = sha,
            Size = bytes.Length,
            ContentType = ContentTypes.Of(name),
            Template = name,
            CreatedAt = issuedAt,
            HasDealTerms = payload["hasDealTerms"].IsTruthy,
        };
        var result = OfficeValues.Fields(
            ("id", Value.From(id)),
            ("kind", Value.From(row.Kind)),
            ("name", Value.From(row.Name)),
            ("version", Value.From((double)row.Version)),
            ("sha256", Value.From(sha)),
            ("size", Value.From((double)row.Size)));
        return (row, result);
    }

    private byte[] Render(string name, Value data, DateTimeOffset issuedAt)
    {
        using var output = new MemoryStream();
        try
        {
            templates.Find(name).Render(data, Options(data) with { Now = issuedAt }, output);
        }
        catch (TemplateException e)
        {
            throw new EffectFailedException($"{string.Join(" ", e.Errors.Select(Sentence))} Correct the template, then retry.");
        }

        return output.ToArray();
    }

    private static RenderOptions Options(Value data)
    {
        try
        {
            return RenderJob.ReadOptions(default, data: data);
        }
        catch (FormatException e)
        {
            throw new EffectFailedException($"{e.Message} Correct the time zone of the production, then retry.");
        }
    }

    private static string Sentence(TemplateProblem problem)
    {
        var place = string.Join(", ", ((string?[])[problem.File, problem.Place]).Where(p => !string.IsNullOrEmpty(p)));
        return $"{place}{(place.Length > 0 ? ": " : "")}{(string.IsNullOrEmpty(problem.Tag) ? "" : problem.Tag + ": ")}{problem.Message} [{problem.Code}]";
    }
}

/// <summary>What kind of file a name stands for.</summary>
internal static class ContentTypes
{
    public static string Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".pdf" => "application/pdf",
        _ => "application/octet-stream",
    };
}
