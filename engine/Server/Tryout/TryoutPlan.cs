using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tryout;

/// <summary>All that a try-out is: what it began with and what was done, in order. Played again it comes out the same, so taking back is leaving out the last step.</summary>
/// <param name="Input">What the workflow is started with.</param>
/// <param name="StartedBy">Account that asks for it; null for the office itself.</param>
/// <param name="StartsAt">UTC moment on the try-out's own clock.</param>
/// <param name="Steps">What was done since.</param>
internal sealed record TryoutPlan(JsonObject Input, string? StartedBy, DateTimeOffset StartsAt, IReadOnlyList<TryoutStep> Steps)
{
    public TryoutPlan With(TryoutStep step) => this with { Steps = [.. Steps, step] };

    public TryoutPlan Before(int count) => this with { Steps = [.. Steps.Take(count)] };
}

/// <summary>One thing done in a try-out.</summary>
/// <param name="Kind">One of <see cref="Answer"/>, <see cref="Pass"/>, <see cref="Cancel"/>.</param>
internal sealed record TryoutStep(string Kind)
{
    /// <summary>What waits is answered.</summary>
    public const string Answer = "answer";

    /// <summary>Time passes.</summary>
    public const string Pass = "pass";

    /// <summary>The whole run is cancelled.</summary>
    public const string Cancel = "cancel";

    /// <summary>The activity that waits; null when the step is no answer.</summary>
    public string? ActivityId { get; init; }

    /// <summary>Which of its waits, oldest first, from 0.</summary>
    public int Index { get; init; }

    /// <summary>What is chosen.</summary>
    public string? Choice { get; init; }

    /// <summary>The words given with it.</summary>
    public string? Comment { get; init; }

    /// <summary>Values filled in with it.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>How many days of the production's calendar pass; 0 lets time pass until the next deadline.</summary>
    public int Days { get; init; }
}
