namespace ProductionOffice.Expressions;

/// <summary>An expression, script, pipeline or Liquid text could not be read or evaluated.</summary>
public sealed class ExpressionException : Exception
{
    internal ExpressionException(string kind, string message, int column = 0, string? suggest = null) : base(message)
    {
        Kind = kind;
        Column = column;
        Suggest = suggest;
    }

    /// <summary>
    /// <c>syntax</c>, <c>forbidden</c>, <c>reference</c>, <c>type</c>, <c>range</c>, <c>value</c>, <c>limit</c>, and of pipelines
    /// <c>formatter</c> (unknown formatter or wrong argument).
    /// </summary>
    public string Kind { get; }

    /// <summary>Where in the text, 1-based; 0 when unknown.</summary>
    public int Column { get; internal set; }

    /// <summary>What to write instead, or the nearest known name; null when there is no advice.</summary>
    public string? Suggest { get; }
}
