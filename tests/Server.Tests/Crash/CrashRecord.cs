namespace ProductionOffice.Server.Tests.Crash;

/// <summary>The points that undisturbed runs of a scene reached, in order: what a plan may name.</summary>
/// <param name="runs">One list a run.</param>
/// <param name="start">How many of them belong to the start, which each life of the process begins with.</param>
internal sealed class CrashRecord(IReadOnlyList<IReadOnlyList<string>> runs, int start)
{
    /// <summary>Of the longest run.</summary>
    public IReadOnlyList<string> Order { get; } = runs.MaxBy(r => r.Count)!;

    /// <summary>Each point by its first time.</summary>
    public IReadOnlyList<string> Points { get; } = [.. runs.SelectMany(r => r).Distinct()];

    /// <summary>Hits that every run had: more workers or a quicker disk cannot take them away.</summary>
    public int Certain(string point) => runs.Min(r => r.Count(p => p == point));

    /// <summary>Hits that a run may have; how many changes share a commit is nobody's to say.</summary>
    public int Possible(string point) => runs.Max(r => r.Count(p => p == point));

    /// <summary>The place as the first thing that befalls an office.</summary>
    public CrashStep At(int place) => new(Order[place], Order.Take(place + 1).Count(p => p == Order[place]));

    /// <summary>A later place, counted by the life that begins after the process ended at an earlier one.</summary>
    public CrashStep After(int earlier, int later) =>
        new(Order[later], Order.Take(start).Count(p => p == Order[later]) + Order.Skip(Math.Max(start, earlier + 1)).Take(later - Math.Max(start - 1, earlier)).Count(p => p == Order[later]));

    /// <summary>A plan that ends an office at several places, one after the other.</summary>
    public List<CrashStep> Chain(IEnumerable<int> places)
    {
        var ordered = places.Order().ToList();
        return [At(ordered[0]), .. ordered.Zip(ordered.Skip(1), After)];
    }
}
