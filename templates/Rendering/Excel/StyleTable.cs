using System.Globalization;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Cell formats; variants (text prefix, date format) are added when a value needs them.</summary>
internal sealed class StyleTable
{
    private readonly XmlTree? _tree;
    private readonly string _part;
    private readonly List<int> _formats = [];
    private readonly List<byte[]> _added = [];
    private readonly Dictionary<(int Style, string Variant), int> _known = [];
    private readonly int _list = XmlTree.None;

    public StyleTable(OfficePackage package, string part)
    {
        _part = part;
        if (package.Part(part) is not { } bytes)
            return;
        _tree = XmlScan.Read(bytes, part);
        _list = _tree.Child(_tree.Root, N.cellXfs);
        if (_list != XmlTree.None)
            _formats.AddRange(_tree.Children(_list));
    }

    public int Quoted(int style) => Variant(style, "quote", tag => XmlText.WithAttribute(tag, "quotePrefix"u8, "1"));

    /// <summary>The cell's own number format, or a date format when it is General.</summary>
    public int Dated(int style, int numberFormat)
    {
        if (_tree is null || style >= _formats.Count || (_tree.IntAttribute(_formats[style], "numFmtId"u8) ?? 0) != 0)
            return style;
        return Variant(style, numberFormat.ToString(CultureInfo.InvariantCulture), tag => XmlText.WithAttribute(
            XmlText.WithAttribute(tag, "numFmtId"u8, numberFormat.ToString(CultureInfo.InvariantCulture)), "applyNumberFormat"u8, "1"));
    }

    public void Finish(RenderedPackage package)
    {
        if (_tree is null || _added.Count == 0)
            return;
        var count = (_formats.Count + _added.Count).ToString(CultureInfo.InvariantCulture);
        package.Set(_part,
        [
            .. _tree.Bytes.AsSpan(0, _tree[_list].Start), .. XmlText.WithAttribute(_tree.StartTag(_list), "count"u8, count), .. _tree.Content(_list),
            .. _added.SelectMany(bytes => bytes), .. _tree.EndTag(_list), .. _tree.Bytes.AsSpan(_tree[_list].End),
        ]);
    }

    private int Variant(int style, string variant, Func<byte[], byte[]> change)
    {
        if (_tree is null || style < 0 || style >= _formats.Count)
            return style;
        if (_known.TryGetValue((style, variant), out var known))
            return known;
        var node = _formats[style];
        byte[] tag = change(_tree.StartTag(node).ToArray());
        _added.Add(_tree.IsEmpty(node) ? tag : [.. tag, .. _tree.Content(node), .. _tree.EndTag(node)]);
        return _known[(style, variant)] = _formats.Count + _added.Count - 1;
    }
}
