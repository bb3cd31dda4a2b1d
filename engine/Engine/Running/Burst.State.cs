using System.Text.Json;
using ProductionOffice.Engine.Flowcharts;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

internal sealed partial class Burst
{
    private string? _parentBookmarkId;
    private string? _parentInstanceId;
    private string? _triggerActivityId;
    private Value _triggerInput;
    private bool _triggerSpent;

    public void WriteState(Utf8JsonWriter writer, WorkflowStatus status)
    {
        writer.WriteNumber("c", _contexts);
        writer.WriteNumber("b", _bookmarkCount);
        writer.WriteNumber("j", JournalCount);
        if (_childCount > 0)
            writer.WriteNumber("k", _childCount);
        if (TokenFlow)
            writer.WriteBoolean("tok", true);
        if (_parentBookmarkId is not null)
            writer.WriteString("pb", _parentBookmarkId);
        WriteObject(writer, "in", Input);
        WriteObject(writer, "out", Output);
        WriteIncidents(writer);
        if (_root is { } root && (root.Slots is not null || root.Extra is not null))
        {
            writer.WriteStartObject("v");
            WriteVariables(writer, root);
            writer.WriteEndObject();
        }

        if (status == WorkflowStatus.Finished && !_faulted)
            return;

        if (_triggerActivityId is not null)
            writer.WriteString("trg", _triggerActivityId);
        if (_queue.Count > 0)
            writer.WriteNumber("r", _ranSinceWait);
        writer.WriteStartArray("t");
        foreach (var item in _queue)
            item.Owner?.Link();
        WriteContext(writer, _root!);
        writer.WriteEndArray();
        if (_queue.Count > 0)
            WriteQueue(writer);
    }

    private static void WriteObject(Utf8JsonWriter writer, string name, ObjectValue fields)
    {
        if (fields.Count == 0)
            return;

        writer.WriteStartObject(name);
        foreach (var (key, value) in fields)
        {
            if (value.Kind == ValueKind.Undefined)
                continue;
            writer.WritePropertyName(key);
            StateWriter.Value(writer, value);
        }

        writer.WriteEndObject();
    }

    private void WriteIncidents(Utf8JsonWriter writer)
    {
        if (Incidents.Count == 0)
            return;

        writer.WriteStartArray("x");
        foreach (var incident in Incidents)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(incident.ActivityId);
            writer.WriteStringValue(incident.ActivityNodeId);
            writer.WriteStringValue(incident.ActivityInstanceId);
            writer.WriteStringValue(incident.ActivityType);
            writer.WriteStringValue(incident.Message);
            writer.WriteStringValue(incident.Kind);
            writer.WriteStringValue(incident.At);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteContext(Utf8JsonWriter writer, ActivityExecutionContext context)
    {
        writer.WriteStartObject();
        writer.WriteNumber("i", context.Number);
        writer.WriteString("n", context.Activity.NodeId);
        if (context.Parent is not null)
            writer.WriteNumber("p", context.Parent.Number);
        if (context.Status != ActivityStatus.Running)
            writer.WriteNumber("s", (int)context.Status);
        if (context.Tag is not null)
            writer.WriteString("g", context.Tag);
        if (context.Counter != 0)
            writer.WriteNumber("c", context.Counter);
        if (context.IsBreaking)
            writer.WriteBoolean("br", true);
        if (context.ByBackwardConnection)
            writer.WriteBoolean("bk", true);
        if (context.Ordinal != 0)
            writer.WriteNumber("o", context.Ordinal);
        if (context.StoredState is { Count: > 0 } state)
            WriteObject(writer, "st", state);
        if (context.Flow is { } flow)
        {
            writer.WritePropertyName("f");
            flow.Write(writer);
        }

        if (context.Parent is not null && (context.Slots is not null || context.Extra is not null))
        {
            writer.WriteStartObject("v");
            WriteVariables(writer, context);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        for (var child = context.FirstChild; child is not null; child = child.Next)
            WriteContext(writer, child);
    }

    /// <summary>Declared variables by id, made-up ones by name behind an <c>=</c>.</summary>
    private static void WriteVariables(Utf8JsonWriter writer, ActivityExecutionContext context)
    {
        if (context.Slots is { } slots)
        {
            var variables = context.Activity.Variables;
            for (var i = 0; i < variables.Length; i++)
            {
                writer.WritePropertyName(variables[i].Id);
                StateWriter.Value(writer, slots[i]);
            }
        }

        foreach (var variable in context.Extra ?? [])
        {
            writer.WritePropertyName("=" + variable.Name);
            StateWriter.Value(writer, variable.Value);
        }
    }

    private void WriteQueue(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("q");
        foreach (var item in _queue)
        {
            writer.WriteStartObject();
            writer.WriteString("n", item.Activity.NodeId);
            if (item.Owner is not null)
                writer.WriteNumber("p", item.Owner.Number);
            if (item.Tag is not null)
                writer.WriteString("g", item.Tag);
            if (item.ByBackwardConnection)
                writer.WriteBoolean("bk", true);
            if (item.Variables is { } variables)
            {
                writer.WriteStartObject("v");
                foreach (var variable in variables)
                {
                    writer.WritePropertyName(variable.Name);
                    StateWriter.Value(writer, variable.Value);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Load()
    {
        var instance = Request.Instance ?? throw new InvalidOperationException("Only a start needs no instance.");
        CorrelationId = instance.CorrelationId;
        Name = instance.Name;
        _parentInstanceId = instance.ParentInstanceId;
        using var document = JsonDocument.Parse(instance.State);
        var state = document.RootElement;
        _contexts = state.GetProperty("c").GetInt32();
        _bookmarkCount = state.GetProperty("b").GetInt32();
        JournalCount = state.GetProperty("j").GetInt32();
        _childCount = Number(state, "k");
        _ranSinceWait = Number(state, "r");
        TokenFlow = Flag(state, "tok");
        _parentBookmarkId = Text(state, "pb");
        _triggerActivityId = Text(state, "trg");
        _triggerSpent = true;
        Input = ReadObject(state, "in");
        Output = ReadObject(state, "out");
        Incidents.AddRange(InstanceSnapshot.ReadIncidents(state));
        _faulted = instance.SubStatus == WorkflowSubStatus.Faulted;
        var contexts = LoadContexts(state);
        LoadQueue(state, contexts);
        LoadBookmarks(contexts);
    }

    private Dictionary<int, ActivityExecutionContext> LoadContexts(JsonElement state)
    {
        var contexts = new Dictionary<int, ActivityExecutionContext>();
        if (!state.TryGetProperty("t", out var list))
            return contexts;

        foreach (var json in list.EnumerateArray())
        {
            var parent = json.TryGetProperty("p", out var p) ? contexts[p.GetInt32()] : null;
            var number = json.GetProperty("i").GetInt32();
            var context = new ActivityExecutionContext(this, Graph.Node(json.GetProperty("n").GetString()!), parent, number)
            {
                Status = json.TryGetProperty("s", out var s) ? (ActivityStatus)s.GetInt32() : ActivityStatus.Running,
                Tag = Text(json, "g"),
                Counter = Number(json, "c"),
                IsBreaking = Flag(json, "br"),
                ByBackwardConnection = Flag(json, "bk"),
                Ordinal = Number(json, "o"),
                StoredState = json.TryGetProperty("st", out _) ? ReadObject(json, "st") : null,
                Flow = json.TryGetProperty("f", out var flow) ? FlowState.Read(flow) : null,
            };
            _root ??= context;
            LoadVariables(parent is null ? state : json, context);
            contexts[number] = context;
            context.Link();
            if (!context.IsDone)
                _open++;
        }

        return contexts;
    }

    private static void LoadVariables(JsonElement json, ActivityExecutionContext context)
    {
        var declared = context.Activity.Variables;
        if (declared.Length > 0)
            context.Slots = [.. declared.Select(v => Copies.Of(v.Default))];
        if (!json.TryGetProperty("v", out var values))
            return;

        foreach (var value in values.EnumerateObject())
        {
            if (value.Name.StartsWith('='))
            {
                (context.Extra ??= []).Add(new NamedValue(value.Name[1..], StateWriter.ReadValue(value.Value)));
                continue;
            }

            var index = Array.FindIndex(declared, v => v.Id == value.Name);
            if (index >= 0)
                context.Slots![index] = StateWriter.ReadValue(value.Value);
        }
    }

    private void LoadQueue(JsonElement state, Dictionary<int, ActivityExecutionContext> contexts)
    {
        if (!state.TryGetProperty("q", out var list))
            return;

        foreach (var json in list.EnumerateArray())
        {
            var owner = json.TryGetProperty("p", out var p) ? contexts[p.GetInt32()] : null;
            NamedValue[]? variables = json.TryGetProperty("v", out var values)
                ? [.. values.EnumerateObject().Select(v => new NamedValue(v.Name, StateWriter.ReadValue(v.Value)))]
                : null;
            Schedule(new ScheduledItem(Graph.Node(json.GetProperty("n").GetString()!), owner, Text(json, "g"), variables, Flag(json, "bk")));
        }
    }

    private void LoadBookmarks(Dictionary<int, ActivityExecutionContext> contexts)
    {
        foreach (var bookmark in Request.Bookmarks)
        {
            if (!int.TryParse(bookmark.ActivityInstanceId, System.Globalization.CultureInfo.InvariantCulture, out var number) || !contexts.TryGetValue(number, out var context))
                continue;
            _bookmarks.Add(new OpenBookmark(bookmark, context, IsNew: false));
            context.OpenBookmarks++;
        }
    }

    private static ObjectValue ReadObject(JsonElement json, string name)
    {
        var fields = new ObjectValue();
        if (json.TryGetProperty(name, out var stored))
        {
            foreach (var field in stored.EnumerateObject())
                fields.Set(field.Name, StateWriter.ReadValue(field.Value));
        }

        return fields;
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static int Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetInt32() : 0;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out _);
}
