using System.Globalization;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>What a UPM does to whole workflows: makes, copies, takes in, switches off and on, goes back, deletes. Each leaves a row in the audit.</summary>
internal sealed class WorkflowKeeping(WorkflowStore store, WorkflowRuntime runtime, DirectoryCache directory, AuditTrail audit)
{
    private const int LongestName = 120;

    /// <summary>What is wrong with a name for a new workflow; null when nothing.</summary>
    public async Task<string?> WhyNotAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Length == 0)
            return "Give it a name, as the office will say it.";
        if (name.Length > LongestName)
            return $"The name has {name.Length} characters; {LongestName} are the most.";
        return (await store.ListDefinitionsAsync(cancellationToken)).Any(d => d.IsLatest && string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))
            ? $"There is a workflow called '{name}' already. Choose another name."
            : null;
    }

    /// <summary>Makes a draft of its own out of a starting point or another workflow.</summary>
    public async Task<StoredDefinition> NewAsync(string json, string name, string from, Caller by, CancellationToken cancellationToken)
    {
        var id = DefinitionCopy.NewId(name, (await store.ListDefinitionsAsync(cancellationToken)).Select(d => d.DefinitionId));
        using var deed = audit.Begin(by, VersionMark.Created, written => written.Definition is { } draft ? (id, $"from {from}, version {draft.Version}") : null);
        return await runtime.SaveDefinitionAsync(DefinitionCopy.Of(json, id, name, by.Account.Name), cancellationToken);
    }

    /// <summary>Takes a file in as a draft.</summary>
    /// <param name="json">A definition that can be read.</param>
    /// <param name="asNew">As a workflow of its own although its id is known.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<StoredDefinition> ImportAsync(string json, bool asNew, Caller by, CancellationToken cancellationToken)
    {
        var definition = DefinitionReader.Read(json);
        var known = (await store.ListDefinitionsAsync(cancellationToken)).Select(d => d.DefinitionId).ToHashSet(StringComparer.Ordinal);
        if (!known.Contains(definition.DefinitionId))
            json = DefinitionCopy.Of(json, DefinitionCopy.NewId(definition.DefinitionId, known), definition.Name ?? definition.DefinitionId, by.Account.Name);
        else if (asNew)
            json = DefinitionCopy.Of(json, DefinitionCopy.NewId(definition.DefinitionId, known), $"{definition.Name ?? definition.DefinitionId} (imported)", by.Account.Name);
        using var deed = audit.BeginVersion(by, VersionMark.Imported);
        return await runtime.SaveDefinitionAsync(json, cancellationToken);
    }

    /// <summary>Takes the live version out of use: nobody and nothing starts it any more, what runs goes on.</summary>
    /// <exception cref="OfficeProblem">Nothing is live.</exception>
    public async Task<StoredDefinition> SwitchOffAsync(string definitionId, Caller by, CancellationToken cancellationToken)
    {
        if (await store.FindDefinitionAsync(definitionId, published: true, cancellationToken) is null)
            throw new OfficeProblem(409, "not-live", $"'{definitionId}' is switched off already, or was never published.", "Nothing was changed.");

        using var deed = audit.BeginVersion(by, VersionMark.SwitchedOff);
        return await runtime.RetractAsync(definitionId, cancellationToken);
    }

    /// <summary>Makes the version live again that was switched off, as it was then.</summary>
    /// <exception cref="OfficeProblem">It is not switched off, or has errors by now.</exception>
    public async Task<StoredDefinition> SwitchOnAsync(string definitionId, Caller by, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(definitionId, cancellationToken);
        VersionMark? off;
        await using (var context = await store.ReadAsync(cancellationToken))
            off = WorkflowQuery.OffVersion([.. (await VersionMark.ReadAsync(context, definitionId, directory.Current, cancellationToken))[definitionId]], versions[0].Version, versions[0].CreatedAt);
        if (off is null || versions.Any(v => v.IsPublished) || versions.FirstOrDefault(v => v.Version == off.Version) is not { } stored)
            throw new OfficeProblem(409, "not-off", $"'{versions[0].Name ?? definitionId}' has no version that was switched off.", "Publish the newest version instead.");

        var definition = DefinitionReader.Read(stored.Json, definitionId);
        if ((await runtime.ValidateAsync(definition, cancellationToken)).Any(p => p.IsError))
            throw new OfficeProblem(422, "definition-invalid", $"Version {off.Version} cannot be switched on: something it needs is not there any more.", "See what it is in the check list before publishing.");

        (definition.IsPublished, definition.IsLatest) = (true, stored.IsLatest);
        using var deed = audit.BeginVersion(by, VersionMark.SwitchedOn);
        return await runtime.ImportDefinitionAsync(DefinitionWriter.Write(definition), cancellationToken);
    }

    /// <summary>Makes a draft that is a copy of an older version.</summary>
    /// <exception cref="OfficeProblem">There is no such version.</exception>
    public async Task<StoredDefinition> RevertAsync(string definitionId, int version, Caller by, CancellationToken cancellationToken)
    {
        if (!(await VersionsAsync(definitionId, cancellationToken)).Any(v => v.Version == version))
            throw OfficeProblem.NotFound("version", version.ToString(CultureInfo.InvariantCulture), "Choose one from the list.");

        using var deed = audit.BeginRevert(by, version);
        return await runtime.RevertAsync(definitionId, version, cancellationToken);
    }

    /// <summary>Deletes a workflow with all its versions and ended runs.</summary>
    /// <exception cref="OfficeProblem">There is none, or runs of it are under way and are not to be deleted with it.</exception>
    public async Task DeleteAsync(string definitionId, bool withRunning, Caller by, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(definitionId, cancellationToken);
        using var deed = audit.Begin(by, VersionMark.Deleted, definitionId, withRunning ? "all versions, with what ran" : "all versions");
        try
        {
            await runtime.DeleteDefinitionAsync(definitionId, withRunning, cancellationToken);
        }
        catch (DefinitionInUseException e)
        {
            throw new OfficeProblem(409, "workflow-running", $"{e.Running} run(s) of '{versions[0].Name ?? definitionId}' are under way.", "Switch it off and let them end, or tick that they are deleted with it. Nothing was deleted.");
        }
    }

    /// <summary>All versions, newest first.</summary>
    /// <exception cref="OfficeProblem">There is no such workflow.</exception>
    public async Task<IReadOnlyList<StoredDefinition>> VersionsAsync(string definitionId, CancellationToken cancellationToken) =>
        await runtime.ListVersionsAsync(definitionId, cancellationToken) is { Count: > 0 } versions ? versions : throw OfficeProblem.NotFound("workflow", definitionId, "Look under Workflows.");

    /// <summary>Everything wrong with a definition, in the words of who draws it: what keeps it from being published, then advice.</summary>
    public async Task<(IReadOnlyList<Shared.ProblemView> Errors, IReadOnlyList<Shared.ProblemView> Warnings)> CheckAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        IReadOnlyList<DefinitionProblem> problems;
        try
        {
            problems = await runtime.ValidateAsync(definition, cancellationToken);
        }
        catch (DefinitionFormatException e)
        {
            return ([new Shared.ProblemView(e.Problem, e.Remedy)], []);
        }

        return (Say(true), Say(false));

        List<Shared.ProblemView> Say(bool errors) =>
            [.. problems.Where(p => p.IsError == errors).Select(p => Words.Problem(p, definition, runtime.Registry)).OfType<Shared.ProblemView>().Distinct()];
    }
}
