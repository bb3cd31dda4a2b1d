using System.Globalization;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Writes formatted paragraphs with the document's own styles where it has them, and real lists.</summary>
internal sealed class RichWriter(WordRender to, Tag tag, TextShape shape)
{
    private static readonly string Borders = "<w:tblBorders>" + string.Concat("top left bottom right insideH insideV".Split(' ').Select(side => $"<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>")) + "</w:tblBorders>";

    private readonly Dictionary<int, int> _lists = [];
    private bool _begun;

    public void Write(RichContent content)
    {
        foreach (var paragraph in content.Paragraphs)
        {
            if (paragraph.Kind == RichKind.Table)
                Table(paragraph);
            else
                Paragraph(paragraph);
        }

        if (content.Paragraphs.Count == 0 || content.Paragraphs[^1].Kind == RichKind.Table)
        {
            to.Out.Write(Start());
            to.Out.Write("</w:p>"u8);
        }
    }

    /// <summary>Runs with the format of the tag and their own.</summary>
    public static void Runs(WordRender to, IReadOnlyList<RichRun> runs, Tag tag, TextShape shape, bool bold = false)
    {
        foreach (var run in runs)
        {
            var format = Format(run, bold);
            if (run.Address is not null)
            {
                ContentWriter.Link(to, new LinkContent(run.Address, run.Text), tag, shape, format);
                continue;
            }

            to.HasContent = true;
            to.Out.Write("<w:r><w:rPr>"u8);
            to.Out.Write(format.Length == 0 ? shape.RunProperties : PropertyOrder.Run(shape.RunProperties, format));
            to.Out.Write("</w:rPr><w:t xml:space=\"preserve\">"u8);
            ValueNode.WriteText(to, run.Text, tag);
            to.Out.Write("</w:t></w:r>"u8);
        }
    }

    private static string[] Format(RichRun run, bool bold)
    {
        var format = new List<string>();
        if (run.Code)
            format.Add("<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/>");
        if (run.Bold || bold)
            format.Add("<w:b/>");
        if (run.Italic)
            format.Add("<w:i/>");
        if (run.Struck)
            format.Add("<w:strike/>");
        if (run.Underlined)
            format.Add("<w:u w:val=\"single\"/>");
        return [.. format];
    }

    private ReadOnlySpan<byte> Start()
    {
        var start = _begun ? shape.NextParagraph : shape.ParagraphStart;
        _begun = true;
        return start;
    }

    private void Paragraph(RichParagraph paragraph)
    {
        var style = Style(paragraph);
        var added = new List<string>();
        if (style is not null)
            added.Add($"<w:pStyle w:val=\"{XmlText.Encode(style)}\"/>");
        if (paragraph.Kind is RichKind.Bullet or RichKind.Numbered && List(paragraph, style) is { } list)
            added.Add(list);
        else if (style is null && paragraph.Kind == RichKind.Quote)
            added.Add("<w:ind w:left=\"720\" w:right=\"720\"/>");
        if (style is null && paragraph.Kind == RichKind.Heading)
            added.AddRange(["<w:keepNext/>", "<w:spacing w:before=\"240\" w:after=\"60\"/>", string.Create(CultureInfo.InvariantCulture, $"<w:outlineLvl w:val=\"{paragraph.Level - 1}\"/>")]);
        if (paragraph.Kind == RichKind.Rule)
            added.Add("<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>");
        var inner = Properties(Start());
        to.Out.Write("<w:p><w:pPr>"u8);
        to.Out.Write(added.Count == 0 ? inner : PropertyOrder.Paragraph(style is null ? inner : [], [.. added]));
        to.Out.Write("</w:pPr>"u8);
        Runs(to, paragraph.Runs, tag, style is null ? shape : shape with { RunProperties = [] }, bold: style is null && paragraph.Kind == RichKind.Heading);
        to.Out.Write("</w:p>"u8);
    }

    private string? Style(RichParagraph paragraph) => paragraph.Kind switch
    {
        RichKind.Heading => to.Template.StyleNamed($"heading {paragraph.Level}"),
        RichKind.Bullet => ListStyle("List Bullet", paragraph.Level),
        RichKind.Numbered => ListStyle("List Number", paragraph.Level),
        RichKind.Quote => to.Template.StyleNamed("Quote"),
        _ => null,
    };

    private string? ListStyle(string name, int level) =>
        to.Template.StyleNamed(level == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {level + 1}")) is { } style && to.Template.ListOfStyle(style) is not null ? style : null;

    /// <summary>The list of an item; a numbered list begins anew, whatever was numbered before.</summary>
    private string? List(RichParagraph item, string? style)
    {
        var numbering = to.Package.Numbering(to.Template);
        if (item.Kind == RichKind.Bullet)
            return style is null ? Reference(numbering.Bulleted(), item.Level) : null;
        if (!_lists.TryGetValue(item.List, out var own))
            _lists[item.List] = own = style is not null && item.Number == 1 ? numbering.Restarted(to.Template.ListOfStyle(style)!.Value.NumId) : numbering.Numbered(item.Level, item.Number);
        return Reference(own, style is null ? item.Level : to.Template.ListOfStyle(style)!.Value.Level);
    }

    private static string Reference(int numId, int level) => string.Create(CultureInfo.InvariantCulture, $"<w:numPr><w:ilvl w:val=\"{Math.Min(level, 8)}\"/><w:numId w:val=\"{numId}\"/></w:numPr>");

    private static byte[] Properties(ReadOnlySpan<byte> paragraphStart)
    {
        var tree = XmlScan.Read([.. paragraphStart, .. "</w:p>"u8], "paragraph");
        return tree.Child(tree.Root, N.w_pPr) is var properties and not XmlTree.None ? tree.Content(properties).ToArray() : [];
    }

    private void Table(RichParagraph table)
    {
        var columns = table.Rows.Max(row => row.Count);
        var style = to.Template.StyleNamed("Table Grid");
        to.Out.WriteMarkup("<w:tbl><w:tblPr>" + (style is null ? "" : $"<w:tblStyle w:val=\"{XmlText.Encode(style)}\"/>") + "<w:tblW w:w=\"0\" w:type=\"auto\"/>" + (style is null ? Borders : "") + "</w:tblPr><w:tblGrid>");
        for (var i = 0; i < columns; i++)
            to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:gridCol w:w=\"{9000 / columns}\"/>"));
        to.Out.Write("</w:tblGrid>"u8);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            to.Out.Write("<w:tr>"u8);
            for (var i = 0; i < columns; i++)
            {
                to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:tc><w:tcPr><w:tcW w:w=\"{9000 / columns}\" w:type=\"dxa\"/></w:tcPr><w:p>"));
                Runs(to, table.Rows[row].ElementAtOrDefault(i) ?? [], tag, shape, bold: row == 0);
                to.Out.Write("</w:p></w:tc>"u8);
            }

            to.Out.Write("</w:tr>"u8);
        }

        to.Out.Write("</w:tbl>"u8);
    }
}
