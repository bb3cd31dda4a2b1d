namespace ProductionOffice.Templates;

/// <summary>What happens to a name that is not in the data.</summary>
public enum MissingMode
{
    /// <summary>Error T005; nothing is written.</summary>
    Error,

    /// <summary>Nothing is printed; warning T005.</summary>
    Blank,

    /// <summary><c>[deal.rate?]</c> is printed, highlighted; warning T005.</summary>
    Mark,
}

/// <summary>What is done with unaccepted changes in a template.</summary>
public enum TrackedChangesMode
{
    /// <summary>Rendered as if accepted; warning W001.</summary>
    Accept,

    /// <summary>Refused with error W001.</summary>
    Error,
}

/// <summary>How a template is filled. The same options, template and data give the same bytes.</summary>
public sealed record RenderOptions
{
    /// <summary>The moment of <c>Date.now()</c>; default 1970-01-01 UTC, so that nothing depends on the machine.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Zone of dates with an offset; default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>One of en-US, en-GB, en-CA, fr-CA, fr-FR, es-ES, es-MX, de-DE, it-IT; default en-US.</summary>
    public string Locale { get; init; } = "en-US";

    /// <summary>Currency of <c>money</c> without argument (ISO 4217); null: that of the locale's country.</summary>
    public string? Currency { get; init; }

    /// <summary>What happens to names that are not in the data; default an error.</summary>
    public MissingMode Missing { get; init; }

    /// <summary>What is done with unaccepted changes in the template; default as if accepted.</summary>
    public TrackedChangesMode TrackedChanges { get; init; }

    /// <summary>Whether content controls are taken away and only their content stays; default false.</summary>
    public bool UnwrapControls { get; init; }

    /// <summary>Finds a picture of the document library by name; null: only data URIs are known.</summary>
    public Func<string, byte[]?>? Pictures { get; init; }

    /// <summary>Finds another template of the library by name, for <c>#include</c>; null: none is known.</summary>
    public Func<string, byte[]?>? Includes { get; init; }
}

/// <summary>What is known after a document was written.</summary>
public sealed record RenderReport
{
    /// <summary>What somebody should look at; empty when all is well.</summary>
    public IReadOnlyList<TemplateProblem> Warnings { get; init; } = [];
}
