using ProductionOffice.Expressions;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary>Files that came with web requests: kept as documents of the workflow that got them.</summary>
internal sealed class ReceivedFiles(DocumentFiles files, WorkflowStore store)
{
    /// <summary>Makes the bytes durable and gives their hash.</summary>
    public string Save(byte[] bytes) => files.Save(bytes);

    /// <summary>Lists them among the documents; again changes nothing.</summary>
    /// <param name="sent">As the workflow got them.</param>
    /// <param name="instanceId">The workflow.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ListAsync(Value sent, string instanceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (sent.Kind != ValueKind.List || sent.AsList().Count == 0)
            return;

        await store.WriteAsync(async context =>
        {
            foreach (var file in sent.AsList())
            {
                var sha = file["sha256"].AsString();
                var effect = $"{instanceId}:received:{sha}:{file["name"].AsString()}";
                var id = "d-" + Secrets.Hash(effect)[..12].ToLowerInvariant();
                if (await context.Documents.FindAsync([id], cancellationToken) is not null)
                    continue;

                context.Documents.Add(new DocumentRow
                {
                    Id = id,
                    EffectKey = effect,
                    InstanceId = instanceId,
                    Kind = "received",
                    Name = file["name"].AsString(),
                    Version = 1,
                    State = "received",
                    Sha256 = sha,
                    Size = (long)file["size"].AsNumber(),
                    ContentType = file["contentType"].AsString(),
                    Template = "",
                    CreatedAt = now,
                    // Nobody has said what is in it: it opens for those who may see a deal.
                    HasDealTerms = true,
                });
            }
        }, cancellationToken);
    }
}
