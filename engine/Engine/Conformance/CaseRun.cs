using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Conformance;

/// <summary>One case on a store of its own.</summary>
internal sealed class CaseRun
{
    private readonly JsonObject _case;
    private readonly string _file;
    private readonly CaseClock _clock = new();
    private readonly MemoryWorkflowStore _store = new();
    private readonly List<string> _lines = [];
    private readonly WorkflowRuntime _runtime;
    private int _instances;
    private string? _instanceId;

    public CaseRun(JsonObject @case, string file, ActivityRegistry registry)
    {
        _case = @case;
        _file = file;
        _runtime = new WorkflowRuntime(_store, registry, _clock, new WorkflowRuntimeOptions
        {
            NewInstanceId = () => $"i{++_instances}",
            TokenFlowcharts = Text(@case, "flowchartMode") == "token",
            LineWritten = _lines.Add,
        });
    }

    public async Task<WorkflowCaseResult> RunAsync()
    {
        var definition = _case["definition"] as JsonObject ?? throw new InvalidOperationException("The case has no definition.");
        foreach (var dependency in DefinitionJson.Objects(_case["dependencies"]))
            await PublishAsync(dependency);
        var definitionId = await PublishAsync(definition);
        var differences = new List<string>();
        var actual = new JsonObject();
        if (DefinitionJson.Boolean(_case["start"]) != false)
            await StartAsync(definitionId, _case, activation: false);
        if (_case["expectAfterStart"] is JsonObject afterStart)
        {
            var state = await StateAsync(null);
            differences.AddRange(StateComparison.Differences(afterStart, state, _case, "after start"));
            actual["afterStart"] = state;
        }

        var afterStimuli = new JsonArray();
        var number = 0;
        foreach (var stimulus in DefinitionJson.Objects(_case["stimuli"]))
        {
            var cannotStart = await ApplyAsync(stimulus, definitionId);
            var state = await StateAsync(cannotStart);
            number++;
            if (stimulus["expect"] is JsonObject expected && !Accepted(state))
                differences.AddRange(StateComparison.Differences(expected, state, _case, $"after stimulus {number}"));
            afterStimuli.Add(state.DeepClone());
        }

        var final = await StateAsync(null);
        var expectation = _case["expect"] as JsonObject ?? [];
        var finalDifferences = StateComparison.Differences(expectation, final, _case, "at the end");
        if (finalDifferences.Count > 0 && !Accepted(final))
            differences.AddRange(finalDifferences);
        actual["afterStimuli"] = afterStimuli;
        actual["final"] = final;
        return new WorkflowCaseResult(Text(_case, "name") ?? Path.GetFileNameWithoutExtension(_file), _file, differences, StateComparison.JournalDifferences(expectation, final, _case), actual);
    }

    private bool Accepted(JsonObject state) =>
        DefinitionJson.Objects(_case["accept"]).Any(accepted => StateComparison.Differences(accepted, state, _case, "", onlyGiven: true).Count == 0);

    private async Task<string> PublishAsync(JsonObject definition)
    {
        var copy = (JsonObject)definition.DeepClone();
        copy["isPublished"] = true;
        copy["isLatest"] = true;
        var stored = await _runtime.ImportDefinitionAsync(copy.ToJsonString());
        return stored.DefinitionId;
    }

    private async Task<bool> StartAsync(string definitionId, JsonObject request, bool activation)
    {
        var result = await _runtime.StartAsync(new StartRequest
        {
            DefinitionId = definitionId,
            Input = DefinitionJson.ToValue(request["input"]) is { Kind: ValueKind.Object } input ? input.AsObject() : null,
            CorrelationId = Text(request, "correlationId"),
            TriggerActivityId = Text(request, "triggerActivityId"),
            IgnoreActivation = !activation,
        });
        if (!result.CannotStart)
            _instanceId ??= result.InstanceId;
        await RestAsync();
        return result.CannotStart;
    }

    /// <returns>Whether a start was refused; null when the stimulus was no start.</returns>
    private async Task<bool?> ApplyAsync(JsonObject stimulus, string definitionId)
    {
        bool? cannotStart = null;
        switch (Text(stimulus, "kind"))
        {
            case "event":
                await SendAsync(Stimulus.Event(Text(stimulus, "name") ?? "", DefinitionJson.ToValue(stimulus["payload"]), Text(stimulus, "correlationId"), DefinitionJson.Boolean(stimulus["thisInstance"]) == true ? _instanceId : null));
                break;
            case "resume":
                await ResumeAsync(stimulus);
                break;
            case "completeTask":
                await CompleteTaskAsync(stimulus);
                break;
            case "cancel":
                if (_instanceId is not null)
                    await _runtime.CancelAsync(_instanceId);
                break;
            case "startRequest":
                cannotStart = await StartAsync(definitionId, stimulus, activation: true);
                break;
            case var unknown:
                throw new InvalidOperationException($"Nobody knows stimuli of kind '{unknown}'.");
        }

        await RestAsync();
        return cannotStart;
    }

    private async Task SendAsync(Stimulus stimulus)
    {
        var result = await _runtime.SendAsync(stimulus);
        if (result.Started.Count > 0)
            _instanceId ??= result.Started[0];
    }

    private async Task ResumeAsync(JsonObject stimulus)
    {
        var activityId = Text(stimulus, "activityId");
        var bookmark = (await BookmarksAsync()).Where(b => b.ActivityId == activityId).ElementAtOrDefault(DefinitionJson.Integer(stimulus["index"]) ?? 0);
        if (bookmark is null)
            return;

        if (bookmark.DueAt is { } due)
            await MoveToAsync(due);
        try
        {
            var input = stimulus["input"] is { } given ? DefinitionJson.ToValue(given) : Value.Undefined;
            var named = input.Kind == ValueKind.Object ? input.AsObject() : null;
            await _runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id, Input = named is not null && InputName(bookmark) is { } name && named.TryGet(name, out var brought) ? brought : input, WorkflowInput = named });
        }
        catch (InstanceEndedException)
        {
            // Refused, and nothing changes: that is what the case looks at.
        }
    }

    /// <summary>Moves the clock for the one that is resumed; what else would come due on the way waits for a stimulus that names it.</summary>
    private async Task MoveToAsync(DateTimeOffset due)
    {
        var before = _clock.GetUtcNow();
        _clock.MoveTo(due);
        foreach (var item in (await _store.ListDueWorkAsync(due, int.MaxValue, default)).Where(i => i.DueAt > before))
            await _store.RetryWorkAsync(item.Id, "another was resumed", DateTimeOffset.MaxValue, default);
    }

    private async Task CompleteTaskAsync(JsonObject stimulus)
    {
        var activityId = Text(stimulus, "activityId");
        var bookmark = (await BookmarksAsync()).FirstOrDefault(b => b.Name == RunTask.TypeName && (activityId is null || b.ActivityId == activityId));
        if (bookmark?.Stimulus is { } json)
            await _runtime.SendAsync(new Stimulus { Name = bookmark.Name, Payload = Value.ParseJson(json), Input = DefinitionJson.ToValue(stimulus["result"]) });
    }

    /// <summary>Does what is due at the clock's moment until nothing is.</summary>
    private async Task RestAsync()
    {
        for (var rounds = 0; rounds < 1000 && await _runtime.RunDueWorkAsync(100) > 0; rounds++)
        {
        }
    }

    private async ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync() => _instanceId is null ? [] : await _store.ListBookmarksAsync(_instanceId, default);

    private async Task<JsonObject> StateAsync(bool? cannotStart)
    {
        var state = await CaseState.ReadAsync(_store, _instanceId, _lines);
        if (cannotStart == true)
            state["cannotStart"] = true;
        return state;
    }

    /// <summary>The name under which Elsa hands an activity what woke it.</summary>
    private static string? InputName(Bookmark bookmark) => bookmark.Name switch { Event.TypeName => Event.InputName, RunTask.TypeName => RunTask.InputName, _ => null };

    private static string? Text(JsonObject json, string name) => DefinitionJson.Text(json[name]);
}
