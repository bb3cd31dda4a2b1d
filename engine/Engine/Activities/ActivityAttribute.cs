namespace ProductionOffice.Engine.Activities;

/// <summary>Names an activity type for definitions and the designer.</summary>
/// <param name="type">Full type name, for example <c>Office.RequestApproval</c>.</param>
/// <param name="category">Group in the designer's palette.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivityAttribute(string type, string category) : Attribute
{
    /// <summary>Full type name.</summary>
    public string Type { get; } = type;

    /// <summary>Group in the designer's palette.</summary>
    public string Category { get; } = category;

    /// <summary>From 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Label in the designer; the short type name in words when null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>One sentence for the designer.</summary>
    public string? Description { get; init; }

    /// <summary>Elsa's kind: <c>Action</c>, <c>Trigger</c>, <c>Job</c> or <c>Task</c>.</summary>
    public string Kind { get; init; } = "Action";

    /// <summary>Whether it can stand at the start of a workflow and start it.</summary>
    public bool IsTrigger { get; init; }

    /// <summary>Whether its completion completes the sequence or flowchart it stands in.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>False hides it from the palette.</summary>
    public bool IsBrowsable { get; init; } = true;
}

/// <summary>Outcomes an activity can complete with, as ports in the designer; without it there is one, <c>Done</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutcomesAttribute(params string[] names) : Attribute
{
    /// <summary>In the order of the designer.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>Variables an activity gives values to by itself, so that scripts and templates behind it may read them undeclared.</summary>
/// <param name="names">Names of the variables.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SetsVariablesAttribute(params string[] names) : Attribute
{
    /// <summary>Names of the variables.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>Describes an input for the designer.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Label; the property name in words when null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>One sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Elsa's editor: <c>singleline</c>, <c>multiline</c>, <c>checkbox</c>, <c>dropdown</c>, <c>code-editor</c> …; chosen by type when null.</summary>
    public string? UIHint { get; init; }

    /// <summary>Group in the designer's panel; null for the first.</summary>
    public string? Category { get; init; }

    /// <summary>Whether a definition without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Value when the definition gives none.</summary>
    public object? DefaultValue { get; init; }

    /// <summary>Choices of a dropdown; null when free.</summary>
    public string[]? Options { get; init; }

    /// <summary>Position among the inputs; in order of declaration when equal.</summary>
    public double Order { get; init; }

    /// <summary>Expression type the designer starts with, for example <c>JavaScript</c>.</summary>
    public string? DefaultSyntax { get; init; }
}

/// <summary>Describes an output for the designer.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>Label; the property name in words when null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>One sentence.</summary>
    public string? Description { get; init; }
}

/// <summary>Describes a port that holds an activity.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PortAttribute : Attribute
{
    /// <summary>Label; the property name in words when null.</summary>
    public string? DisplayName { get; init; }
}

/// <summary>An input that is evaluated when the activity asks for it, not before it runs.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LazyAttribute : Attribute;
