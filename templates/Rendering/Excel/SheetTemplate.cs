using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Word;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>A compiled sheet: rows and cells, tags, and what sections do with rows and columns.</summary>
internal sealed class SheetTemplate
{
    private readonly TagParser _parser;
    private readonly SheetSections _sections;
    private SheetGrid? _grid;

    public SheetTemplate(string name, string part, XmlTree tree, IReadOnlyList<CellText> strings, TagParser parser, ProblemList problems, bool linksAreGone)
    {
        Name = name;
        Part = part;
        Tree = tree;
        _parser = parser;
        var place = new TagPlace { Part = part, Sheet = name, Words = $"sheet “{name}”, name of the sheet", Text = name };
        NameTags = parser.Parse(name, TagReader.Find(name), place);
        ReadRows(new CellReader(tree, strings, linksAreGone, parser, problems, place with { Words = "", Text = null }));
        _sections = new SheetSections(Rows, problems);
        SheetTags = [.. NameTags.Where(tag => tag.Reach == TagReach.Sheet), .. _sections.SheetTags];
        foreach (var tag in SheetTags.Where(tag => tag.Kind == TagKind.For).Skip(1))
            problems.Add(tag.Place.Problem("T011", tag.Source, $"The sheet is repeated by {SheetTags.Find(first => first.Kind == TagKind.For)!.Source} already."));
        ReadTexts();
        if (Tree.Child(Tree.Root, N.hyperlinks) is var links and not XmlTree.None)
        {
            foreach (var link in Tree.Children(links))
                ReadAttributes(link, ["location", "display", "tooltip"], "link at " + Tree.Attribute(link, "ref"u8), Tree.Attribute(link, "ref"u8));
        }

        for (var node = 0; node < Tree.Count; node++)
        {
            if (Tree.Name(node) is N.dataValidation or N.x14_dataValidation)
                ReadAttributes(node, ["promptTitle", "prompt", "errorTitle", "error"], "message of the data validation", null);
        }

        IsTouched = Tags.Count > 0 || SheetTags.Count > 0 || FollowsCells();
    }

    public string Name { get; }

    public List<Tag> NameTags { get; }

    public string Part { get; }

    public XmlTree Tree { get; }

    public int Data { get; private set; } = XmlTree.None;

    public List<RowTemplate> Rows { get; } = [];

    /// <summary>Whether the file says anything of the row.</summary>
    public bool Mentions(int row) => Rows.BinarySearch(new RowTemplate { Index = row }, Comparer<RowTemplate>.Create((a, b) => a.Index.CompareTo(b.Index))) >= 0;

    /// <summary>Rows as sections nest them.</summary>
    public List<RowItem> Items => _sections.Items;

    /// <summary>The innermost loop that repeats all of these rows together, or null.</summary>
    public RowBlock? LoopAround(int first, int last)
    {
        return Find(Items);

        RowBlock? Find(IEnumerable<RowItem> items)
        {
            var block = items.OfType<RowBlock>().FirstOrDefault(block => block.FirstRow <= first && block.LastRow >= last);
            return block is null ? null : Find(block.Branches.SelectMany(branch => branch.Items)) ?? (block.Tag.Kind == TagKind.For ? block : null);
        }
    }

    public int LastColumn { get; private set; }

    public SheetGrid Grid => _grid ??= new SheetGrid(Tree);

    public SortedDictionary<int, Tag> ColumnTags => _sections.ColumnTags;

    /// <summary>Tags that rule rows and print nothing in their cell.</summary>
    public HashSet<Tag> Lifted => _sections.Lifted;

    /// <summary><c>sheet for</c> (at most one) and <c>sheet if</c>.</summary>
    public List<Tag> SheetTags { get; }

    /// <summary>Tables that lie on the sheet.</summary>
    public List<TableArea> Tables { get; } = [];

    /// <summary>Page headers and footers, and other texts with tags, by node.</summary>
    public Dictionary<int, (string Text, List<Tag> Tags)> Texts { get; } = [];

    public List<Tag> Tags { get; } = [];

    /// <summary>Link addresses that hold tags, by relationship.</summary>
    public Dictionary<string, AddressTemplate> Addresses { get; } = [];

    /// <summary>Attributes that hold tags, of links and of the messages of data validation, by node and name.</summary>
    public Dictionary<(int Node, string Name), (string Text, List<Tag> Tags)> AttributeTexts { get; } = [];

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

    private void ReadAttributes(int node, string[] names, string words, string? cell)
    {
        foreach (var name in names)
        {
            if (Tree.Attribute(node, System.Text.Encoding.UTF8.GetBytes(name)) is not { } text || TagReader.Find(text) is not { Count: > 0 } spans)
                continue;
            var tags = _parser.Parse(text, spans, new TagPlace { Part = Part, Sheet = Name, Cell = cell, Words = $"sheet “{Name}”, {words}", Text = text });
            AttributeTexts[(node, name)] = (text, tags);
            Tags.AddRange(tags);
        }
    }

    /// <summary>Whether something on it names cells that may move on this or another sheet.</summary>
    private bool FollowsCells() => Tree.Has(Tree.Root, N.f) || Tree.Has(Tree.Root, N.formula) || Tree.Has(Tree.Root, N.formula1) || Tree.Has(Tree.Root, N.xm_f)
        || Tree.Descendants(Tree.Root, N.hyperlink).Any(link => Tree.Attribute(link, "location"u8) is not null);

    private void ReadRows(CellReader cells)
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
                row.Cells.Add(cells.Read(cell, number, column));
                Tags.AddRange(row.Cells[^1].Tags);
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
