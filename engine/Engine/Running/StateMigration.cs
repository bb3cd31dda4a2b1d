using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Flowcharts;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>Maps what an instance remembers to another version of its definition, activity by activity id; says all that does not fit.</summary>
internal sealed class StateMigration(WorkflowInstance instance, IReadOnlyList<Bookmark> bookmarks, WorkflowGraph from, WorkflowGraph to)
{
    private readonly Dictionary<int, (Activity Old, Activity? New)> _contexts = [];
    private readonly List<string> _reasons = [];
    private readonly List<string> _notes = [];
    private readonly JsonObject _state = JsonNode.Parse(instance.State)!.AsObject();

    /// <summary>Why it cannot move; empty when it can.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>What a person should know though it moves.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public List<Bookmark> Moved { get; } = [];

    /// <summary>The state for the new version; only of use without <see cref="Reasons"/>.</summary>
    public JsonObject Run()
    {
        if (_state["q"] is JsonArray { Count: > 0 })
            _reasons.Add("it is in the middle of a run; try again when it rests");
        foreach (var context in DefinitionJson.Objects(_state["t"]))
            Context(context);
        foreach (var bookmark in bookmarks)
            Move(bookmark);
        return _state;
    }

    private void Context(JsonObject json)
    {
        var number = json["i"]!.GetValue<int>();
        if (from.Find(json["n"]!.GetValue<string>()) is not { } old)
        {
            _reasons.Add($"its state names the activity {json["n"]}, which its own version does not have");
            return;
        }

        var target = old;
        if (json["p"] is null)
            target = to.Root;
        else if (!_contexts.TryGetValue(json["p"]!.GetValue<int>(), out var parent) || (target = Place(old, parent.Old, parent.New)) is null)
            target = null;
        _contexts[number] = (old, target);
        if (target is null)
            return;

        json["n"] = target.NodeId;
        if (!SameKind(old, target))
        {
            _reasons.Add($"{Name(old)} was {old.Type} and is {target.Type} now");
            return;
        }

        Variables(json["p"] is null ? _state : json, old, target);
        switch (old, target)
        {
            case (Flowchart before, Flowchart after):
                Flow(json, number, before, after);
                break;
            case (Sequence before, Sequence after):
                Step(json, number, before, after);
                break;
            case (Fork before, Fork after):
                Branches(old, before.Branches, after.Branches);
                break;
            case (Activities.Parallel before, Activities.Parallel after):
                Branches(old, before.Activities, after.Activities);
                break;
            case (StateMachine before, StateMachine after):
                States(json, number, before, after);
                break;
        }
    }

    /// <summary>The same activity of the new version: in the same container, with the same id.</summary>
    private Activity? Place(Activity old, Activity parent, Activity? newParent)
    {
        if (newParent is null)
            return null;
        // There is one root, and one body of a definition used as an activity, whatever their ids.
        if (parent is WorkflowActivity or DefinitionActivity && newParent.Children.Count == 1 && parent.GetType() == newParent.GetType())
            return newParent.Children[0];
        if (newParent.Children.FirstOrDefault(c => c.Id == old.Id) is { } same)
            return same;

        var elsewhere = to.Nodes.FirstOrDefault(n => n.Id == old.Id && n.Type == old.Type);
        _reasons.Add(elsewhere is null
            ? $"{Name(old)}, where it stands, is gone"
            : $"{Name(old)}, where it stands, lies in {Name(elsewhere.Parent!)} now");
        return null;
    }

    private static bool SameKind(Activity old, Activity target) =>
        old.Type == target.Type && old.GetType() == target.GetType()
        && (old is not DefinitionActivity before || target is DefinitionActivity after && before.Definition!.DefinitionId == after.Definition!.DefinitionId);

    private void Variables(JsonObject holder, Activity old, Activity target)
    {
        if (holder["v"] is not JsonObject values)
            return;

        foreach (var (id, json) in values.ToList())
        {
            var declared = Array.Find(old.Variables, v => v.Id == id);
            if (declared is null || json is null)
                continue;

            var value = Read(json);
            var next = Array.Find(target.Variables, v => v.Id == id);
            if (next is null)
            {
                values.Remove(id);
                if (value.ToJson() != declared.Default.ToJson())
                    _reasons.Add($"the variable '{declared.Name}' is gone and holds {Short(value)}");
            }
            else if ((next.TypeName, next.IsArray) != (declared.TypeName, declared.IsArray) && TypeConversion.ToType(value, next.TypeName, next.IsArray).ToJson() != value.ToJson())
            {
                _reasons.Add($"the variable '{declared.Name}' was {declared.TypeName} and is {next.TypeName}{(next.IsArray ? "[]" : "")} now; its value {Short(value)} does not fit");
            }
        }
    }

    /// <summary>Counted visits follow their connections; a new connection from where it has been already counts as one it did not take.</summary>
    private void Flow(JsonObject json, int number, Flowchart before, Flowchart after)
    {
        var graph = after.StartOf(DefinitionJson.Text(_state["trg"])) is { } start ? after.GraphFrom(start) : null;
        foreach (var child in ChildrenOf(number))
        {
            if (from.Find(child["n"]!.GetValue<string>()) is { } old && after.Activities.FirstOrDefault(a => a.Id == old.Id) is { } same && graph?.IsReachable(same) != true)
                _reasons.Add($"{Name(old)}, where it stands, cannot be reached any more");
        }

        if (json["f"] is not JsonObject flow)
            return;

        var visits = flow["a"] as JsonObject;
        foreach (var id in visits?.Select(v => v.Key).Where(id => after.Activities.All(a => a.Id != id)).ToList() ?? [])
            visits!.Remove(id);
        Connections(flow, visits, before, after);
        Tokens(flow, before, after);
    }

    private void Connections(JsonObject flow, JsonObject? visits, Flowchart before, Flowchart after)
    {
        if (flow["c"] is not JsonArray counts)
            return;

        var moved = new JsonArray();
        var known = new HashSet<int>();
        for (var i = 0; i + 1 < counts.Count; i += 2)
        {
            var old = before.Connections[counts[i]!.GetValue<int>()];
            if (after.Connections.FirstOrDefault(c => Same(c, old) && !known.Contains(c.Index)) is not { } same)
                continue;
            known.Add(same.Index);
            moved.Add(same.Index);
            moved.Add(counts[i + 1]!.GetValue<int>());
        }

        foreach (var added in after.Connections.Where(c => !before.Connections.Any(o => Same(c, o))))
        {
            if (visits?[added.Source.Id] is not { } passed)
                continue;
            moved.Add(added.Index);
            moved.Add(-passed.GetValue<int>());
            _notes.Add($"it has passed {Name(added.Source)}, so the new connection from there to {Name(added.Target)} counts as not taken");
        }

        flow["c"] = moved;
    }

    private void Tokens(JsonObject flow, Flowchart before, Flowchart after)
    {
        if (flow["t"] is not JsonArray tokens)
            return;

        for (var i = 0; i + 3 < tokens.Count; i += 4)
        {
            var target = tokens[i + 2]!.GetValue<string>();
            if (tokens[i + 3]!.GetValue<int>() == 0 && after.Activities.All(a => a.Id != target))
                _reasons.Add($"a branch is on its way to {Name(before.Activities.First(a => a.Id == target))}, which is gone");
        }
    }

    private void Step(JsonObject json, int number, Sequence before, Sequence after)
    {
        var next = json["c"]?.GetValue<int>() ?? 0;
        if (next < 1 || next > before.Activities.Count)
            return;

        var current = before.Activities[next - 1];
        var index = after.Activities.ToList().FindIndex(a => a.Id == current.Id);
        if (index >= 0)
            json["c"] = index + 1;
        else if (!ChildrenOf(number).Any())
            _reasons.Add($"{Name(current)}, the step at which {Name(before)} stands, is gone");
    }

    private void Branches(Activity at, IReadOnlyList<Activity> before, IReadOnlyList<Activity> after)
    {
        if (!before.Select(a => a.Id).ToHashSet(StringComparer.Ordinal).SetEquals(after.Select(a => a.Id)))
            _reasons.Add($"the branches of {Name(at)} are others now, and some have run");
    }

    private void States(JsonObject json, int number, StateMachine before, StateMachine after)
    {
        if (DefinitionJson.Text((json["st"] as JsonObject)?["currentState"]) is { } state && !after.HasState(state))
            _reasons.Add($"{Name(before)} is in the state '{state}', which is gone");
        foreach (var child in ChildrenOf(number))
        {
            var tag = DefinitionJson.Text(child["g"]) ?? "";
            var colon = tag.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            if (after.TransitionOf(before, int.Parse(tag.AsSpan(colon + 1), CultureInfo.InvariantCulture)) is { } index)
                child["g"] = string.Create(CultureInfo.InvariantCulture, $"{tag[..colon]}:{index}");
            else
                _reasons.Add($"a transition of {Name(before)} that is under way is gone");
        }
    }

    private void Move(Bookmark bookmark)
    {
        if (!int.TryParse(bookmark.ActivityInstanceId, CultureInfo.InvariantCulture, out var number) || !_contexts.TryGetValue(number, out var at) || at.New is not { } target)
            return;
        if (!JsonNode.DeepEquals(Drawn(at.Old), Drawn(target)))
            _notes.Add($"{Name(at.Old)} was changed; the wait that is open already stays as it was");
        if (target.NodeId != bookmark.ActivityNodeId || target.Id != bookmark.ActivityId)
            Moved.Add(bookmark with { ActivityId = target.Id, ActivityNodeId = target.NodeId });
    }

    /// <summary>An activity without its place on the canvas and without what it holds.</summary>
    private static JsonObject Drawn(Activity activity)
    {
        var drawn = new JsonObject();
        foreach (var input in activity.Inputs)
            drawn[input.Name] = input.Json?.DeepClone();
        return drawn;
    }

    private IEnumerable<JsonObject> ChildrenOf(int number) => DefinitionJson.Objects(_state["t"]).Where(c => c["p"]?.GetValue<int>() == number);

    private static bool Same(Connection a, Connection b) => a.Source.Id == b.Source.Id && a.Port == b.Port && a.Target.Id == b.Target.Id;

    private static string Name(Activity activity) => activity.DisplayText.Length == 0 || activity.DisplayText == activity.Id ? $"'{activity.Id}'" : $"'{activity.DisplayText}' ({activity.Id})";

    private static string Short(Value value) => value.ToJson() is { Length: > 60 } text ? text[..60] + "…" : value.ToJson();

    private static Value Read(JsonNode json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return StateWriter.ReadValue(document.RootElement);
    }
}
