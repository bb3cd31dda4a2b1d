namespace ProductionOffice.Templates;

/// <summary>A template could not be read or filled; nothing was written.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>All errors that were found, at most 100, in the order of the document.</summary>
    public TemplateException(IReadOnlyList<TemplateProblem> errors)
        : base(string.Join("\n", errors.Select(error => error.ToText()))) => Errors = errors;

    internal TemplateException(string code, string message, string? part = null)
        : this([new TemplateProblem { Code = code, Message = message, Part = part }])
    {
    }

    /// <summary>All errors that were found, at most 100, in the order of the document.</summary>
    public IReadOnlyList<TemplateProblem> Errors { get; }

    /// <summary>The warnings that were found before the errors stopped the work.</summary>
    public IReadOnlyList<TemplateProblem> Warnings { get; internal init; } = [];

    internal TemplateException Of(string file) =>
        new([.. Errors.Select(error => error with { File = error.File ?? file })]) { Warnings = Warnings };
}
