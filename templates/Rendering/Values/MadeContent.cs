using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Values;

/// <summary>A value that is more than text: a picture, a link, paragraphs. Handed through pipelines as an opaque value.</summary>
internal abstract record MadeContent
{
    /// <summary>What stands where only text can be, for example in an Excel cell.</summary>
    public virtual string PlainText => "";
}

/// <summary>A picture that is asked for; the bytes are found when it is written.</summary>
internal sealed record PictureContent(Value Source, double? Width, double? Height) : MadeContent;

/// <summary>A QR code or barcode.</summary>
internal sealed record CodeContent(string Text, string Type, double? Width, double? Height) : MadeContent
{
    public override string PlainText => Text;
}

internal sealed record LinkContent(string Address, string Text) : MadeContent
{
    public bool IsSafe => Address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || Address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || Address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || Address.StartsWith("tel:", StringComparison.OrdinalIgnoreCase);

    public override string PlainText => Text;
}

/// <summary>A blank value that takes its paragraph or row away.</summary>
internal sealed record DropContent(bool Row) : MadeContent;

internal sealed record LinesContent(string[] Lines) : MadeContent
{
    public override string PlainText => string.Join('\n', Lines);
}

/// <summary>Formatted paragraphs made from Markdown or HTML.</summary>
internal sealed record RichContent(IReadOnlyList<RichParagraph> Paragraphs) : MadeContent
{
    public override string PlainText => string.Join('\n', Paragraphs.Select(paragraph => paragraph.PlainText));
}

internal enum RichKind
{
    Text,
    Heading,
    Bullet,
    Numbered,
    Quote,
    Code,
    Rule,
    Table,
}

/// <summary>One paragraph, or a table.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">Of a heading 1 to 6; of a list item how deep it is nested, from 0.</param>
/// <param name="Runs">Its text.</param>
internal sealed record RichParagraph(RichKind Kind, int Level, IReadOnlyList<RichRun> Runs)
{
    /// <summary>The numbered list an item belongs to, counted through the content.</summary>
    public int List { get; init; }

    /// <summary>The number of a list item.</summary>
    public int Number { get; init; }

    /// <summary>Of a table: rows of cells, the first row being the head.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<RichRun>>> Rows { get; init; } = [];

    public string PlainText => Kind == RichKind.Table
        ? string.Join('\n', Rows.Select(row => string.Join('\t', row.Select(Join))))
        : Kind switch
        {
            RichKind.Bullet => "• ",
            RichKind.Numbered => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number}. "),
            _ => "",
        } + Join(Runs);

    private static string Join(IReadOnlyList<RichRun> runs) => string.Concat(runs.Select(run => run.Text));
}

internal sealed record RichRun(string Text, bool Bold = false, bool Italic = false, bool Underlined = false, bool Struck = false, bool Code = false, string? Address = null);

/// <summary>A signature: picture or blank line, name, role, date.</summary>
internal sealed record SignatureContent(Value Image, string Name, string Role, string Date) : MadeContent
{
    public override string PlainText => string.Join('\n', new[] { Name, Role, Date }.Where(line => line.Length > 0));
}

/// <summary>There is no picture that could be used (T010).</summary>
internal sealed class PictureException(string message) : Exception(message);
