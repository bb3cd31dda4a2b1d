namespace ProductionOffice.Engine.Bookmarks;

/// <summary>A place where an instance waits, and what wakes it.</summary>
/// <param name="Id">Unique; the same burst run again makes the same id.</param>
/// <param name="InstanceId">The instance that waits.</param>
/// <param name="Name">Kind of stimulus, by default the activity's type, for example <c>Elsa.Event</c>.</param>
/// <param name="Hash">Upper-case hex SHA-256 of name, stimulus and (unless shared) activity instance; see <see cref="StimulusHash"/>.</param>
/// <param name="ActivityId">The waiting activity.</param>
/// <param name="ActivityNodeId">Ids of all its ancestors and its own, joined with <c>:</c>.</param>
/// <param name="ActivityInstanceId">The waiting execution of it.</param>
/// <param name="CorrelationId">The instance's correlation id when the burst that made the bookmark was committed; null when none.</param>
/// <param name="Stimulus">What was hashed, as JSON; null when nothing.</param>
/// <param name="Payload">What readers of bookmarks need beside the hash, as JSON (a task's title, role, outcomes, due); null when nothing.</param>
/// <param name="Callback">Name of the activity's method that takes the wake-up; null to complete the activity.</param>
/// <param name="AutoBurn">Whether the wake-up removes it.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="DueAt">UTC moment at which time itself wakes it; null when only a stimulus does.</param>
public sealed record Bookmark(
    string Id,
    string InstanceId,
    string Name,
    string Hash,
    string ActivityId,
    string ActivityNodeId,
    string ActivityInstanceId,
    string? CorrelationId,
    string? Stimulus,
    string? Payload,
    string? Callback,
    bool AutoBurn,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt);

/// <summary>A published activity that starts a new instance when its stimulus arrives.</summary>
/// <param name="DefinitionId">Stable id of the definition.</param>
/// <param name="DefinitionVersionId">Id of the published version.</param>
/// <param name="ActivityId">The trigger activity; it completes at once and the flowchart starts there.</param>
/// <param name="Name">Kind of stimulus.</param>
/// <param name="Hash">As <see cref="Bookmark.Hash"/>, without an activity instance.</param>
/// <param name="Stimulus">What was hashed, as JSON; null when nothing.</param>
public sealed record Trigger(string DefinitionId, string DefinitionVersionId, string ActivityId, string Name, string Hash, string? Stimulus);
