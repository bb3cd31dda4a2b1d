using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>Says in sentences what differs between two versions of a definition.</summary>
/// <remarks>What changes nothing of how it runs or reads is left out: positions, bends of connections, ids and numbers of versions, the order in which a flowchart lists its activities.</remarks>
public static class DefinitionDifference
{
    /// <summary>All differences: the workflow as a whole first, then its activities in the order of the newer version, then what is gone.</summary>
    /// <param name="before">The older version.</param>
    /// <param name="after">The newer version.</param>
    /// <param name="registry">Knows the names of activities and inputs.</param>
    /// <param name="words">Says a value of an input that is chosen from a list; null says it as it stands.</param>
    public static IReadOnlyList<DefinitionChange> Between(
        WorkflowDefinition before, WorkflowDefinition after, ActivityRegistry registry, Func<InputDescriptor, string, string>? words = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(registry);
        var (old, now) = (Drawing.Of(before, registry), Drawing.Of(after, registry));
        var settings = new SettingWords(words ?? ((_, value) => value));
        var changes = new List<DefinitionChange>(WorkflowChanges.Between(before.Json, after.Json));
        foreach (var activity in now.Activities)
        {
            if (old.Find(activity.Key) is not { } known)
                changes.Add(new DefinitionChange(activity.Id, ConnectionChanges.Added(activity, now, settings)));
            else
                changes.AddRange(ActivityChanges.Between(known, activity, old, now, settings).Select(sentence => new DefinitionChange(activity.Id, sentence)));
        }

        changes.AddRange(ConnectionChanges.Between(old, now));
        foreach (var gone in old.Activities.Where(a => now.Find(a.Key) is null))
            changes.Add(new DefinitionChange(gone.Id, ConnectionChanges.Removed(gone, old, settings)));
        return changes;
    }
}
