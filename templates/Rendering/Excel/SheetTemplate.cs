using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Word;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>A compiled sheet: rows and cells, tags, and what sections do with rows and columns.</summary>
internal sealed class SheetTemplate
{
    private readonly TagParser _parser;
    private readonly bool _linksAreGone;
    private readonly ProblemList _problems;
    private readonly IReadOnlyList<CellText> _strings;
    private readonly Dictionary<Tag, (RowTemplate Row, CellTemplate Cell)> _owners = [];

    public SheetTemplate(string name, string part, XmlTree tree, IReadOnlyList<CellText> strings, TagParser parser, ProblemList problems, bool linksAreGone)
    {
        _linksAreGone = linksAreGone;
        Name = name;
        Part = part;
        Tree = tree;
        _parser = parser;
        _problems = problems;
        _strings = strings;
        var place = new TagPlace { Part = part, Sheet = name, Words = $"sheet “{name}”, name of the sheet", Text = name };
        NameTags = parser.Parse(name, TagReader.Find(name), place);
        ReadRows();
        PlaceSections();
        Items = Nest();
        ReadTexts();
        if (Tree.Child(Tree.Root, N.hyperlinks) is var links and not XmlTree.None)
            ReadLinks(links);
        IsTouched = Tags.Count > 0 || Tree.Has(Tree.Root, N.f) || Tree.Has(Tree.Root, N.formula) || Tree.Has(Tree.Root, N.formula1) || Tree.Has(Tree.Root, N.xm_f);
    }

    public string Name { get; }

    public List<Tag> NameTags { get; }

    public string Part { get; }

    public XmlTree Tree { get; }

    public int Data { get; private set; } = XmlTree.None;

    public List<RowTemplate> Rows { get; } = [];

    public List<RowItem> Items { get; }

    public int LastColumn { get; private set; }

    public SortedDictionary<int, Tag> ColumnTags { get; } = [];

    /// <summary><c>sheet for</c> and <c>sheet if</c>.</summary>
    public Tag? SheetTag { get; private set; }

    /// <summary>Page headers and footers, and other texts with tags, by node.</summary>
    public Dictionary<int, (string Text, List<Tag> Tags)> Texts { get; } = [];

    public List<Tag> Tags { get; } = [];

    /// <summary>Link addresses that hold tags, by relationship.</summary>
    public Dictionary<string, AddressTemplate> Addresses { get; } = [];

    /// <summary>Attributes of links that hold tags, by node and name.</summary>
    public Dictionary<(int Node, string Name), (string Text, List<Tag> Tags)> LinkTexts { get; } = [];

    /// <summary>Whether it holds tags or formulas; any other sheet stays as it is.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>Reads the address of a link when it holds tags.</summary>
    public void ReadAddress(Relationship relation)
    {
        if (relation.Kind != "hyperlink" || AddressTemplate.Read(relation.Target, _parser, new TagPlace { Part = Part, Sheet = Name, Words = $"sheet “{Name}”, link", Text = relation.Target }) is not { } address)
            return;
        Addresses[relation.Id] = address;
        Tags.AddRange(address.Tags);
        IsTouched = true;
    }

    private void ReadLinks(int links)
    {
        foreach (var link in Tree.Children(links))
        {
            foreach (var name in new[] { "location", "display", "tooltip" })
            {
                if (Tree.Attribute(link, System.Text.Encoding.UTF8.GetBytes(name)) is not { } text || TagReader.Find(text) is not { Count: > 0 } spans)
                    continue;
                var cell = Tree.Attribute(link, "ref"u8);
                var tags = _parser.Parse(text, spans, new TagPlace { Part = Part, Sheet = Name, Cell = cell, Words = $"sheet “{Name}”, link at {cell}", Text = text });
                LinkTexts[(link, name)] = (text, tags);
                Tags.AddRange(tags);
            }
        }
    }

    private void ReadRows()
    {
        Data = Tree.Child(Tree.Root, N.sheetData);
        if (Data == XmlTree.None)
            return;
        var number = 0;
        foreach (var node in Tree.Children(Data).Where(node => Tree.Name(node) == N.row))
        {
            var before = number;
            number = Tree.IntAttribute(node, "r"u8) ?? number + 1;
            // Excel does not open a sheet whose rows or cells stand twice or in another order.
            if (number <= before || number > CellRef.MostRows)
                throw ZipPackage.Damaged(Part);
            var tag = XmlText.WithoutAttribute(XmlText.WithoutAttribute(Tree.StartTag(node), "r"u8), "spans"u8);
            var row = new RowTemplate { Index = number, Attributes = Attributes(tag, "row"u8.Length) };
            var column = 0;
            foreach (var cell in Tree.Children(node).Where(cell => Tree.Name(cell) == N.c))
            {
                var left = column;
                column = CellRef.Parse(Tree.Attribute(cell, "r"u8)).Column is var given and > 0 ? given : column + 1;
                if (column <= left || column > CellRef.MostColumns)
                    throw ZipPackage.Damaged(Part);
                LastColumn = Math.Max(LastColumn, column);
                row.Cells.Add(ReadCell(cell, row, column));
            }

            row.DropsRow = row.Cells.Exists(cell => cell.DropsRow);
            Rows.Add(row);
        }
    }

    /// <summary>What stands between the name of an element and its closing bracket.</summary>
    private static byte[] Attributes(byte[] tag, int nameLength)
    {
        var end = tag[^2] == '/' ? tag.Length - 2 : tag.Length - 1;
        return tag[(1 + nameLength)..end];
    }

    private CellTemplate ReadCell(int node, RowTemplate row, int column)
    {
        var style = Tree.IntAttribute(node, "s"u8) ?? 0;
        if (Tree.Child(node, N.f) is var formula and not XmlTree.None)
        {
            if (!_linksAreGone || !Formula.IsExternal(Tree.Text(formula)))
                return ReadFormula(node, formula, style, column);
            var bare = XmlText.WithoutAttribute(Tree.StartTag(node), "r"u8);
            var value = Tree.Child(node, N.v);
            return new CellTemplate { Column = column, Kind = CellKind.Plain, Style = style, Rest = [.. bare.AsSpan(2), .. value == XmlTree.None ? [] : Tree.Span(value), .. Tree.EndTag(node)] };
        }

        var text = TextOf(node);
        if (text is not null && text.Text.Contains("{{", StringComparison.Ordinal))
        {
            var spans = TagReader.Find(text.Text);
            var address = CellRef.Address(column, row.Index);
            var place = new TagPlace { Part = Part, Sheet = Name, Cell = address, Words = $"sheet “{Name}”, cell {address}", Text = text.Text };
            var cell = new CellTemplate { Column = column, Kind = CellKind.Filled, Style = style, Text = text.Text, Rich = text.Rich, Tags = _parser.Parse(text.Text, spans, place) };
            foreach (var tag in cell.Tags)
                _owners[tag] = (row, cell);
            Tags.AddRange(cell.Tags);
            return cell;
        }

        var start = XmlText.WithoutAttribute(Tree.StartTag(node), "r"u8);
        return new CellTemplate { Column = column, Kind = CellKind.Plain, Style = style, Rest = [.. start.AsSpan(2), .. Tree.IsEmpty(node) ? [] : Tree.Content(node), .. Tree.IsEmpty(node) ? [] : Tree.EndTag(node)] };
    }

    private CellTemplate ReadFormula(int node, int formula, int style, int column)
    {
        var text = Tree.Text(formula);
        var kind = Tree.Attribute(formula, "t"u8);
        if (kind == "shared" && text.Length == 0)
            text = Shared(node, formula, column);
        else if (kind == "shared" && Tree.Attribute(formula, "si"u8) is { } index)
            _shared[index] = (text, column, RowOf(node));
        return new CellTemplate
        {
            Column = column,
            Kind = CellKind.Formula,
            Style = style,
            Formula = Formula.Parse(text),
            ArrayRange = kind == "array" ? Tree.Attribute(formula, "ref"u8) : null,
        };
    }

    private readonly Dictionary<string, (string Text, int Column, int Row)> _shared = [];

    private int RowOf(int cell) => Tree.IntAttribute(Tree.Parent(cell), "r"u8) ?? 0;

    /// <summary>A formula that only refers to another one of its group is spelled out.</summary>
    private string Shared(int node, int formula, int column)
    {
        if (Tree.Attribute(formula, "si"u8) is not { } index || !_shared.TryGetValue(index, out var first))
            return "";
        var (down, right) = (RowOf(node) - first.Row, column - first.Column);
        var text = "";
        foreach (var token in Formula.Parse(first.Text).Tokens)
        {
            if (!token.IsReference)
            {
                text += token.Text;
                continue;
            }

            text += token.Sheet is null ? "" : SheetNames.Quote(token.Sheet) + "!";
            text += Shift(token.From, right, down) + (token.IsRange ? ":" + Shift(token.To, right, down) : "");
        }

        return text;

        static string Shift(RefEnd end, int right, int down) =>
            (end.Column == 0 ? "" : (end.ColumnIsFixed ? "$" : "") + CellRef.Column(end.ColumnIsFixed ? end.Column : end.Column + right))
            + (end.Row == 0 ? "" : (end.RowIsFixed ? "$" : "") + (end.RowIsFixed ? end.Row : end.Row + down).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private CellText? TextOf(int cell)
    {
        var type = Tree.Attribute(cell, "t"u8);
        if (type == "s" && Tree.Child(cell, N.v) is var value and not XmlTree.None)
            return int.TryParse(Tree.Text(value), System.Globalization.CultureInfo.InvariantCulture, out var index) && index < _strings.Count ? _strings[index] : null;
        return type == "inlineStr" && Tree.Child(cell, N.@is) is var inline and not XmlTree.None ? CellText.Read(Tree, inline) : null;
    }

    private void PlaceSections()
    {
        foreach (var section in SectionPairing.Pair(Tags, _problems).Values.Distinct())
        {
            if (section.Close is null)
                continue;
            List<Tag> parts = [section.Open, .. section.Branches, section.Close];
            if (parts.TrueForAll(part => _owners[part].Cell == _owners[section.Open].Cell))
                continue;
            for (var i = 0; i < parts.Count; i++)
            {
                var (row, _) = _owners[parts[i]];
                (i == parts.Count - 1 ? row.After : row.Before).Add(parts[i]);
                Lifted.Add(parts[i]);
            }

            if (parts.Select(part => _owners[part].Row).Distinct().Count() > 1)
            {
                foreach (var row in parts.Select(part => _owners[part].Row).Distinct())
                    row.Vanishes |= row.Cells.TrueForAll(cell => cell.Kind == CellKind.Filled ? IsTagsOnly(cell) : cell.Kind == CellKind.Plain && cell.Rest.AsSpan().IndexOf("<v>"u8) < 0);
            }
        }

        foreach (var (tag, (row, cell)) in _owners)
        {
            switch (tag.Reach)
            {
                case TagReach.Row:
                    row.Around.Add(tag);
                    break;
                case TagReach.Column:
                    if (!ColumnTags.TryAdd(cell.Column, tag))
                        _problems.Add(tag.Place.Problem("T011", tag.Source, $"Column {CellRef.Column(cell.Column)} is ruled by {ColumnTags[cell.Column].Source} already."));
                    break;
                case TagReach.Sheet:
                    SheetTag ??= tag;
                    break;
                case TagReach.Table:
                case TagReach.Paragraph:
                    _problems.Add(tag.Place.Problem("T011", tag.Source, "In Excel there are #row, #col and #sheet; #para and #table are for Word."));
                    break;
                default:
                    break;
            }

            if (tag.Kind is TagKind.Let)
                row.Lets.Add(tag);
        }

        foreach (var row in Rows)
        {
            foreach (var cell in row.Cells)
                cell.Whole = WholeOf(cell);
        }
    }

    /// <summary>Tags that rule rows and print nothing in their cell.</summary>
    public HashSet<Tag> Lifted { get; } = [];

    private static bool IsTagsOnly(CellTemplate cell)
    {
        var at = 0;
        foreach (var tag in cell.Tags)
        {
            if (!tag.IsStructural || !cell.Text.AsSpan(at, tag.Start - at).IsWhiteSpace())
                return false;
            at = tag.End;
        }

        return cell.Text.AsSpan(at).IsWhiteSpace();
    }

    private Tag? WholeOf(CellTemplate cell)
    {
        Tag? whole = null;
        var at = 0;
        foreach (var tag in cell.Tags)
        {
            if (!cell.Text.AsSpan(at, tag.Start - at).IsWhiteSpace())
                return null;
            at = tag.End;
            var isSilent = tag.Reach != TagReach.Between || Lifted.Contains(tag) || tag.Kind is TagKind.Let or TagKind.Comment;
            if (isSilent)
                continue;
            if (tag.Kind != TagKind.Value || whole is not null)
                return null;
            whole = tag;
        }

        return cell.Text.AsSpan(at).IsWhiteSpace() ? whole : null;
    }

    private List<RowItem> Nest()
    {
        var root = new List<RowItem>();
        var open = new Stack<(RowBlock Block, List<RowItem> Outer)>();
        var items = root;
        var last = 0;
        foreach (var row in Rows)
        {
            if (row.Index - last > 1)
                items.Add(new RowGap(row.Index - last - 1));
            last = row.Index;
            foreach (var tag in row.Before)
                items = Apply(tag, items, open);
            foreach (var tag in row.Around)
                items = Apply(tag, items, open);
            if (!row.Vanishes)
                items.Add(new RowLeaf(row));
            foreach (var (block, _) in open)
                (block.FirstRow, block.LastRow) = (Math.Min(block.FirstRow, row.Index), Math.Max(block.LastRow, row.Index));
            for (var i = 0; i < row.Around.Count; i++)
                items = Close(open);
            for (var i = Math.Min(row.After.Count, open.Count); i > 0; i--)
                items = Close(open);
        }

        while (open.Count > 0)
            items = Close(open);
        return root;
    }

    private static List<RowItem> Apply(Tag tag, List<RowItem> items, Stack<(RowBlock Block, List<RowItem> Outer)> open)
    {
        var inner = new List<RowItem>();
        if (tag.IsBranch)
        {
            if (open.TryPeek(out var top))
                top.Block.Branches.Add((tag, inner));
            return inner;
        }

        var block = new RowBlock(tag, [(tag, inner)]);
        open.Push((block, items));
        return inner;
    }

    private static List<RowItem> Close(Stack<(RowBlock Block, List<RowItem> Outer)> open)
    {
        var (block, outer) = open.Pop();
        outer.Add(block);
        return outer;
    }

    private void ReadTexts()
    {
        foreach (var node in Tree.Children(Tree.Root).Where(node => Tree.Name(node) == N.headerFooter).SelectMany(Tree.Children))
        {
            var text = Tree.Text(node);
            var spans = TagReader.Find(text);
            if (spans.Count == 0)
                continue;
            var words = Tree.Span(node).IndexOf("Header"u8) >= 0 ? "page header" : "page footer";
            var tags = _parser.Parse(text, spans, new TagPlace { Part = Part, Sheet = Name, Words = $"sheet “{Name}”, {words}", Text = text });
            Texts[node] = (text, tags);
            Tags.AddRange(tags);
        }
    }
}
