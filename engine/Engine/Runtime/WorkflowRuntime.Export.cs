using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Engine.Runtime;

/// <summary>An exported instance cannot be taken in; nothing was stored.</summary>
/// <param name="problem">What is wrong, in one sentence.</param>
/// <param name="remedy">What to do.</param>
public sealed class InstanceImportException(string problem, string remedy) : WorkflowException($"{problem} {remedy}")
{
    /// <summary>What is wrong, in one sentence.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;
}

public sealed partial class WorkflowRuntime
{
    private const int ExportFormat = 1;

    private static readonly JsonSerializerOptions ExportJson = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
        WriteIndented = true,
    };

    /// <summary>An instance with its bookmarks and journal as JSON, to be taken in by another office that has the same version of the definition.</summary>
    /// <remarks>Effects that were asked for and not performed yet are not part of it: export what rests.</remarks>
    /// <exception cref="WorkflowNotFoundException">There is no such instance.</exception>
    public async Task<string> ExportInstanceAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        using var turn = await EnterAsync(instanceId, null, cancellationToken);
        var instance = await _store.FindInstanceAsync(instanceId, cancellationToken) ?? throw new WorkflowNotFoundException("instance", instanceId);
        var export = new InstanceExport(
            ExportFormat,
            instance with { State = "" },
            JsonNode.Parse(instance.State),
            await _store.ListBookmarksAsync(instanceId, cancellationToken),
            await _store.ListJournalAsync(instanceId, cancellationToken));
        return JsonSerializer.Serialize(export, ExportJson);
    }

    /// <summary>Takes in an exported instance; it goes on where it stood, timers included.</summary>
    /// <param name="json">What <see cref="ExportInstanceAsync"/> wrote.</param>
    /// <param name="actor">Account that asks; null for the system.</param>
    /// <param name="cancellationToken">Stops before the next store access.</param>
    /// <exception cref="InstanceImportException">It is no export, of another format, of a version that is not here, or the instance exists.</exception>
    public async Task<WorkflowInstance> ImportInstanceAsync(string json, string? actor = null, CancellationToken cancellationToken = default)
    {
        var export = ReadExport(json);
        var instance = export.Instance!;
        if (await _store.FindInstanceAsync(instance.Id, cancellationToken) is not null)
            throw new InstanceImportException($"There is an instance {instance.Id} already.", "Delete it first, or leave it as it is.");

        var stored = await _store.FindDefinitionVersionAsync(instance.DefinitionVersionId, cancellationToken)
            ?? throw new InstanceImportException($"The workflow {instance.DefinitionId} version {instance.DefinitionVersion} (id {instance.DefinitionVersionId}) is not here.", "Import that version of the definition first.");
        var graph = await _definitions.GetAsync(stored, cancellationToken);
        foreach (var node in DefinitionJson.Objects(export.State!["t"]).Select(c => DefinitionJson.Text(c["n"])))
        {
            if (node is null || graph.Find(node) is null)
                throw new InstanceImportException($"The workflow {instance.DefinitionId} version {instance.DefinitionVersion} is another one here: it has no activity '{node}'.", "Import the version the instance ran on first.");
        }

        var state = (JsonObject)export.State!.DeepClone();
        var line = state["j"]!.GetValue<int>();
        state["j"] = line + 1;
        instance = instance with { Version = 1, State = state.ToJsonString() };
        var bookmarks = export.Bookmarks ?? [];
        var work = bookmarks.Where(b => b.DueAt is not null).Select(b => new WorkItem(b.Id, "resume", instance.Id, b.Id, b.DueAt!.Value, null)).ToList();
        if (instance.SubStatus is WorkflowSubStatus.Executing or WorkflowSubStatus.Pending)
            work.Add(new WorkItem($"{instance.Id}:continue:import", "continue", instance.Id, null, Now, null));
        var result = new BurstResult
        {
            Instance = instance,
            BookmarksCreated = bookmarks,
            Journal = [.. export.Journal ?? [], new JournalEntry(instance.Id, line, "Note", graph.Root.Id, graph.Root.NodeId, "1", graph.Root.Type, Now, actor, "Taken in from another office")],
            Work = work,
        };
        try
        {
            var commit = new Commit { Bursts = [result] };
            await _store.CommitAsync(commit, cancellationToken);
            _options.Committed?.Invoke(commit);
        }
        catch (ConcurrencyException)
        {
            throw new InstanceImportException($"The instance {instance.Id}, or one of its bookmarks, exists already.", "Delete it first, or leave it as it is.");
        }

        return instance;
    }

    private static InstanceExport ReadExport(string json)
    {
        InstanceExport? export;
        try
        {
            export = JsonSerializer.Deserialize<InstanceExport>(json, ExportJson);
        }
        catch (JsonException problem)
        {
            throw new InstanceImportException($"This is no exported instance: {problem.Message}", "Take a file that 'office instance export' wrote.");
        }

        if (export is { Format: not (0 or ExportFormat) })
            throw new InstanceImportException($"The export has format {export.Format}; this office reads format {ExportFormat}.", "Export it again with an office of this version, or update this office.");
        if (export is not { Format: ExportFormat, Instance: { Id: not null, DefinitionId: not null, DefinitionVersionId: not null } instance, State: JsonObject state } || state["j"] is not JsonValue || state["c"] is not JsonValue)
            throw new InstanceImportException("This is no exported instance: instance or state is missing.", "Take a file that 'office instance export' wrote.");
        if (export.Bookmarks?.FirstOrDefault(b => b.InstanceId != instance.Id) is { } foreign)
            throw new InstanceImportException($"The export holds the bookmark {foreign.Id} of another instance.", "Export it again.");
        return export;
    }

    private sealed record InstanceExport(int Format, WorkflowInstance? Instance, JsonNode? State, IReadOnlyList<Bookmark>? Bookmarks, IReadOnlyList<JournalEntry>? Journal);
}
