using ProductionOffice.Engine.Journal;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Drawings;

namespace ProductionOffice.Server.Tryout;

/// <summary>Which steps of a drawing a run has been through, and by which ways.</summary>
internal sealed class WayTaken
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> _ways = [];

    /// <summary>Follows the journal of an instance over a map: a way is taken when the step before it completed with its outcome.</summary>
    public static WayTaken Of(FlowMap map, IEnumerable<JournalEntry> journal, string? instanceId)
    {
        var taken = new WayTaken();
        var ways = map.Ways.ToLookup(w => w.From);
        var ids = map.Steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in journal.Where(e => e.InstanceId == instanceId && ids.Contains(e.ActivityId)))
        {
            switch (entry.Event)
            {
                case "Started":
                    taken._running.Add(entry.ActivityId);
                    break;
                case "Completed":
                    taken._running.Remove(entry.ActivityId);
                    taken._failed.Remove(entry.ActivityId);
                    taken._done.Add(entry.ActivityId);
                    foreach (var way in ways[entry.ActivityId].Where(w => entry.Outcomes()?.Contains(w.Port) == true))
                        taken._ways.Add((way.From, way.To));
                    break;
                case "Canceled":
                    taken._running.Remove(entry.ActivityId);
                    break;
                case "Faulted":
                    taken._running.Remove(entry.ActivityId);
                    taken._failed.Add(entry.ActivityId);
                    break;
            }
        }

        return taken;
    }

    public bool Went(string from, string to) => _ways.Contains((from, to));

    /// <summary>failed, waiting, done or none.</summary>
    public string ToneOf(string stepId) => _failed.Contains(stepId) ? "failed" : _running.Contains(stepId) ? "waiting" : _done.Contains(stepId) ? "done" : "none";
}
