using System.Globalization;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Reads the cells of a sheet: texts with tags, formulas, and everything that is copied as it stands.</summary>
internal sealed class CellReader(XmlTree tree, IReadOnlyList<CellText> strings, bool linksAreGone, TagParser parser, ProblemList problems, TagPlace sheet)
{
    private readonly Dictionary<string, (Formula Formula, int Column, int Row)> _shared = [];

    public CellTemplate Read(int node, int row, int column)
    {
        var style = tree.IntAttribute(node, "s"u8) ?? 0;
        if (tree.Child(node, N.f) is var formula and not XmlTree.None)
        {
            if (!linksAreGone || !Formula.IsExternal(tree.Text(formula)))
                return ReadFormula(node, formula, style, row, column);
            var bare = XmlText.WithoutAttribute(tree.StartTag(node), "r"u8);
            var value = tree.Child(node, N.v);
            byte[] rest = [.. bare.AsSpan(2), .. value == XmlTree.None ? [] : tree.Span(value), .. tree.EndTag(node)];
            return new CellTemplate { Column = column, Kind = CellKind.Plain, Style = style, Rest = rest };
        }

        var text = TextOf(node);
        if (text is not null && text.Text.Contains("{{", StringComparison.Ordinal))
        {
            var address = CellRef.Address(column, row);
            var place = sheet with { Cell = address, Words = $"sheet “{sheet.Sheet}”, cell {address}", Text = text.Text };
            return new CellTemplate { Column = column, Kind = CellKind.Filled, Style = style, Text = text.Text, Rich = text.Rich, Tags = parser.Parse(text.Text, TagReader.Find(text.Text), place) };
        }

        return new CellTemplate
        {
            Column = column,
            Kind = CellKind.Plain,
            Style = style,
            Rest = Rest(node),
            IsBlank = !tree.Children(node).Any(child => tree.Name(child) is N.v or N.@is && tree.Text(child).Length > 0),
        };
    }

    /// <summary>The cell without its address: mostly what stands after it.</summary>
    private ReadOnlyMemory<byte> Rest(int node)
    {
        var tag = tree.StartTag(node);
        var (start, length) = XmlText.FindAttribute(tag, "r"u8);
        if (tag.StartsWith("<c r="u8) && start == "<c r=\"".Length)
            return tree.Bytes.AsMemory((tree[node].Start + start + length + 1)..tree[node].End);
        return (byte[])[.. XmlText.WithoutAttribute(tag, "r"u8).AsSpan(2), .. tree.IsEmpty(node) ? [] : tree.Content(node), .. tree.IsEmpty(node) ? [] : tree.EndTag(node)];
    }

    private CellTemplate ReadFormula(int node, int formula, int style, int row, int column)
    {
        var kind = tree.Attribute(formula, "t"u8);
        Refuse(tree.Text(formula), CellRef.Address(column, row));
        return new CellTemplate
        {
            Column = column,
            Kind = CellKind.Formula,
            Style = style,
            Formula = kind == "shared" ? Shared(formula, row, column) : Formula.Parse(tree.Text(formula)),
            ArrayRange = kind == "array" ? tree.Attribute(formula, "ref"u8) : null,
            Metadata = tree.Attribute(node, "cm"u8),
            DataTable = kind == "dataTable" ? tree.StartTag(formula).ToArray() : null,
        };
    }

    /// <summary>Data must not become part of a formula.</summary>
    private void Refuse(string formula, string address)
    {
        if (!formula.Contains("{{", StringComparison.Ordinal) || TagReader.Find(formula) is not { Count: > 0 } spans || IsSheetName(formula, spans))
            return;
        var place = sheet with { Cell = address, Words = $"sheet “{sheet.Sheet}”, cell {address}", Text = formula, Column = spans[0].Start + 1 };
        problems.Add(place.Problem("T011", formula[spans[0].Start..spans[0].End], "A tag cannot stand in a formula. Put it into a cell of its own, and let the formula refer to that cell."));
    }

    /// <summary>A sheet whose name is a tag is named so in formulas too.</summary>
    private static bool IsSheetName(string formula, List<TagSpan> spans) => spans.TrueForAll(span => formula.IndexOf("'!", span.End, StringComparison.Ordinal) is var quote and > 0 && formula.IndexOfAny(['"', '('], span.End, quote - span.End) < 0);

    /// <summary>A formula that only refers to the first one of its group is spelled out.</summary>
    private Formula Shared(int node, int row, int column)
    {
        var text = tree.Text(node);
        var index = tree.Attribute(node, "si"u8) ?? "";
        if (text.Length > 0)
        {
            var formula = Formula.Parse(text);
            _shared[index] = (formula, column, row);
            return formula;
        }

        return _shared.TryGetValue(index, out var first) ? Formula.Parse(first.Formula.Shifted(column - first.Column, row - first.Row)) : Formula.Parse("");
    }

    private CellText? TextOf(int cell)
    {
        var type = tree.Attribute(cell, "t"u8);
        if (type is "s" or "str" && tree.Child(cell, N.v) is var value and not XmlTree.None)
        {
            if (type == "str")
                return new CellText(tree.Text(value), null);
            return int.TryParse(tree.Text(value), CultureInfo.InvariantCulture, out var index) && index >= 0 && index < strings.Count ? strings[index] : null;
        }

        return type == "inlineStr" && tree.Child(cell, N.@is) is var inline and not XmlTree.None ? CellText.Read(tree, inline) : null;
    }
}
