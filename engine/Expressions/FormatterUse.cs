using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions;

/// <summary>A formatter as a pipeline uses it.</summary>
public sealed class FormatterUse
{
    internal FormatterUse(FormatterTable.Entry entry, Node[] arguments, (string Name, Node Value)[] named, int column)
    {
        Entry = entry;
        ArgumentNodes = arguments;
        NamedNodes = named;
        Column = column;
    }

    /// <summary>Name in the table's spelling.</summary>
    public string Name => Entry.Name;

    /// <summary>How many arguments it is given by position.</summary>
    public int ArgumentCount => ArgumentNodes.Length;

    /// <summary>First argument when it is a text in quotes, else null; for example a date pattern.</summary>
    public string? FirstText => ArgumentNodes is [Literal { Value: { Kind: ValueKind.String } text }, ..] ? text.AsString() : null;

    /// <summary>Where the name stands, 1-based.</summary>
    public int Column { get; }

    internal FormatterTable.Entry Entry { get; }

    internal Node[] ArgumentNodes { get; }

    internal (string Name, Node Value)[] NamedNodes { get; }
}
