namespace ProductionOffice.Templates;

/// <summary>What kind of value a template expects of a field, as far as its use shows.</summary>
public enum FieldKind
{
    /// <summary>Anything that can be printed.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An amount of money.</summary>
    Money,

    /// <summary>A date or time.</summary>
    Date,

    /// <summary>True or false, or present or not.</summary>
    Truth,

    /// <summary>A list; its items' fields are listed with <c>[]</c> in the path.</summary>
    List,

    /// <summary>A picture.</summary>
    Picture,
}

/// <summary>A data path a template uses.</summary>
public sealed record TemplateField
{
    /// <summary>Path from the data's root, list items as <c>[]</c>: <c>crew[].name</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What kind of value is expected.</summary>
    public FieldKind Kind { get; init; }

    /// <summary>Whether the template says itself what happens when it is missing, everywhere it uses it.</summary>
    public bool Optional { get; init; }

    /// <summary>Where it is used, in words.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
}
