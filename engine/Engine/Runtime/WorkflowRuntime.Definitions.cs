using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Engine.Runtime;

public sealed partial class WorkflowRuntime
{
    /// <summary>Stores a definition version exactly as it stands, published flag included, and indexes its triggers; nothing is checked.</summary>
    /// <exception cref="DefinitionFormatException">It cannot be read.</exception>
    public async Task<StoredDefinition> ImportDefinitionAsync(string json, CancellationToken cancellationToken = default)
    {
        var definition = DefinitionReader.Read(json);
        return await StoreAsync(definition, null, cancellationToken);
    }

    /// <summary>Saves what the designer sends: changes the draft, or makes one (version = last + 1) when the newest version is or was published, or instances run or ran on it.</summary>
    /// <exception cref="DefinitionFormatException">It cannot be read.</exception>
    public Task<StoredDefinition> SaveDefinitionAsync(string json, CancellationToken cancellationToken = default) => SaveDefinitionAsync(json, null, cancellationToken);

    /// <summary>Saves what the designer sends, unless somebody else saved meanwhile.</summary>
    /// <param name="json">The definition.</param>
    /// <param name="revision">The newest version's <see cref="StoredDefinition.Revision"/> when it was loaded, empty when there was none; null to save in any case.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="DefinitionFormatException">It cannot be read.</exception>
    /// <exception cref="DefinitionConflictException">The newest version has another revision by now.</exception>
    public Task<StoredDefinition> SaveDefinitionAsync(string json, string? revision, CancellationToken cancellationToken = default) => SaveAsync(json, revision, isNew: false, cancellationToken);

    /// <summary>Saves a definition as a version of its own, whatever the newest one holds: nothing is overwritten.</summary>
    /// <exception cref="DefinitionFormatException">It cannot be read.</exception>
    public Task<StoredDefinition> SaveNewVersionAsync(string json, CancellationToken cancellationToken = default) => SaveAsync(json, null, isNew: true, cancellationToken);

    private async Task<StoredDefinition> SaveAsync(string json, string? revision, bool isNew, CancellationToken cancellationToken)
    {
        var definition = DefinitionReader.Read(json);
        using var turn = await EnterAsync(definition.DefinitionId, null, cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            var latest = await _store.FindDefinitionAsync(definition.DefinitionId, published: false, cancellationToken);
            if (revision is not null && latest is not null && latest.Revision != revision)
                throw new DefinitionConflictException(latest);

            var isDraft = !isNew && latest is { IsPublished: false } && !DefinitionReader.Read(latest.Json, definition.DefinitionId).WasPublished
                && !await _store.HasVersionRunAsync(latest.VersionId, cancellationToken);
            var version = latest is null ? 1 : isDraft ? latest.Version : latest.Version + 1;
            definition.Version = version;
            definition.Id = isDraft ? latest!.VersionId : VersionId(definition.DefinitionId, version);
            definition.IsLatest = true;
            definition.IsPublished = false;
            definition.WasPublished = false;
            try
            {
                return await StoreAsync(definition, latest?.Revision ?? "", cancellationToken, isDraft: true);
            }
            catch (ConcurrencyException) when (attempt < _options.Retries)
            {
                // Another node was faster: on what stands now, or refused because of it.
            }
        }
    }

    /// <summary>
    /// Publishes the newest version of a definition: it starts from now on, the version published before does not; running instances stay on theirs.
    /// When the definition says so, those that use it as an activity are published anew with it.
    /// </summary>
    /// <exception cref="WorkflowNotFoundException">There is no such definition.</exception>
    /// <exception cref="InvalidDefinitionException">It has errors.</exception>
    public Task<StoredDefinition> PublishAsync(string definitionId, CancellationToken cancellationToken = default) => PublishAsync(definitionId, null, cancellationToken);

    /// <summary>Publishes the newest version of a definition, unless somebody else saved meanwhile what was looked at.</summary>
    /// <param name="definitionId">The definition.</param>
    /// <param name="revision">The newest version's <see cref="StoredDefinition.Revision"/> when it was looked at; null to publish in any case.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="WorkflowNotFoundException">There is no such definition.</exception>
    /// <exception cref="InvalidDefinitionException">It has errors.</exception>
    /// <exception cref="DefinitionConflictException">The newest version has another revision by now.</exception>
    public async Task<StoredDefinition> PublishAsync(string definitionId, string? revision, CancellationToken cancellationToken = default)
    {
        var (definition, published) = await PublishOneAsync(definitionId, revision, cancellationToken);
        if (definition.AutoUpdateConsumingWorkflows)
            await UpdateConsumersAsync(published, cancellationToken);
        return published;
    }

    private async Task<(WorkflowDefinition Definition, StoredDefinition Stored)> PublishOneAsync(string definitionId, string? revision, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(definitionId, null, cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            var latest = await _store.FindDefinitionAsync(definitionId, published: false, cancellationToken) ?? throw new WorkflowNotFoundException("definition", definitionId);
            if (revision is not null && latest.Revision != revision)
                throw new DefinitionConflictException(latest);

            var definition = DefinitionReader.Read(latest.Json, definitionId);
            // What only the host knows (a template that somebody is editing) is for its desk to refuse; it must not keep an office from opening.
            var problems = await ValidateAsync(definition, [], cancellationToken);
            if (problems.Any(p => p.IsError))
                throw new InvalidDefinitionException(definitionId, problems);

            definition.IsPublished = true;
            definition.IsLatest = true;
            try
            {
                return (definition, await StoreAsync(definition, latest.Revision, cancellationToken));
            }
            catch (ConcurrencyException) when (attempt < _options.Retries)
            {
                // Another node was faster: what stands now is published, or refused because of it.
            }
        }
    }

    /// <summary>All versions of a definition, newest first.</summary>
    public async Task<IReadOnlyList<StoredDefinition>> ListVersionsAsync(string definitionId, CancellationToken cancellationToken = default) =>
        [.. (await _store.ListDefinitionsAsync(cancellationToken)).Where(d => d.DefinitionId == definitionId).OrderByDescending(d => d.Version)];

    /// <summary>Deletes one version with the instances that ran on it.</summary>
    /// <param name="definitionId">The definition.</param>
    /// <param name="version">The version.</param>
    /// <param name="includeRunning">Whether running instances are deleted too; otherwise they keep the version.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="WorkflowNotFoundException">There is no such version.</exception>
    /// <exception cref="DefinitionInUseException">Instances run on it.</exception>
    public async Task DeleteVersionAsync(string definitionId, int version, bool includeRunning = false, CancellationToken cancellationToken = default)
    {
        var stored = (await ListVersionsAsync(definitionId, cancellationToken)).FirstOrDefault(d => d.Version == version) ?? throw new WorkflowNotFoundException("version", $"{definitionId} {version}");
        await DeleteAsync($"Version {version} of {definitionId}", [stored], includeRunning, cancellationToken);
    }

    /// <summary>Deletes a definition with all its versions and instances.</summary>
    /// <param name="definitionId">The definition.</param>
    /// <param name="includeRunning">Whether running instances are deleted too; otherwise they keep the definition.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="WorkflowNotFoundException">There is no such definition.</exception>
    /// <exception cref="DefinitionInUseException">Instances run on it.</exception>
    public async Task DeleteDefinitionAsync(string definitionId, bool includeRunning = false, CancellationToken cancellationToken = default)
    {
        var versions = await ListVersionsAsync(definitionId, cancellationToken);
        if (versions.Count == 0)
            throw new WorkflowNotFoundException("definition", definitionId);
        await DeleteAsync(definitionId, versions, includeRunning, cancellationToken);
    }

    /// <summary>Takes the published version out of use; it stays as it is, and the next save makes a new one.</summary>
    /// <exception cref="WorkflowNotFoundException">The definition has no published version.</exception>
    public async Task<StoredDefinition> RetractAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        for (var attempt = 0; ; attempt++)
        {
            var latest = await _store.FindDefinitionAsync(definitionId, published: false, cancellationToken);
            var published = await _store.FindDefinitionAsync(definitionId, published: true, cancellationToken) ?? throw new WorkflowNotFoundException("definition", definitionId);
            var definition = DefinitionReader.Read(published.Json, definitionId);
            definition.IsPublished = false;
            definition.WasPublished = true;
            definition.IsLatest = published.IsLatest;
            try
            {
                return await StoreAsync(definition, latest?.Revision ?? "", cancellationToken);
            }
            catch (ConcurrencyException) when (attempt < _options.Retries)
            {
                // Another node has saved or published meanwhile: from what stands now.
            }
        }
    }

    /// <summary>Makes a new draft that is a copy of an older version; a draft that stood there stays as a version of its own.</summary>
    /// <exception cref="WorkflowNotFoundException">There is no such version.</exception>
    public async Task<StoredDefinition> RevertAsync(string definitionId, int version, CancellationToken cancellationToken = default)
    {
        var old = (await _store.ListDefinitionsAsync(cancellationToken)).FirstOrDefault(d => d.DefinitionId == definitionId && d.Version == version)
            ?? throw new WorkflowNotFoundException("version", $"{definitionId} {version}");
        return await SaveAsync(old.Json, null, isNew: true, cancellationToken);
    }

    /// <summary>What starts published workflows by the clock, for a host whose own scheduler fires them; see <see cref="WorkflowRuntimeOptions.PlansTimers"/>.</summary>
    public async Task<IReadOnlyList<WorkflowSchedule>> ListSchedulesAsync(CancellationToken cancellationToken = default)
    {
        var schedules = new List<WorkflowSchedule>();
        foreach (var stored in (await _store.ListDefinitionsAsync(cancellationToken)).Where(d => d.IsPublished).OrderBy(d => d.DefinitionId, StringComparer.Ordinal))
            schedules.AddRange(TriggerIndex.Schedules(await _definitions.GetAsync(stored, cancellationToken)));
        return schedules;
    }

    /// <summary>Plans the start that a schedule has come due for. The same moment again changes nothing, whoever says so.</summary>
    /// <param name="versionId">The published version.</param>
    /// <param name="activityId">Its timer.</param>
    /// <param name="due">The moment it was due.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task FireAsync(string versionId, string activityId, DateTimeOffset due, CancellationToken cancellationToken = default)
    {
        try
        {
            await _store.CommitAsync(new Commit { Bursts = [], Work = [TriggerIndex.Work(versionId, activityId, due)] }, cancellationToken);
        }
        catch (ConcurrencyException)
        {
            // Another node planned it at the same time.
        }
    }

    /// <summary>All problems of a definition at once, those of the host's own checks among them; empty when nothing is wrong with it.</summary>
    public Task<IReadOnlyList<DefinitionProblem>> ValidateAsync(WorkflowDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return ValidateAsync(definition, _options.Checks, cancellationToken);
    }

    private async Task<IReadOnlyList<DefinitionProblem>> ValidateAsync(WorkflowDefinition definition, IReadOnlyList<DefinitionCheck> checks, CancellationToken cancellationToken)
    {
        var (graph, builder) = await _definitions.BuildAsync(definition, cancellationToken);
        var known = (await _store.ListDefinitionsAsync(cancellationToken)).Select(d => d.DefinitionId).ToHashSet(StringComparer.Ordinal);
        return WorkflowValidator.Validate(graph, builder, Registry, known, checks);
    }

    private async Task DeleteAsync(string what, IReadOnlyList<StoredDefinition> versions, bool includeRunning, CancellationToken cancellationToken)
    {
        var ids = versions.Select(v => v.VersionId).ToHashSet(StringComparer.Ordinal);
        var instances = (await _store.ListInstancesAsync(versions[0].DefinitionId, onlyRunning: false, cancellationToken)).Where(i => ids.Contains(i.DefinitionVersionId)).ToList();
        var running = instances.Count(i => i.Status == Instances.WorkflowStatus.Running);
        if (running > 0 && !includeRunning)
            throw new DefinitionInUseException(what, running);

        await _store.DeleteInstancesAsync([.. instances.Select(i => i.Id)], cancellationToken);
        foreach (var version in versions)
            await _store.DeleteDefinitionVersionAsync(version.VersionId, cancellationToken);
        _definitions.Clear();
    }

    /// <summary>Pins the new version wherever it is used: a published definition gets a new published version, a draft is changed. One that would have errors stays as it is.</summary>
    private async Task UpdateConsumersAsync(StoredDefinition child, CancellationToken cancellationToken)
    {
        foreach (var consumer in (await _store.ListDefinitionsAsync(cancellationToken)).Where(d => d.IsLatest && d.DefinitionId != child.DefinitionId).ToList())
            await UpdateConsumerAsync(consumer, child, cancellationToken);
    }

    private async Task UpdateConsumerAsync(StoredDefinition consumer, StoredDefinition child, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var definition = DefinitionReader.Read(consumer.Json, consumer.DefinitionId);
            if (!ChildPins.Update(definition.Json["root"], child) || (await ValidateAsync(definition, cancellationToken)).Any(p => p.IsError))
                return;

            try
            {
                var saved = await SaveDefinitionAsync(DefinitionWriter.Write(definition), consumer.Revision, cancellationToken);
                if (consumer.IsPublished)
                    await PublishAsync(consumer.DefinitionId, saved.Revision, cancellationToken);
                return;
            }
            catch (DefinitionConflictException e) when (attempt < _options.Retries)
            {
                // Somebody is drawing on it: what they saved is pinned too, and nothing of theirs is published for them.
                consumer = e.Latest;
            }
        }
    }

    /// <summary>Reads definitions anew from now on: somebody else has changed one in the store.</summary>
    public void ForgetDefinitions() => _definitions.Clear();

    /// <param name="definition">What is stored.</param>
    /// <param name="newest">As of <see cref="IWorkflowStore.SaveDefinitionAsync"/>.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <param name="isDraft">Whether what is published stays as it is: nobody needs to look at the schedules of all workflows for each stroke of the designer.</param>
    private async Task<StoredDefinition> StoreAsync(WorkflowDefinition definition, string? newest, CancellationToken cancellationToken, bool isDraft = false)
    {
        var stored = new StoredDefinition(
            definition.Id, definition.DefinitionId, definition.Version, definition.IsLatest, definition.IsPublished, definition.Name, DefinitionWriter.Write(definition), Now);
        IReadOnlyList<Trigger> triggers = [];
        var work = new List<Running.WorkItem>();
        if (stored.IsPublished)
        {
            var (graph, _) = await _definitions.BuildAsync(definition, cancellationToken);
            triggers = TriggerIndex.Stimuli(graph);
            if (_options.PlansTimers)
                work.AddRange(TriggerIndex.Timers(graph, Now, Now, Zone).Select(t => TriggerIndex.Work(graph, t.ActivityId, t.DueAt)));
        }

        await _store.SaveDefinitionAsync(stored, triggers, newest, cancellationToken);
        _definitions.Clear();
        if (work.Count > 0)
            await _store.CommitAsync(new Commit { Bursts = [], Work = work }, cancellationToken);
        if (!isDraft)
            _options.DefinitionsChanged?.Invoke();
        return stored;
    }

    private TimeZoneInfo Zone => _options.Services?.GetService(typeof(TimeZoneInfo)) as TimeZoneInfo ?? TimeZoneInfo.Utc;

    private static string VersionId(string definitionId, int version) => $"{definitionId}-v{version.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
