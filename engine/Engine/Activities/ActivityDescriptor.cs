using System.Reflection;
using System.Text.RegularExpressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>What the designer and the validator know of an activity type.</summary>
public sealed class ActivityDescriptor
{
    /// <summary>Full type name, for example <c>Elsa.WriteLine</c>.</summary>
    public required string Type { get; init; }

    /// <summary>From 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The part before the last dot; empty when there is none.</summary>
    public string Namespace => Type.LastIndexOf('.') is >= 0 and var dot ? Type[..dot] : "";

    /// <summary>The part after the last dot.</summary>
    public string Name => Type[(Type.LastIndexOf('.') + 1)..];

    /// <summary>Group in the palette.</summary>
    public required string Category { get; init; }

    /// <summary>Label.</summary>
    public required string DisplayName { get; init; }

    /// <summary>One sentence; empty when none.</summary>
    public string Description { get; init; } = "";

    /// <summary>Elsa's kind: Action, Trigger, Job or Task.</summary>
    public string Kind { get; init; } = "Action";

    /// <summary>Whether it can start a workflow.</summary>
    public bool IsTrigger { get; init; }

    /// <summary>Whether its completion completes the sequence or flowchart around it.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether it holds other activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Whether the palette shows it.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Inputs in the designer's order.</summary>
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>Outputs in order of declaration.</summary>
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Ports: those that hold an activity and those that are outcomes.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    /// <summary>The class; null for a definition used as an activity.</summary>
    internal ActivityType? ActivityType { get; init; }
}

/// <summary>An input as the designer shows it.</summary>
/// <param name="Name">Property name in C#; definitions spell it in camelCase.</param>
/// <param name="Type">Type its value is converted to.</param>
/// <param name="DisplayName">Label.</param>
/// <param name="Description">One sentence; empty when none.</param>
/// <param name="UIHint">Elsa's editor.</param>
/// <param name="Category">Group; null for the first.</param>
/// <param name="Required">Whether a definition without it is refused.</param>
/// <param name="DefaultValue">Value when the definition gives none; null when none.</param>
/// <param name="DefaultSyntax">Expression type the designer starts with; null for Literal.</param>
/// <param name="Options">Choices of a dropdown; null when free.</param>
/// <param name="IsWrapped">False when the definition holds a plain value instead of an expression.</param>
/// <param name="Order">Position.</param>
public sealed record InputDescriptor(
    string Name,
    Type Type,
    string DisplayName,
    string Description,
    string UIHint,
    string? Category,
    bool Required,
    object? DefaultValue,
    string? DefaultSyntax,
    IReadOnlyList<string>? Options,
    bool IsWrapped,
    double Order);

/// <summary>An output as the designer shows it.</summary>
/// <param name="Name">Property name in C#.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="DisplayName">Label.</param>
/// <param name="Description">One sentence; empty when none.</param>
public sealed record OutputDescriptor(string Name, Type Type, string DisplayName, string Description);

/// <summary>A port as the designer shows it.</summary>
/// <param name="Name">Name of the outcome or of the property.</param>
/// <param name="DisplayName">Label.</param>
/// <param name="IsEmbedded">True when it holds an activity, false when it is an outcome of a flowchart connection.</param>
public sealed record PortDescriptor(string Name, string DisplayName, bool IsEmbedded);

/// <summary>A registered class with its properties, looked at once.</summary>
internal sealed partial class ActivityType
{
    public required Type Class { get; init; }

    public required PropertyInfo[] Inputs { get; init; }

    public required PropertyInfo[] PlainInputs { get; init; }

    public required PropertyInfo[] Outputs { get; init; }

    public required PropertyInfo[] Ports { get; init; }

    public static ActivityType Of(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => p.CanWrite && p.DeclaringType != typeof(Activity))
            .OrderBy(p => p.MetadataToken)
            .ToArray();
        return new ActivityType
        {
            Class = type,
            Inputs = [.. properties.Where(p => Generic(p, typeof(Input<>)))],
            PlainInputs = [.. properties.Where(p => !Generic(p, typeof(Input<>)) && p.GetCustomAttribute<InputAttribute>() is not null)],
            Outputs = [.. properties.Where(p => Generic(p, typeof(Output<>)))],
            Ports = [.. properties.Where(p => typeof(Activity).IsAssignableFrom(p.PropertyType) || p.PropertyType == typeof(IReadOnlyList<Activity>))],
        };
    }

    public ActivityDescriptor Describe()
    {
        var activity = Class.GetCustomAttribute<ActivityAttribute>()
            ?? throw new ArgumentException($"{Class} has no [Activity] attribute that names its type and category.");
        var shortName = activity.Type[(activity.Type.LastIndexOf('.') + 1)..];
        var outcomes = Class.GetCustomAttribute<OutcomesAttribute>()?.Names ?? ["Done"];
        return new ActivityDescriptor
        {
            Type = activity.Type,
            Version = activity.Version,
            Category = activity.Category,
            DisplayName = activity.DisplayName ?? Words(shortName),
            Description = activity.Description ?? "",
            Kind = activity.Kind,
            IsTrigger = activity.IsTrigger,
            IsTerminal = activity.IsTerminal,
            IsContainer = Ports.Length > 0 || typeof(Flowcharts.Flowchart).IsAssignableFrom(Class),
            IsBrowsable = activity.IsBrowsable,
            Inputs = [.. Inputs.Select(p => DescribeInput(p, true)).Concat(PlainInputs.Select(p => DescribeInput(p, false))).OrderBy(i => i.Order)],
            Outputs = [.. Outputs.Select(DescribeOutput)],
            Ports =
            [
                .. Ports.Where(p => typeof(Activity).IsAssignableFrom(p.PropertyType)).Select(p => new PortDescriptor(p.Name, p.GetCustomAttribute<PortAttribute>()?.DisplayName ?? Words(p.Name), true)),
                .. outcomes.Select(name => new PortDescriptor(name, name, false)),
            ],
            ActivityType = this,
        };
    }

    private static InputDescriptor DescribeInput(PropertyInfo property, bool wrapped)
    {
        var type = wrapped ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
        var input = property.GetCustomAttribute<InputAttribute>() ?? new InputAttribute();
        return new InputDescriptor(
            property.Name, type, input.DisplayName ?? Words(property.Name), input.Description ?? "", input.UIHint ?? Hint(type, input), input.Category,
            input.Required, input.DefaultValue, input.DefaultSyntax, input.Options ?? (type.IsEnum ? Enum.GetNames(type) : null), wrapped, input.Order);
    }

    private static OutputDescriptor DescribeOutput(PropertyInfo property)
    {
        var output = property.GetCustomAttribute<OutputAttribute>();
        return new OutputDescriptor(property.Name, property.PropertyType.GetGenericArguments()[0], output?.DisplayName ?? Words(property.Name), output?.Description ?? "");
    }

    private static string Hint(Type type, InputAttribute input) =>
        type == typeof(bool) ? "checkbox" : type.IsEnum || input.Options is not null ? "dropdown" : "singleline";

    private static bool Generic(PropertyInfo property, Type definition) =>
        property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == definition;

    private static string Words(string name) => WordStart().Replace(name, " $1");

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex WordStart();
}
