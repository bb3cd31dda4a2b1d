namespace ProductionOffice.Engine.Runtime;

/// <summary>What the host gives the runtime.</summary>
public sealed record WorkflowRuntimeOptions
{
    /// <summary>Read-only services for activities, such as a snapshot of the office directory, or the <see cref="TimeZoneInfo"/> whose clock cron expressions mean (UTC without one); null when none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Makes ids of new instances; unique ones. Default: 32 hex digits.</summary>
    public Func<string> NewInstanceId { get; init; } = static () => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>Activities after which a burst commits and goes on as new work; default 10,000.</summary>
    public int ContinueAfter { get; init; } = 10_000;

    /// <summary>Activities without waiting for anything after which an instance faults with <c>BurstLimit</c>; default 100,000.</summary>
    public int MaxActivities { get; init; } = 100_000;

    /// <summary>How often a burst is repeated from fresh state when somebody else was faster; default 10.</summary>
    public int Retries { get; init; } = 10;

    /// <summary>Longest state of an instance, in characters; what would make a longer one is refused, for every burst reads and writes all of it. Default 1,048,576.</summary>
    public int MaxStateLength { get; init; } = 1 << 20;

    /// <summary>Failed attempts after which work is set aside for a person; default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long a stimulus that nobody waited for is kept for whoever will; zero keeps none. Default 10 minutes.</summary>
    public TimeSpan KeepStimuli { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Further checks of definitions, for what only the host knows, such as its templates.</summary>
    public IReadOnlyList<Definitions.DefinitionCheck> Checks { get; init; } = [];

    /// <summary>Execution mode of flowcharts when the definition names none: token (true) or counter (false, Elsa's default).</summary>
    public bool TokenFlowcharts { get; init; }

    /// <summary>Whether the runtime plans the next start of a published timer itself, each from the one before. A host with a scheduler of its own says false, asks for the schedules and fires them. Default true.</summary>
    public bool PlansTimers { get; init; } = true;

    /// <summary>Told after a definition was stored, published or taken out of use; null when nobody listens.</summary>
    public Action? DefinitionsChanged { get; init; }

    /// <summary>Told of each line a committed burst wrote with WriteLine, in order; null when nobody listens.</summary>
    public Action<string>? LineWritten { get; init; }

    /// <summary>Told after each commit, for wake-ups of workers; null when nobody listens.</summary>
    public Action<Storage.Commit>? Committed { get; init; }
}
