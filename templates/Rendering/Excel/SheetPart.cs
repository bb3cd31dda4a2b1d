using System.Globalization;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>A part that belongs to a sheet: a table, comments, a drawing. It moves with the rows and may hold tags.</summary>
internal sealed class SheetPart(string kind, XmlTree tree, Dictionary<int, (string Text, List<Tag> Tags)> texts)
{
    public IEnumerable<Tag> Tags => texts.Values.SelectMany(text => text.Tags);

    public static SheetPart Read(string part, string kind, byte[] bytes, string sheet, TagParser parser)
    {
        var tree = XmlScan.Read(bytes, part);
        var texts = new Dictionary<int, (string, List<Tag>)>();
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.Name(node) is not (N.t or N.a_t) || kind == "table")
                continue;
            var text = tree.Text(node);
            var spans = TagReader.Find(text);
            if (spans.Count > 0)
                texts[node] = (text, parser.Parse(text, spans, new TagPlace { Part = part, Sheet = sheet, Words = $"sheet “{sheet}”, {(kind == "comments" ? "comment" : "text box")}", Text = text }));
        }

        return new SheetPart(kind, tree, texts);
    }

    public byte[]? Write(LaidSheet sheet, Evaluator values, FormulaWriter formulas, string part)
    {
        var layout = sheet.Layout;
        return kind switch
        {
            "table" => Table(layout, formulas, sheet.IsCopy ? part : null),
            "vmlDrawing" => tree.Bytes,
            _ => XmlRewrite.Rewrite(tree, node => Tag(node, layout), node => texts.TryGetValue(node, out var text)
                ? InlineText.Fill(text.Text, text.Tags, values)
                : Moved(node, layout)) ?? tree.Bytes,
        };
    }

    private byte[]? Tag(int node, SheetLayout layout) => tree.Name(node) == N.comment && tree.Attribute(node, "ref"u8) is { } address
        ? XmlText.WithAttribute(tree.StartTag(node), "ref"u8, FormulaWriter.Area(layout, address).Split(':')[0])
        : null;

    /// <summary>Anchors count rows and columns from zero.</summary>
    private string? Moved(int node, SheetLayout layout)
    {
        if (tree.Name(node) is not (N.xdr_row or N.xdr_col) || !int.TryParse(tree.Text(node), CultureInfo.InvariantCulture, out var number))
            return null;
        var isEnd = tree.Name(tree.Parent(node)) == N.xdr_to;
        var moved = tree.Name(node) == N.xdr_row
            ? isEnd ? layout.RangeEnd(number + 1) : layout.RangeStart(number + 1)
            : isEnd ? layout.RangeEndColumn(number + 1) : layout.RangeStartColumn(number + 1);
        return Math.Max(0, moved - 1).ToString(CultureInfo.InvariantCulture);
    }

    private byte[] Table(SheetLayout layout, FormulaWriter formulas, string? copyPart)
    {
        var number = copyPart is null ? "" : new string([.. copyPart.Where(char.IsAsciiDigit)]);
        return XmlRewrite.Rewrite(tree, node =>
        {
            var tag = tree.StartTag(node);
            if (tree.Attribute(node, "ref"u8) is { } area)
                tag = XmlText.WithAttribute(tag, "ref"u8, FormulaWriter.Area(layout, area));
            if (copyPart is not null && tree.Name(node) == N.table)
            {
                tag = XmlText.WithAttribute(tag, "id"u8, "1" + number.PadLeft(4, '0'));
                tag = XmlText.WithAttribute(tag, "name"u8, tree.Attribute(node, "name"u8) + "_" + number);
                tag = XmlText.WithAttribute(tag, "displayName"u8, tree.Attribute(node, "displayName"u8) + "_" + number);
            }

            return tag.ToArray();
        }, node => tree.Name(node) is N.calculatedColumnFormula or N.totalsRowFormula ? formulas.Write(Formula.Parse(tree.Text(node)), layout, null, 0) : null) ?? tree.Bytes;
    }
}
