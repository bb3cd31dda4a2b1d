namespace ProductionOffice.Engine.Runtime;

/// <summary>What starts a published workflow by the clock: one of <see cref="Cron"/>, <see cref="Every"/> and <see cref="At"/>.</summary>
/// <param name="DefinitionId">Stable id of the definition.</param>
/// <param name="VersionId">Id of the published version.</param>
/// <param name="ActivityId">The trigger activity.</param>
public sealed record WorkflowSchedule(string DefinitionId, string VersionId, string ActivityId)
{
    /// <summary>Five fields, or six with seconds first, by the production's clock; null when it is none.</summary>
    public string? Cron { get; init; }

    /// <summary>Again and again after so long; null when it is none.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Once, UTC; null when it is none.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The first moment of a cron expression after another, as running workflows wait for it; null when there is none within 30 years.</summary>
    public static DateTimeOffset? NextOf(string cron, DateTimeOffset after, TimeZoneInfo zone) => Activities.CronSchedule.Parse(cron).Next(after, zone);
}
