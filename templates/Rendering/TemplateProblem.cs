using System.Text;

namespace ProductionOffice.Templates;

/// <summary>How much a problem matters.</summary>
public enum ProblemSeverity
{
    /// <summary>The document was written; somebody should look.</summary>
    Warning,

    /// <summary>Nothing was written.</summary>
    Error,
}

/// <summary>One thing that is wrong with a template, a file or the data, with its place and remedy.</summary>
/// <remarks>Codes as in the template language, section 6: <c>T001</c>… (template), <c>D001</c>… (file), <c>W001</c>… (warnings).</remarks>
public sealed record TemplateProblem
{
    /// <summary>The code, for example <c>T005</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Whether nothing was written because of it.</summary>
    public ProblemSeverity Severity { get; init; } = ProblemSeverity.Error;

    /// <summary>Name of the template file.</summary>
    public string? File { get; init; }

    /// <summary>Part of the package, for example <c>word/header1.xml</c>.</summary>
    public string? Part { get; init; }

    /// <summary>The place in words a coordinator uses, for example <c>page header, paragraph 1, column 11</c>.</summary>
    public string? Place { get; init; }

    /// <summary>The whole text of the paragraph or cell the tag stands in.</summary>
    public string? Paragraph { get; init; }

    /// <summary>1-based column of the tag in <see cref="Paragraph"/>.</summary>
    public int? Column { get; init; }

    /// <summary>1-based number of the table in its part.</summary>
    public int? Table { get; init; }

    /// <summary>1-based number of the table row.</summary>
    public int? Row { get; init; }

    /// <summary>Name of the sheet (Excel).</summary>
    public string? Sheet { get; init; }

    /// <summary>Excel: address such as <c>B7</c>. Word: 1-based number of the cell in its row.</summary>
    public string? Cell { get; init; }

    /// <summary>The tag as it is written, with its braces.</summary>
    public string? Tag { get; init; }

    /// <summary>The name the problem is about, for example <c>deal.rate</c>.</summary>
    public string? Name { get; init; }

    /// <summary>What is wrong and what to do, in whole sentences.</summary>
    public required string Message { get; init; }

    /// <summary>Up to three nearest names, as they would have to be typed.</summary>
    public IReadOnlyList<string> Suggest { get; init; } = [];

    /// <summary>The problem in two lines, for people.</summary>
    public string ToText()
    {
        var text = new StringBuilder(File ?? "");
        if (!string.IsNullOrEmpty(Place))
            text.Append(text.Length > 0 ? ", " : "").Append(Place);
        if (!string.IsNullOrEmpty(Tag))
            text.Append(": ").Append(Tag);
        if (text.Length > 0)
            text.Append("\n  ");
        return text.Append(Message).Append("   [").Append(Code).Append(']').ToString();
    }
}
