namespace ProductionOffice.Expressions;

/// <summary>The words of <see cref="ExpressionException.Kind"/>.</summary>
public static class ErrorKind
{
    /// <summary>Cannot be parsed.</summary>
    public const string Syntax = "syntax";

    /// <summary>JavaScript that is not part of the language.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>Unknown name.</summary>
    public const string Reference = "reference";

    /// <summary>A TypeError of JavaScript.</summary>
    public const string Type = "type";

    /// <summary>A RangeError of JavaScript.</summary>
    public const string Range = "range";

    /// <summary>Bad input text to a built-in, for example <c>JSON.parse</c>.</summary>
    public const string Value = "value";

    /// <summary>Over a limit of the language.</summary>
    public const string Limit = "limit";

    /// <summary>Unknown formatter, or an argument it cannot take.</summary>
    public const string Formatter = "formatter";
}
