using ProductionOffice.Engine.Journal;

namespace ProductionOffice.Server.Tryout;

/// <summary>Which steps of a drawing a run has been through, and by which ways.</summary>
internal sealed class WayTaken
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> _ways = [];

    /// <summary>Follows the journal of an instance over a map.</summary>
    /// <remarks>The journal names what began and ended; a step that begins was led to by whichever of its sources ended last.</remarks>
    public static WayTaken Of(FlowMap map, IEnumerable<JournalEntry> journal, string? instanceId)
    {
        var taken = new WayTaken();
        var sources = map.Ways.ToLookup(w => w.To, w => w.From);
        var ended = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = map.Steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var line = 0;
        foreach (var entry in journal.Where(e => e.InstanceId == instanceId && ids.Contains(e.ActivityId)))
        {
            line++;
            switch (entry.Event)
            {
                case "Started":
                    taken._running.Add(entry.ActivityId);
                    if (sources[entry.ActivityId].Where(ended.ContainsKey).OrderByDescending(s => ended[s]).FirstOrDefault() is { } from)
                        taken._ways.Add((from, entry.ActivityId));
                    break;
                case "Completed":
                    taken._running.Remove(entry.ActivityId);
                    taken._failed.Remove(entry.ActivityId);
                    taken._done.Add(entry.ActivityId);
                    ended[entry.ActivityId] = line;
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
