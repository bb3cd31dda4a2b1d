using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;

namespace ProductionOffice.Engine.Runtime;

/// <summary>There is no such definition, version or instance.</summary>
/// <param name="kind">What was looked for: definition, version, instance.</param>
/// <param name="id">The id.</param>
public sealed class WorkflowNotFoundException(string kind, string id)
    : WorkflowException(kind == "definition" ? $"No published version of workflow definition with ID {id} found." : $"There is no {kind} {id}.")
{
    /// <summary>What was looked for.</summary>
    public string Kind { get; } = kind;

    /// <summary>The id.</summary>
    public string Id { get; } = id;
}

/// <summary>The bookmark is burned: somebody or time was faster, or the instance went on without it.</summary>
/// <param name="bookmarkId">The bookmark.</param>
public sealed class BookmarkGoneException(string bookmarkId) : WorkflowException($"Bookmark {bookmarkId} is not open any more: it has been answered, cancelled or overtaken.")
{
    /// <summary>The bookmark.</summary>
    public string BookmarkId { get; } = bookmarkId;
}

/// <summary>The instance has ended, so nothing can wake it.</summary>
/// <param name="instanceId">The instance.</param>
/// <param name="subStatus">How it ended.</param>
public sealed class InstanceEndedException(string instanceId, WorkflowSubStatus subStatus) : WorkflowException($"Instance {instanceId} has ended ({subStatus}); nothing can wake it.")
{
    /// <summary>The instance.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>How it ended.</summary>
    public WorkflowSubStatus SubStatus { get; } = subStatus;
}

/// <summary>An idempotency key came again with another request.</summary>
/// <param name="key">The key.</param>
public sealed class IdempotencyKeyReusedException(string key) : WorkflowException($"The idempotency key '{key}' was used for another request before. Take a new key for a new request.")
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}

/// <summary>An instance would hold more than is stored of one; nothing was changed.</summary>
/// <param name="workflow">Name of the instance.</param>
/// <param name="length">Characters it would hold.</param>
/// <param name="limit">Most it may hold.</param>
public sealed class StateTooLargeException(string workflow, int length, int limit)
    : WorkflowException($"'{workflow}' would hold {length / 1024:N0} KB of values; a workflow may hold {limit / 1024:N0} KB. Give it less at once, or keep large values in a document and pass its id.")
{
    /// <summary>Characters it would hold.</summary>
    public int Length { get; } = length;

    /// <summary>Most it may hold.</summary>
    public int Limit { get; } = limit;
}

/// <summary>A definition has errors, so it is not published.</summary>
/// <param name="definitionId">The definition.</param>
/// <param name="problems">All of them.</param>
public sealed class InvalidDefinitionException(string definitionId, IReadOnlyList<DefinitionProblem> problems)
    : WorkflowException($"{definitionId} has {problems.Count(p => p.IsError)} error(s): {string.Join(" ", problems.Where(p => p.IsError).Take(3).Select(p => p.Message))}")
{
    /// <summary>The definition.</summary>
    public string DefinitionId { get; } = definitionId;

    /// <summary>All problems, warnings too.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}

/// <summary>Somebody else saved the definition after it was loaded.</summary>
/// <param name="latest">What is stored now.</param>
public sealed class DefinitionConflictException(Storage.StoredDefinition latest)
    : WorkflowException($"{latest.DefinitionId} was changed by somebody else meanwhile: version {latest.Version}, revision {latest.Revision}, is newer than what was loaded. Load it again and repeat the change.")
{
    /// <summary>What is stored now.</summary>
    public Storage.StoredDefinition Latest { get; } = latest;
}

/// <summary>Running instances need what was to be deleted.</summary>
/// <param name="what">The definition or version.</param>
/// <param name="running">How many run.</param>
public sealed class DefinitionInUseException(string what, int running)
    : WorkflowException($"{what} is needed by {running} running instance(s). Cancel them or move them to another version first, or delete them with it.")
{
    /// <summary>How many run.</summary>
    public int Running { get; } = running;
}
