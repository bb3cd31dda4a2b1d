using System.Reflection;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Makes activities of their JSON: properties are set here, once per definition version; nothing is looked up while they run.</summary>
internal sealed class ActivityBinder(GraphBuilder graph, Activity activity, JsonObject json, string path)
{
    private readonly List<Activity> _children = [];
    private readonly List<IBoundInput> _inputs = [];

    public JsonObject Json { get; } = json;

    /// <summary>JSON path of the activity.</summary>
    public string Path { get; } = path;

    public void BindProperties(ActivityType type)
    {
        foreach (var property in type.Inputs)
            BindInput(property);
        foreach (var property in type.PlainInputs)
            BindPlain(property);
        activity.Outputs = [.. type.Outputs.Select(BindOutput)];
        foreach (var property in type.Ports)
            BindPort(property);
        activity.Bind(this);
    }

    public void Finish()
    {
        activity.Children = _children;
        activity.Inputs = [.. _inputs];
    }

    /// <summary>The activity at a place, or null when there is none.</summary>
    public Activity? Child(JsonNode? json, string place)
    {
        if (json is not JsonObject child)
            return null;

        var bound = graph.Activity(child, $"{Path}.{place}");
        _children.Add(bound);
        return bound;
    }

    public List<Activity> Children(JsonNode? json, string place)
    {
        var list = new List<Activity>();
        var index = 0;
        foreach (var item in DefinitionJson.Items(json))
        {
            if (Child(item, $"{place}[{index++}]") is { } child)
                list.Add(child);
        }

        return list;
    }

    /// <summary>An expression outside of a property, such as a case's condition; evaluated on demand.</summary>
    public Input<T>? FreeInput<T>(JsonNode? json, string name)
    {
        var expression = json is JsonObject o && o["expression"] is null && o["type"] is not null ? ExpressionCompiler.Compile(o) : ExpressionCompiler.Input(json);
        if (expression is null)
            return null;

        var input = new Input<T>(expression);
        ((IBoundInput)input).Bind(name, -1, json);
        graph.Expressions.Add((activity, input, $"{Path}.{name}"));
        return input;
    }

    /// <summary>An input by name that is no property, such as those of a definition used as an activity.</summary>
    public void NamedInput(string name)
    {
        var field = Json[CamelCase(name)] ?? Json[name];
        if (ExpressionCompiler.Input(field) is { } expression)
            Add(new Input<Value>(expression), name, field);
    }

    public static string CamelCase(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
            return name;

        // As System.Text.Json: a run of capitals goes down together, "URL" -> "url", "UIHint" -> "uiHint".
        var chars = name.ToCharArray();
        for (var i = 0; i < chars.Length && char.IsUpper(chars[i]); i++)
        {
            if (i > 0 && i + 1 < chars.Length && !char.IsUpper(chars[i + 1]))
                break;
            chars[i] = char.ToLowerInvariant(chars[i]);
        }

        return new string(chars);
    }

    private void BindInput(PropertyInfo property)
    {
        var field = Json[CamelCase(property.Name)];
        var expression = ExpressionCompiler.Input(field);
        if (expression is null && property.GetCustomAttribute<InputAttribute>()?.DefaultValue is { } value)
            expression = CompiledExpression.Literal(Literal(value));
        if (expression is null)
        {
            if (property.GetValue(activity) is IBoundInput initial)
                Add(initial, property.Name, null);
            return;
        }

        var input = (IBoundInput)Activator.CreateInstance(property.PropertyType, BindingFlags.Instance | BindingFlags.NonPublic, null, [expression], null)!;
        property.SetValue(activity, input);
        if (property.IsDefined(typeof(LazyAttribute)))
            AddLazy(input, property.Name, field);
        else
            Add(input, property.Name, field);
    }

    private void AddLazy(IBoundInput input, string name, JsonNode? field)
    {
        input.Bind(name, -1, field);
        graph.Expressions.Add((activity, input, $"{Path}.{CamelCase(name)}"));
    }

    private void Add(IBoundInput input, string name, JsonNode? field)
    {
        input.Bind(name, _inputs.Count, field);
        _inputs.Add(input);
        graph.Expressions.Add((activity, input, $"{Path}.{CamelCase(name)}"));
    }

    private void BindPlain(PropertyInfo property)
    {
        var field = Json[CamelCase(property.Name)];
        if (field is null)
            return;

        var value = ExpressionCompiler.Input(field) is LiteralExpression literal ? literal.Value : DefinitionJson.ToValue(field);
        if (value.IsNullish)
            return;
        if (property.PropertyType == typeof(string))
            property.SetValue(activity, TypeConversion.ToText(value));
        else if (property.PropertyType == typeof(bool))
            property.SetValue(activity, TypeConversion.ToBoolean(value));
        else if (property.PropertyType == typeof(int))
            property.SetValue(activity, (int)TypeConversion.ToNumber(value));
        else if (property.PropertyType.IsEnum && value.Kind == ValueKind.String && Enum.TryParse(property.PropertyType, value.AsString(), true, out var member))
            property.SetValue(activity, member);
        else if (property.PropertyType.IsEnum && value.Kind == ValueKind.Number)
            property.SetValue(activity, Enum.ToObject(property.PropertyType, (int)value.AsNumber()));
    }

    private IBoundOutput BindOutput(PropertyInfo property)
    {
        var output = (IBoundOutput)Activator.CreateInstance(property.PropertyType)!;
        output.Bind(property.Name, Target(Json[CamelCase(property.Name)]));
        property.SetValue(activity, output);
        return output;
    }

    /// <summary>Where an output's value goes: <c>{"memoryReference":{"id"}}</c>.</summary>
    public static string? Target(JsonNode? json) => ((json as JsonObject)?["memoryReference"] as JsonObject) is { } reference ? DefinitionJson.Text(reference["id"]) : null;

    private void BindPort(PropertyInfo property)
    {
        var name = CamelCase(property.Name);
        if (property.PropertyType == typeof(IReadOnlyList<Activity>))
            property.SetValue(activity, Children(Json[name], name));
        else if (Child(Json[name], name) is { } child)
            property.SetValue(activity, child);
    }

    private static Value Literal(object value) => value switch
    {
        bool flag => Value.From(flag),
        string text => Value.From(text),
        Enum member => Value.From(member.ToString()),
        string[] texts => Value.From(new ListValue(texts.Select(Value.From))),
        _ => Value.From(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
