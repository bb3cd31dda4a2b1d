namespace ProductionOffice.Server.Api.Contracts;

/// <summary>A running or finished workflow as programs read it.</summary>
internal sealed record InstanceJson
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>Version of the definition it runs on.</summary>
    public int Version { get; init; }

    /// <summary>Running or Finished.</summary>
    public required string Status { get; init; }

    /// <summary>Pending, Executing, Suspended, Finished, Cancelled, Faulted or Interrupted.</summary>
    public required string SubStatus { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    /// <summary>In plain words; null when it waits for nothing.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Why it does not move, in one sentence. Only told of a single instance.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>Whether a person has to repair something before it goes on.</summary>
    public bool IsStuck { get; init; }

    public int Incidents { get; init; }

    public string? ParentInstanceId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether nothing is under way or due now: it has ended, waits, or is stuck. Only told of a single instance.</summary>
    public bool? AtRest { get; init; }
}

/// <summary>What happened, in plain words.</summary>
/// <param name="At">UTC.</param>
/// <param name="Who">Name and role; null for the office itself and for time.</param>
/// <param name="What">One line.</param>
/// <param name="Why">Reason; null when none, or when it may not be seen.</param>
/// <param name="Activity">Id of the activity; null when none.</param>
/// <param name="Kind">note, document, message or problem.</param>
/// <param name="Account">Account behind <paramref name="Who"/>; null when none.</param>
internal sealed record TimelineJson(DateTimeOffset At, string? Who, string What, string? Why, string? Activity, string Kind, string? Account);

/// <summary>Body of <c>POST /office/v1/instances/{id}/withdraw</c> and <c>retry</c>.</summary>
internal sealed record Reasoned(string? Reason = null);

/// <summary>Answer to a retry.</summary>
internal sealed record RetriedJson(string Id, int Retried);
