using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Running;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>One execution of an activity.</summary>
internal sealed record Execution(
    string Id, string InstanceId, string ActivityId, string ActivityNodeId, string ActivityType, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, ActivityStatus Status, bool HasBookmarks, string? Fault)
{
    public int Number { get; init; }

    /// <summary>What the journal's line of its start carries.</summary>
    public string? StartData { get; init; }

    /// <summary>Outcomes it completed with; null when it has not, or they are not known.</summary>
    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>The execution that scheduled it; null for the workflow itself.</summary>
    public Execution? Parent { get; set; }
}

/// <summary>The executions of an instance, read off its journal.</summary>
internal static class Executions
{
    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<Execution>> ReadAsync(OfficeDbContext context, string instanceId, CancellationToken cancellationToken)
    {
        var lines = await context.Journal.Where(j => j.InstanceId == instanceId && j.Event != "Note").OrderBy(j => j.N)
            .Select(j => new { j.Event, j.ActivityId, j.ActivityNodeId, j.ActivityInstanceId, j.ActivityType, j.At, j.Data, Fault = j.Event == "Faulted" ? j.Message : null }).ToListAsync(cancellationToken);
        var waiting = (await context.Bookmarks.Where(b => b.InstanceId == instanceId).Select(b => b.ActivityInstanceId).Distinct().ToListAsync(cancellationToken)).ToHashSet();
        var executions = lines.GroupBy(l => l.ActivityInstanceId).Select(g =>
        {
            var (first, last) = (g.First(), g.Last());
            var status = last.Event switch
            {
                "Completed" => ActivityStatus.Completed,
                "Canceled" => ActivityStatus.Canceled,
                "Faulted" => ActivityStatus.Faulted,
                _ => ActivityStatus.Running,
            };
            return new Execution(
                ExecutionId.Of(instanceId, g.Key), instanceId, first.ActivityId, first.ActivityNodeId, first.ActivityType, first.At, status == ActivityStatus.Running ? null : last.At, status, waiting.Contains(g.Key), last.Fault)
            {
                Number = int.TryParse(g.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
                StartData = g.LastOrDefault(l => l.Event == "Started")?.Data,
                Outcomes = status == ActivityStatus.Completed ? JournalReading.Outcomes(last.Data) : null,
            };
        }).OrderBy(e => e.StartedAt).ThenBy(e => e.Number).ToList();
        Relate(executions);
        return executions;
    }

    /// <summary>The parent is the newest execution of the activity around it that is older.</summary>
    private static void Relate(List<Execution> executions)
    {
        var byNode = executions.GroupBy(e => e.ActivityNodeId).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var execution in executions)
        {
            var colon = execution.ActivityNodeId.LastIndexOf(':');
            if (colon > 0 && byNode.TryGetValue(execution.ActivityNodeId[..colon], out var around))
                execution.Parent = around.LastOrDefault(p => p.Number < execution.Number);
        }
    }
}
