namespace ProductionOffice.Engine.Definitions;

/// <summary>A workflow definition could not be read.</summary>
/// <param name="source">File or definition id.</param>
/// <param name="path">JSON path of the place, for example <c>$.root.activities[3].type</c>.</param>
/// <param name="problem">What is wrong, with the value.</param>
/// <param name="remedy">What to do.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class DefinitionFormatException(string source, string path, string problem, string remedy, Exception? inner = null)
    : WorkflowException($"{source}: {path}: {problem} {remedy}", inner)
{
    /// <summary>File or definition id.</summary>
    public string DefinitionSource { get; } = source;

    /// <summary>JSON path of the place.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong, with the value.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;
}
