using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary><c>/workflow-instances/{id}/journal</c>: what happened, line by line.</summary>
internal static class JournalApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-instances/{id}/journal", AllAsync);
        api.MapPost("/workflow-instances/{id}/journal", FilteredAsync);
    }

    private static Task<IResult> AllAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken) => PageAsync(id, [], http, store, directory, cancellationToken);

    private static async Task<IResult> FilteredAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken) =>
        await PageAsync(id, (await ElsaBody.ReadAsync(http))["filter"] as JsonObject ?? [], http, store, directory, cancellationToken);

    /// <summary>In order; reasons and what was worked out are left out for those who may not see what they speak of.</summary>
    private static async Task<IResult> PageAsync(string id, JsonObject filter, HttpContext http, WorkflowStore store, DirectoryCache directory, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var states = await StepStates.ReadAsync(context, id, http.Caller(), directory, cancellationToken)
            ?? throw OfficeProblem.NotFound("running or finished workflow", id, "List them with 'office instance list'.");
        var rows = Where(context.Journal.Where(j => j.InstanceId == id), filter);
        var total = await rows.CountAsync(cancellationToken);
        var (skip, take) = (ElsaQuery.Number(http, "skip") ?? 0, Math.Clamp(ElsaQuery.Number(http, "take") ?? 100, 1, 1000));
        var lines = await rows.OrderBy(j => j.N).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var parents = (await Executions.ReadAsync(context, id, cancellationToken)).ToDictionary(e => e.Id, e => e.Parent?.Id);
        return ElsaJson.Paged(lines.Select(l => Record(l, parents, states)).ToList(), total);
    }

    private static IQueryable<JournalEntry> Where(IQueryable<JournalEntry> rows, JsonObject filter)
    {
        // An empty list is no filter, as null is none.
        if (ElsaBulk.Texts(filter, "activityIds") is { Count: > 0 } activities)
            rows = rows.Where(j => activities.Contains(j.ActivityId));
        if (ElsaBulk.Texts(filter, "activityNodeIds") is { Count: > 0 } nodes)
            rows = rows.Where(j => nodes.Contains(j.ActivityNodeId));
        if (ElsaBulk.Texts(filter, "excludedActivityTypes") is { Count: > 0 } excluded)
            rows = rows.Where(j => !excluded.Contains(j.ActivityType));
        if (ElsaBulk.Texts(filter, "eventNames") is { Count: > 0 } events)
            rows = rows.Where(j => events.Contains(j.Event));
        return rows;
    }

    private static JsonObject Record(JournalEntry line, Dictionary<string, string?> parents, StepStates states)
    {
        var execution = ExecutionId.Of(line.InstanceId, line.ActivityInstanceId);
        return new JsonObject
        {
            ["id"] = $"{line.InstanceId}.j{line.N.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            ["activityInstanceId"] = execution,
            ["parentActivityInstanceId"] = parents.GetValueOrDefault(execution),
            ["activityId"] = line.ActivityId,
            ["activityType"] = line.ActivityType,
            ["activityTypeVersion"] = 1,
            ["activityName"] = null,
            ["nodeId"] = line.ActivityNodeId,
            ["timestamp"] = line.At,
            ["sequence"] = line.N,
            ["eventName"] = line.Event,
            ["message"] = line.Message,
            ["source"] = line.Who,
            ["activityState"] = line.Event == "Started" && states.Of(line.ActivityNodeId, line.Data) is { Count: > 0 } state ? state : null,
            ["payload"] = Payload(line, states.Sees),
        };
    }

    private static JsonObject? Payload(JournalEntry line, bool sees)
    {
        var payload = new JsonObject();
        if (line.Outcomes() is { } outcomes)
            payload["Outcomes"] = new JsonArray([.. outcomes.Select(o => (JsonNode)o)]);
        if (sees && line.Why is not null)
            payload["Reason"] = line.Why;
        return payload.Count > 0 ? payload : null;
    }
}
