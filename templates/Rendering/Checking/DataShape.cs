using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Checking;

/// <summary>What data look like: their fields, lists and kinds. Made from a sample or from a JSON Schema, to hold a template against.</summary>
/// <remarks>Immutable.</remarks>
public sealed class DataShape
{
    private const int Deepest = 32;

    private static readonly DataShape Anything = new() { IsOpen = true, Kinds = DataKinds.Any };

    private DataShape()
    {
    }

    internal DataKinds Kinds { get; private init; }

    /// <summary>Whether there may be more than is known.</summary>
    internal bool IsOpen { get; private init; }

    /// <summary>Whether not every object of its kind has it.</summary>
    internal bool MayMiss { get; private init; }

    internal IReadOnlyDictionary<string, DataShape> Fields { get; private init; } = new Dictionary<string, DataShape>();

    internal DataShape? Item { get; private init; }

    /// <summary>How it looks in the sample, in words; null when there is none.</summary>
    internal string? Example { get; private init; }

    /// <summary>What the messages call it: “the sample” or “the schema”.</summary>
    internal string Words { get; private init; } = "the data";

    /// <summary>The shape of a sample; a list's items are looked at together.</summary>
    public static DataShape OfSample(Value sample) => Named(Read(sample), "the sample");

    /// <summary>The shape a JSON Schema describes: <c>type properties required items additionalProperties $ref allOf anyOf oneOf enum const format</c>; all else is ignored.</summary>
    /// <param name="schema">The schema, JSON.</param>
    /// <param name="words">What messages call it.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static DataShape OfSchema(string schema, string words = "the schema")
    {
        var root = JsonNode.Parse(schema)!;
        return Named(Read(root, root, 0), words);
    }

    private static DataShape Named(DataShape shape, string words) => new() { Kinds = shape.Kinds, IsOpen = shape.IsOpen, Fields = shape.Fields, Item = shape.Item, Words = words };

    private static DataShape Read(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Object:
                return new() { Kinds = DataKinds.Object, Fields = value.AsObject().Keys.ToDictionary(key => key, key => Read(value[key])), Example = "an object" };
            case ValueKind.List:
                var items = value.AsList().Select(Read).ToList();
                return new() { Kinds = DataKinds.List, Item = items.Count == 0 ? Anything : items.Aggregate(Join), Example = "a list" };
            case ValueKind.Number:
                return new() { Kinds = DataKinds.Number, Example = $"the number {value}" };
            case ValueKind.Boolean:
                return new() { Kinds = DataKinds.Truth, Example = value.AsBoolean() ? "true" : "false" };
            case ValueKind.Date:
                return new() { Kinds = DataKinds.Text | DataKinds.Date, Example = "a date" };
            case ValueKind.String:
                var text = value.AsString();
                return new() { Kinds = DataKinds.Text | OfText(text), Example = $"the text “{(text.Length > 40 ? text[..39] + "…" : text)}”" };
            default:
                return new() { Kinds = DataKinds.Null, IsOpen = true };
        }
    }

    private static DataKinds OfText(string text)
    {
        if (text.Length == 0)
            return DataKinds.Date;
        var kinds = double.TryParse(text, CultureInfo.InvariantCulture, out _) ? DataKinds.NumericText : DataKinds.None;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? kinds | DataKinds.Date : kinds;
    }

    /// <summary>Both at once: what items of a list, or the ways of a schema, have together.</summary>
    private static DataShape Join(DataShape a, DataShape b)
    {
        var isBothObjects = a.Kinds.HasFlag(DataKinds.Object) && b.Kinds.HasFlag(DataKinds.Object);
        var fields = new Dictionary<string, DataShape>();
        foreach (var name in a.Fields.Keys.Concat(b.Fields.Keys).Distinct())
        {
            fields[name] = (a.Fields.GetValueOrDefault(name), b.Fields.GetValueOrDefault(name)) switch
            {
                ({ } x, { } y) => Join(x, y),
                ({ } only, null) => isBothObjects ? only.Missing() : only,
                (null, { } only) => isBothObjects ? only.Missing() : only,
                _ => Anything,
            };
        }

        return new()
        {
            Kinds = a.Kinds | b.Kinds,
            IsOpen = (a.IsOpen && a.Kinds != DataKinds.Null) || (b.IsOpen && b.Kinds != DataKinds.Null) || (a.Kinds | b.Kinds) == DataKinds.Null,
            MayMiss = a.MayMiss || b.MayMiss,
            Fields = fields,
            Item = a.Item is { } x1 && b.Item is { } y1 ? Join(x1, y1) : a.Item ?? b.Item,
            Example = a.Example ?? b.Example,
        };
    }

    private DataShape Missing() => new() { Kinds = Kinds, IsOpen = IsOpen, MayMiss = true, Fields = Fields, Item = Item, Example = Example };

    private static DataShape Read(JsonNode? node, JsonNode root, int depth)
    {
        if (depth > Deepest || node is not JsonObject schema)
            return Anything;
        if (schema["$ref"] is JsonValue reference)
            return Read(Find((string?)reference ?? "", root), root, depth + 1);
        var shape = Own(schema, root, depth);
        foreach (var part in schema["allOf"] as JsonArray ?? [])
            shape = Both(shape, Read(part, root, depth + 1));
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray { Count: > 0 } ways)
            shape = Both(shape, ways.Select(way => Read(way, root, depth + 1)).Aggregate(Join));
        return shape;
    }

    /// <summary>Both hold of the same value.</summary>
    private static DataShape Both(DataShape a, DataShape b)
    {
        var fields = new Dictionary<string, DataShape>(a.Fields);
        foreach (var (name, field) in b.Fields)
            fields[name] = fields.TryGetValue(name, out var known) ? Both(known, field) : field;
        return new()
        {
            Kinds = a.Kinds == DataKinds.Any ? b.Kinds : b.Kinds == DataKinds.Any ? a.Kinds : a.Kinds & b.Kinds,
            IsOpen = fields.Count == 0 ? a.IsOpen && b.IsOpen : a.IsOpen && a.Fields.Count > 0 || b.IsOpen && b.Fields.Count > 0,
            MayMiss = a.MayMiss && b.MayMiss,
            Fields = fields,
            Item = a.Item is { } x && b.Item is { } y ? Both(x, y) : a.Item ?? b.Item,
        };
    }

    private static DataShape Own(JsonObject schema, JsonNode root, int depth)
    {
        var kinds = KindsOf(schema);
        var fields = new Dictionary<string, DataShape>();
        var needed = (schema["required"] as JsonArray)?.Select(name => (string?)name).ToHashSet();
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            var shape = Read(field, root, depth + 1);
            fields[name] = needed is not null && !needed.Contains(name) ? shape.Missing() : shape;
        }

        if (kinds == DataKinds.Any && fields.Count > 0)
            kinds = DataKinds.Object;
        var more = schema["additionalProperties"];
        var isOpen = more is null ? fields.Count == 0 && kinds.HasFlag(DataKinds.Object) : more is JsonObject || more.GetValueKind() == JsonValueKind.True;
        return new() { Kinds = kinds, IsOpen = isOpen, Fields = fields, Item = kinds.HasFlag(DataKinds.List) ? Read(schema["items"], root, depth + 1) : null };
    }

    private static DataKinds KindsOf(JsonObject schema)
    {
        var types = schema["type"] switch
        {
            JsonArray list => list.Select(type => (string?)type),
            JsonValue one => [(string?)one],
            _ => null,
        };
        if (types is null)
        {
            var values = schema["enum"] as JsonArray ?? (schema.ContainsKey("const") ? [schema["const"]?.DeepClone()] : null);
            return values is null ? schema.ContainsKey("items") ? DataKinds.List : DataKinds.Any
                : values.Select(value => Read(value is null ? Value.Null : Value.ParseJson(value.ToJsonString())).Kinds).Aggregate(DataKinds.None, (all, kind) => all | kind);
        }

        var kinds = types.Select(type => type switch
        {
            "string" => DataKinds.Text,
            "number" or "integer" => DataKinds.Number,
            "boolean" => DataKinds.Truth,
            "array" => DataKinds.List,
            "object" => DataKinds.Object,
            _ => DataKinds.Null,
        }).Aggregate(DataKinds.None, (all, kind) => all | kind);
        if (!kinds.HasFlag(DataKinds.Text))
            return kinds;
        var format = (string?)schema["format"];
        return format is "date" or "date-time" or "time" || (format is null && !schema.ContainsKey("enum")) ? kinds | DataKinds.Date | (format is null ? DataKinds.NumericText : DataKinds.None) : kinds;
    }

    private static JsonNode? Find(string reference, JsonNode root)
    {
        var node = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = (node as JsonObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return reference.StartsWith('#') ? node : null;
    }
}

/// <summary>Kinds a value of the data may be of.</summary>
[Flags]
internal enum DataKinds
{
    None = 0,
    Text = 1,
    Number = 2,
    Truth = 4,
    List = 8,
    Object = 16,
    Null = 32,

    /// <summary>A text that reads as a date or time.</summary>
    Date = 64,

    /// <summary>A text that reads as a number.</summary>
    NumericText = 128,
    Any = 255,
}
