using ProductionOffice.Server.Drawings;

namespace ProductionOffice.Server.Tryout.Kept;

/// <summary>Steps of a try-out as people say them.</summary>
internal static class StepWords
{
    public static string Of(TryoutStep step, string definition) => step.Kind switch
    {
        TryoutStep.Answer => $"“{step.Choice}” at '{FlowMap.NameOf(definition, step.ActivityId ?? "")}'",
        TryoutStep.Pass => step.Days switch { 0 => "time passed until the next deadline", 1 => "a day passed", 7 => "a week passed", var days => $"{days} days passed" },
        TryoutStep.Cancel => "cancelled",
        var other => other,
    };

    /// <summary>When something was seen: after the start or after a step, counted from 1.</summary>
    public static string When(int number, TryoutStep? step, string definition) => step is null ? "After the start" : $"After step {number} ({Of(step, definition)})";
}
