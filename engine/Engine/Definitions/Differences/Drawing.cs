using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Flowcharts;

namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>An activity as it stands in a version.</summary>
/// <param name="Key">What it is found by in another version: its id, else its place.</param>
/// <param name="Place">Where it stands: the activity around it and the port.</param>
/// <param name="Json">The activity without those inside it.</param>
/// <param name="Descriptor">What is known of its type; null when unknown.</param>
internal sealed record DrawnActivity(string Key, string Place, JsonObject Json, ActivityDescriptor? Descriptor)
{
    public string Id => DefinitionJson.Text(Json["id"]) ?? Key;

    public string Type => DefinitionJson.Text(Json["type"]) ?? "";

    public bool IsFlowchart => Type == "Elsa.Flowchart";

    /// <summary>As people see it on the canvas.</summary>
    public string Label => DefinitionJson.Text((Json["metadata"] as JsonObject)?["displayText"]) ?? DefinitionJson.Text(Json["name"]) ?? Id;

    /// <summary>Name of its type.</summary>
    public string Kind => Descriptor?.DisplayName ?? Type;

    /// <summary>Keys of the activities in each of its ports, in order.</summary>
    public Dictionary<string, List<string>> Inside { get; } = [];
}

/// <summary>A connection; ends are keys.</summary>
internal sealed record DrawnConnection(string Source, string Port, string Target);

/// <summary>All activities and connections of a version, however deep they stand.</summary>
internal sealed class Drawing
{
    private readonly Dictionary<string, DrawnActivity> _byKey = new(StringComparer.Ordinal);
    private readonly List<DrawnActivity> _activities = [];
    private readonly List<DrawnConnection> _connections = [];
    private readonly ActivityRegistry _registry;

    private Drawing(ActivityRegistry registry) => _registry = registry;

    public IReadOnlyList<DrawnActivity> Activities => _activities;

    public IReadOnlyList<DrawnConnection> Connections => _connections;

    public static Drawing Of(WorkflowDefinition definition, ActivityRegistry registry)
    {
        var drawing = new Drawing(registry);
        if (definition.Root is { } root)
            drawing.Add(root, "root");
        return drawing;
    }

    public DrawnActivity? Find(string key) => _byKey.GetValueOrDefault(key);

    public string LabelOf(string key) => Find(key)?.Label ?? key;

    /// <summary>Connections that leave by a port.</summary>
    public List<string> Targets(string source, string port) => [.. _connections.Where(c => c.Source == source && c.Port == port).Select(c => c.Target)];

    private string Add(JsonObject json, string place)
    {
        var own = (JsonObject)json.DeepClone();
        var id = DefinitionJson.Text(json["id"]);
        var key = string.IsNullOrEmpty(id) || _byKey.ContainsKey(id) ? place + "#" + _activities.Count(a => a.Place == place) : id;
        var activity = new DrawnActivity(key, place, own, _registry.Find(DefinitionJson.Text(json["type"]) ?? "", DefinitionJson.Integer(json["version"])));
        _byKey[key] = activity;
        _activities.Add(activity);
        foreach (var (name, value) in own.ToList())
            own[name] = TakeOut(value, activity, name);
        foreach (var connection in DefinitionJson.Items(json["connections"]))
        {
            if (Connection.Read(connection) is var (source, port, target))
                _connections.Add(new DrawnConnection(source, port, target));
        }

        return key;
    }

    /// <summary>The same JSON with activities in it taken out and added for themselves.</summary>
    private JsonNode? TakeOut(JsonNode? json, DrawnActivity around, string slot)
    {
        switch (json)
        {
            case JsonObject inner when IsActivity(inner):
                if (!around.Inside.TryGetValue(slot, out var inside))
                    around.Inside[slot] = inside = [];
                inside.Add(Add(inner, $"{around.Key}.{slot}"));
                return null;
            case JsonObject fields:
                return new JsonObject(fields.ToList().Select(f => KeyValuePair.Create(f.Key, f.Key == "expression" ? f.Value?.DeepClone() : TakeOut(f.Value, around, $"{slot}.{f.Key}"))));
            case JsonArray list:
                // A list of activities is one port; in a list of cases each is a port of its own.
                var isPort = list.All(item => item is JsonObject activity && IsActivity(activity));
                return new JsonArray([.. list.ToList().Select((item, index) => TakeOut(item, around, isPort ? slot : $"{slot}[{index}]"))]);
            default:
                return json?.DeepClone();
        }
    }

    private static bool IsActivity(JsonObject json) =>
        json["type"]?.GetValueKind() == JsonValueKind.String && json["expression"] is null && (json.ContainsKey("id") || json.ContainsKey("nodeId") || json.ContainsKey("version"));
}
