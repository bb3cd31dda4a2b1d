using System.Globalization;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>The numbering definitions of a document; lists that restart get definitions of their own.</summary>
internal sealed class NumberingPart(string part, XmlTree tree, int highest)
{
    private readonly Utf8Buffer _added = new();
    private readonly Utf8Buffer _looks = new();
    private int _next = highest;

    public string Part => part;

    public bool IsChanged => _added.Length > 0;

    public static NumberingPart? Read(WordTemplate word)
    {
        var part = word.Folder + "numbering.xml";
        if (word.Package.Part(part) is not { } bytes)
            return null;
        var tree = XmlScan.Read(bytes, part);
        var highest = tree.Children(tree.Root).Where(node => tree.Name(node) == N.w_num).Select(node => tree.IntAttribute(node, "w:numId"u8) ?? 0).DefaultIfEmpty().Max();
        return new NumberingPart(part, tree, highest);
    }

    /// <summary>A new list with the look of another that begins anew.</summary>
    public int Restarted(int numId)
    {
        var num = tree.Children(tree.Root).FirstOrDefault(node => tree.Name(node) == N.w_num && tree.IntAttribute(node, "w:numId"u8) == numId, XmlTree.None);
        if (num == XmlTree.None)
            return numId;
        _added.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:num w:numId=\"{++_next}\">"));
        foreach (var child in tree.Children(num))
        {
            if (tree.Span(child).StartsWith("<w:abstractNumId"u8))
                _added.Write(tree.Span(child));
        }

        for (var level = 0; level < 9; level++)
            _added.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"1\"/></w:lvlOverride>"));
        _added.Write("</w:num>"u8);
        return _next;
    }

    /// <summary>A list of another document with its look.</summary>
    public int Import(XmlTree other, int numId)
    {
        var num = other.Children(other.Root).FirstOrDefault(node => other.Name(node) == N.w_num && other.IntAttribute(node, "w:numId"u8) == numId, XmlTree.None);
        var reference = num == XmlTree.None ? XmlTree.None : other.Children(num).FirstOrDefault(node => other.Span(node).StartsWith("<w:abstractNumId"u8), XmlTree.None);
        var look = reference == XmlTree.None ? XmlTree.None : other.Children(other.Root).FirstOrDefault(node => other.Name(node) == N.w_abstractNum && other.Attribute(node, "w:abstractNumId"u8) == other.Attribute(reference, "w:val"u8), XmlTree.None);
        if (look == XmlTree.None)
            return 0;
        var id = ++_next;
        var abstractId = (10_000 + id).ToString(CultureInfo.InvariantCulture);
        _looks.Write(XmlText.WithAttribute(other.StartTag(look), "w:abstractNumId"u8, abstractId));
        foreach (var child in other.Children(look))
        {
            if (!other.Span(child).StartsWith("<w:nsid"u8))
                _looks.Write(other.Span(child));
        }

        _looks.Write(other.EndTag(look));
        _added.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{abstractId}\"/></w:num>"));
        return id;
    }

    public byte[] ToXml()
    {
        var root = tree.Root;
        var last = tree.Children(root).Where(node => tree.Name(node) is N.w_num or N.w_abstractNum).Last();
        var firstNum = tree.Children(root).FirstOrDefault(node => tree.Name(node) == N.w_num, last);
        return
        [
            .. tree.Bytes.AsSpan(0, tree[firstNum].Start), .. _looks.Written, .. tree.Bytes.AsSpan(tree[firstNum].Start, tree[last].End - tree[firstNum].Start),
            .. _added.Written, .. tree.Bytes.AsSpan(tree[last].End),
        ];
    }
}

/// <summary>Within a loop with <c>restart</c>: each item has lists of its own.</summary>
internal sealed class NumberingRestart(NumberingPart numbering, NumberingRestart? outer)
{
    private readonly Dictionary<int, int> _ofItem = [];
    private bool _first = true;
    private bool _begun;

    public NumberingRestart? Outer => outer;

    public void NextItem()
    {
        _first = !_begun;
        _begun = true;
        _ofItem.Clear();
    }

    public int Of(int numId)
    {
        if (_first || numId == 0)
            return numId;
        if (!_ofItem.TryGetValue(numId, out var own))
            _ofItem[numId] = own = numbering.Restarted(numId);
        return own;
    }
}

internal sealed class StyledNumberingNode(int numId, int level) : WordNode
{
    public override void Render(WordRender to)
    {
        var own = to.Restart?.Of(numId) ?? numId;
        if (own != numId)
            to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{own}\"/></w:numPr>"));
    }
}

internal sealed class NumberingNode(int numId) : WordNode
{
    public override void Render(WordRender to)
    {
        to.Out.Write("<w:numId w:val=\""u8);
        to.Out.Write(to.Restart?.Of(numId) ?? numId);
        to.Out.Write("\"/>"u8);
    }
}
