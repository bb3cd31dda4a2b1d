using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Workflows;

namespace ProductionOffice.Server.Tryout;

/// <summary>Effects of a try-out: documents are made of the real templates into memory, messages are collected, web requests wait for an answer somebody makes up.</summary>
/// <param name="templates">Null makes no documents, only their names.</param>
/// <param name="clock">The try-out's clock.</param>
internal sealed class TryoutEffects(TemplateShelf? templates, TimeProvider clock)
{
    private readonly MemoryDocuments _files = new();

    public List<DocumentRow> Documents { get; } = [];

    public List<MessageRow> Messages { get; } = [];

    public List<(OutboxMessage Message, Value Request, DateTimeOffset At)> Requests { get; } = [];

    /// <summary>What could not be done, with the remedy; as it would be set aside for a person.</summary>
    public List<(OutboxMessage Message, string Reason)> Failed { get; } = [];

    public Stream Open(DocumentRow document) => _files.Open(document.Sha256);

    public void SetState(string documentId, string state)
    {
        if (Documents.Find(d => d.Id == documentId) is { } document)
            document.State = state;
    }

    /// <summary>The result for whoever waits; null when there is none yet.</summary>
    public Value? Perform(OutboxMessage message)
    {
        var payload = Value.ParseJson(message.Payload);
        switch (message.Kind)
        {
            case "document":
                return Document(message, payload);
            case "message":
                Messages.Add(MessageEffect.Compose(message, payload));
                return Value.True;
            case "http":
                Requests.Add((message, payload, clock.GetUtcNow()));
                return null;
            case "http-response":
                return Value.Null;
            default:
                Failed.Add((message, $"This office cannot perform '{message.Kind}'."));
                return null;
        }
    }

    private Value? Document(OutboxMessage message, Value payload)
    {
        if (templates is null)
        {
            var row = Named(message, payload);
            Documents.Add(row);
            return OfficeValues.Fields(("id", Value.From(row.Id)), ("kind", payload["kind"]), ("name", payload["name"]), ("version", payload["version"]), ("sha256", Value.From("")), ("size", Value.From(0.0)));
        }

        try
        {
            var (row, result) = new DocumentEffect(templates, _files).Make(message, payload);
            Documents.Add(row);
            return result;
        }
        catch (EffectFailedException e)
        {
            Failed.Add((message, e.Message));
            return null;
        }
    }

    private DocumentRow Named(OutboxMessage message, Value payload) => new()
    {
        Id = $"d-{message.EffectKey}",
        EffectKey = message.EffectKey,
        InstanceId = message.InstanceId,
        Kind = payload["kind"].ToString(),
        Name = payload["name"].ToString(),
        Version = (int)payload["version"].AsNumber(),
        State = payload["state"].ToString(),
        Sha256 = "",
        ContentType = ContentTypes.Of(payload["name"].ToString()),
        Template = payload["template"].ToString(),
        CreatedAt = clock.GetUtcNow(),
        HasDealTerms = payload["hasDealTerms"].IsTruthy,
    };
}
