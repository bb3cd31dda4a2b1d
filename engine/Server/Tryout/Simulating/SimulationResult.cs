namespace ProductionOffice.Server.Tryout.Simulating;

/// <summary>What a simulation came to.</summary>
internal sealed record SimulationResult
{
    public required int Starts { get; init; }

    public required int Finished { get; init; }

    /// <summary>How many had at least one answer after it was due.</summary>
    public required int Late { get; init; }

    public required int Documents { get; init; }

    public required int Messages { get; init; }

    public required IReadOnlyList<StepWaiting> Steps { get; init; }

    public required IReadOnlyList<RoleWaiting> Roles { get; init; }

    public required IReadOnlyList<WeekCount> Weeks { get; init; }

    /// <summary>What stopped some of them, and how many.</summary>
    public required IReadOnlyList<(string Message, int Count)> Troubles { get; init; }

    /// <summary>From start to end, of those that ended.</summary>
    public required Spread Whole { get; init; }
}

/// <summary>Half took no longer than the median, nine of ten no longer than P90.</summary>
internal readonly record struct Spread(TimeSpan Median, TimeSpan P90)
{
    public static Spread Of(IEnumerable<TimeSpan> spans)
    {
        var sorted = spans.Order().ToList();
        return sorted.Count == 0 ? default : new Spread(sorted[(sorted.Count - 1) / 2], sorted[(int)Math.Ceiling((sorted.Count - 1) * 0.9)]);
    }
}

/// <summary>Waiting at one step.</summary>
/// <param name="Share">Of all waiting, 0 to 1.</param>
/// <param name="Late">Answers after they were due.</param>
/// <param name="Unanswered">Those that were overtaken, or still waited at the end.</param>
internal sealed record StepWaiting(string ActivityId, string Name, string Role, int Count, Spread Spread, TimeSpan Total, double Share, int Late, int Unanswered);

/// <summary>Waiting for one role.</summary>
/// <param name="Queue">How many things it has open, at the end of each day from the first.</param>
internal sealed record RoleWaiting(string Key, string Name, int Count, Spread Spread, double Share, int Longest, IReadOnlyList<int> Queue);

/// <summary>One week.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Open">Still under way at its end.</param>
internal sealed record WeekCount(DateOnly Monday, int Started, int Finished, int Open, int Late);
