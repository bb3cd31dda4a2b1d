namespace ProductionOffice.Expressions;

/// <summary>What an evaluation is given from outside. May be used again and again, by one thread at a time.</summary>
public sealed class EvaluationContext
{
    /// <summary>Where names are looked up.</summary>
    public required IScope Scope { get; init; }

    /// <summary>The moment <c>Date.now()</c> and <c>new Date()</c> give; default 1970-01-01 UTC.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The zone of local times; default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Locale of formatters, one of en-US, en-GB, en-CA, fr-CA, fr-FR, es-ES, es-MX, de-DE, it-IT; default en-US.</summary>
    public string Locale { get; init; } = "en-US";

    /// <summary>Currency of <c>money</c> without argument, as ISO 4217 code; null takes the one of the locale's country.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether an unknown name left of <c>??</c> or <c>?.</c> reads as undefined (templates) instead of failing; default false.</summary>
    public bool MissingIsNullish { get; init; }

    /// <summary>Limits; counted from zero by each outermost evaluation, shared by those inside it.</summary>
    public Budget Budget { get; init; } = new();
}
