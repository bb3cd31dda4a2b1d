using System.Globalization;
using System.Text;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>The numbering definitions of a document; lists that restart, are made or come from elsewhere get definitions of their own.</summary>
internal sealed class NumberingPart
{
    private const int Levels = 9;
    private static readonly string[] Bullets = ["•", "◦", "▪"];
    private static readonly string[] Formats = ["decimal", "lowerLetter", "lowerRoman"];

    private readonly XmlTree _tree;
    private readonly Utf8Buffer _added = new();
    private readonly Utf8Buffer _looks = new();
    private int _next;
    private int _nextLook;
    private int _bullets;
    private int _numbers = -1;

    private NumberingPart(string part, XmlTree tree, bool isNew)
    {
        Part = part;
        IsNew = isNew;
        _tree = tree;
        _next = Highest(N.w_num, "w:numId"u8);
        _nextLook = Highest(N.w_abstractNum, "w:abstractNumId"u8);
    }

    public string Part { get; }

    /// <summary>The template has no such part.</summary>
    public bool IsNew { get; }

    public bool IsChanged => _added.Length > 0;

    public static NumberingPart Read(string part, byte[]? bytes) => new(part, XmlScan.Read(bytes
        ?? "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"></w:numbering>"u8.ToArray(), part), bytes is null);

    /// <summary>A new list with the look of another that begins anew.</summary>
    public int Restarted(int numId)
    {
        var num = Num(_tree, numId);
        var look = num == XmlTree.None ? XmlTree.None : LookOf(_tree, num);
        if (num == XmlTree.None)
            return numId;
        _added.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:num w:numId=\"{++_next}\">"));
        _added.Write(_tree.Span(_tree.Children(num).First(child => IsLookReference(_tree, child))));
        for (var level = 0; level < Levels; level++)
            Override(num, look, level);
        _added.Write("</w:num>"u8);
        return _next;
    }

    /// <summary>A list of another document with its look.</summary>
    public int Import(XmlTree other, int numId)
    {
        var num = Num(other, numId);
        var look = num == XmlTree.None ? XmlTree.None : LookOf(other, num);
        if (look == XmlTree.None)
            return 0;
        var declarations = Namespaces.Lacking(other.Bytes, _tree.Bytes);
        var abstractId = (++_nextLook).ToString(CultureInfo.InvariantCulture);
        _looks.Write(Namespaces.With(XmlText.WithAttribute(other.StartTag(look), "w:abstractNumId"u8, abstractId), declarations));
        foreach (var child in other.Children(look))
        {
            if (!other.Span(child).StartsWith("<w:nsid"u8))
                _looks.Write(other.Span(child));
        }

        _looks.Write(other.EndTag(look));
        _added.Write(Namespaces.With(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<w:num w:numId=\"{++_next}\"><w:abstractNumId w:val=\"{abstractId}\"/>")), declarations));
        foreach (var child in other.Children(num).Where(child => !IsLookReference(other, child)))
            _added.Write(other.Span(child));
        _added.Write("</w:num>"u8);
        return _next;
    }

    /// <summary>A list of bullets, the same one each time.</summary>
    public int Bulleted()
    {
        if (_bullets == 0)
            _bullets = Add(Look("bullet", level => Bullets[level % Bullets.Length]), "");
        return _bullets;
    }

    /// <summary>A numbered list of its own whose level begins at a number.</summary>
    public int Numbered(int startLevel, int start)
    {
        if (_numbers < 0)
            _numbers = Look("", level => string.Create(CultureInfo.InvariantCulture, $"%{level + 1}."));
        return Add(_numbers, string.Concat(Enumerable.Range(0, Levels).Select(level => string.Create(CultureInfo.InvariantCulture, $"<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{(level == startLevel ? start : 1)}\"/></w:lvlOverride>"))));
    }

    public byte[] ToXml()
    {
        var root = _tree.Root;
        var firstNum = _tree.Child(root, N.w_num);
        var lastBefore = _tree.Children(root).Where(node => _tree.Name(node) == N.w_abstractNum || _tree.Span(node).StartsWith("<w:numPicBullet"u8)).LastOrDefault(XmlTree.None);
        var looksAt = firstNum != XmlTree.None ? _tree[firstNum].Start : lastBefore != XmlTree.None ? _tree[lastBefore].End : _tree[root].ContentStart;
        var lastNum = _tree.Children(root).Where(node => _tree.Name(node) == N.w_num).LastOrDefault(XmlTree.None);
        var numsAt = lastNum != XmlTree.None ? _tree[lastNum].End : looksAt;
        if (_tree.IsEmpty(root))
            return [.. _tree.Bytes.AsSpan(0, _tree[root].Start), .. _tree.StartTag(root)[..^2], .. ">"u8, .. _looks.Written, .. _added.Written, .. "</w:numbering>"u8];
        return [.. _tree.Bytes.AsSpan(0, looksAt), .. _looks.Written, .. _tree.Bytes.AsSpan(looksAt, numsAt - looksAt), .. _added.Written, .. _tree.Bytes.AsSpan(numsAt)];
    }

    /// <summary>A level begins again with its own first number.</summary>
    private void Override(int num, int look, int level)
    {
        var own = _tree.Children(num).FirstOrDefault(child => _tree.Span(child).StartsWith("<w:lvlOverride"u8) && _tree.IntAttribute(child, "w:ilvl"u8) == level, XmlTree.None);
        var replaced = own == XmlTree.None ? XmlTree.None : Level(own, level);
        var start = (own == XmlTree.None ? null : StartOf(own, "<w:startOverride"u8)) ?? (replaced == XmlTree.None ? null : StartOf(replaced, "<w:start "u8))
            ?? (look == XmlTree.None || Level(look, level) is not (var plain and not XmlTree.None) ? null : StartOf(plain, "<w:start "u8)) ?? 1;
        _added.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/>"));
        if (replaced != XmlTree.None)
            _added.Write(_tree.Span(replaced));
        _added.Write("</w:lvlOverride>"u8);
    }

    private int Level(int parent, int level) => _tree.Children(parent).FirstOrDefault(child => _tree.Span(child).StartsWith("<w:lvl "u8) && _tree.IntAttribute(child, "w:ilvl"u8) == level, XmlTree.None);

    private int? StartOf(int parent, ReadOnlySpan<byte> name)
    {
        foreach (var child in _tree.Children(parent))
        {
            if (_tree.Span(child).StartsWith(name))
                return _tree.IntAttribute(child, "w:val"u8);
        }

        return null;
    }

    private int Look(string format, Func<int, string> text)
    {
        _looks.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:abstractNum w:abstractNumId=\"{++_nextLook}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>"));
        for (var level = 0; level < Levels; level++)
        {
            _looks.WriteMarkup(string.Create(CultureInfo.InvariantCulture,
                $"<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{(format.Length > 0 ? format : Formats[level % Formats.Length])}\"/><w:lvlText w:val=\"{text(level)}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{360 * (level + 1)}\" w:hanging=\"360\"/></w:pPr></w:lvl>"));
        }

        _looks.Write("</w:abstractNum>"u8);
        return _nextLook;
    }

    private int Add(int look, string overrides)
    {
        _added.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:num w:numId=\"{++_next}\"><w:abstractNumId w:val=\"{look}\"/>{overrides}</w:num>"));
        return _next;
    }

    private int Highest(N name, ReadOnlySpan<byte> attribute)
    {
        var highest = 0;
        foreach (var node in _tree.Children(_tree.Root))
        {
            if (_tree.Name(node) == name)
                highest = Math.Max(highest, _tree.IntAttribute(node, attribute) ?? 0);
        }

        return highest;
    }

    private static int Num(XmlTree tree, int numId) => tree.Children(tree.Root).FirstOrDefault(node => tree.Name(node) == N.w_num && tree.IntAttribute(node, "w:numId"u8) == numId, XmlTree.None);

    private static bool IsLookReference(XmlTree tree, int node) => tree.Span(node).StartsWith("<w:abstractNumId"u8);

    private static int LookOf(XmlTree tree, int num)
    {
        var reference = tree.Children(num).FirstOrDefault(node => IsLookReference(tree, node), XmlTree.None);
        return reference == XmlTree.None ? XmlTree.None
            : tree.Children(tree.Root).FirstOrDefault(node => tree.Name(node) == N.w_abstractNum && tree.Attribute(node, "w:abstractNumId"u8) == tree.Attribute(reference, "w:val"u8), XmlTree.None);
    }
}

/// <summary>Within a loop with <c>restart</c>: each item has lists of its own; the very first copy of a list is the one of the template.</summary>
internal sealed class NumberingRestart(NumberingPart numbering, HashSet<int> begun, NumberingRestart? outer)
{
    private readonly Dictionary<int, int> _ofItem = [];

    public NumberingRestart? Outer => outer;

    public void NextItem()
    {
        _ofItem.Clear();
    }

    /// <param name="numId">The list of the template.</param>
    /// <param name="isBegun">Whether paragraphs before the loop are of it.</param>
    public int Of(int numId, bool isBegun)
    {
        if (numId == 0)
            return numId;
        if (!_ofItem.TryGetValue(numId, out var own))
            _ofItem[numId] = own = begun.Add(numId) && !isBegun ? numId : numbering.Restarted(numId);
        return own;
    }
}

internal sealed class StyledNumberingNode(int numId, int level, bool isBegun) : WordNode
{
    public override void Render(WordRender to)
    {
        var own = to.Restart?.Of(numId, isBegun) ?? numId;
        if (own != numId)
            to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{own}\"/></w:numPr>"));
    }
}

internal sealed class NumberingNode(int numId, bool isBegun) : WordNode
{
    public override void Render(WordRender to)
    {
        to.Out.Write("<w:numId w:val=\""u8);
        to.Out.Write(to.Restart?.Of(numId, isBegun) ?? numId);
        to.Out.Write("\"/>"u8);
    }
}
