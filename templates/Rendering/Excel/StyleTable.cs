using System.Globalization;
using System.Text;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Cell formats; variants (text prefix, date format, line breaks, marks) are added when a value needs them.</summary>
internal sealed class StyleTable
{
    private const string Marker = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFF00\"/><bgColor indexed=\"64\"/></patternFill></fill>";

    private const string Plain = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>
        """;

    private readonly OfficePackage _package;
    private readonly bool _isNew;
    private readonly List<(byte[] Tag, byte[] Content)> _formats = [];
    private readonly Dictionary<(int Style, string Variant), int> _known = [];
    private XmlTree? _tree;
    private int _list = XmlTree.None;
    private int _fills = XmlTree.None;
    private int _inTemplate;
    private int _marker = -1;

    public StyleTable(OfficePackage package, string part)
    {
        _package = package;
        _isNew = package.Part(part) is null;
        Part = _isNew ? "xl/styles.xml" : part;
    }

    /// <summary>Whether the workbook had no formats at all and needs some now.</summary>
    public bool IsNew => _isNew && _formats.Count > _inTemplate;

    public string Part { get; }

    /// <summary>Read when it is first needed: most workbooks get values that fit the formats they have.</summary>
    private XmlTree Tree
    {
        get
        {
            if (_tree is not null)
                return _tree;
            _tree = XmlScan.Read(_package.Part(Part) ?? Encoding.UTF8.GetBytes(Plain), Part);
            _list = _tree.Child(_tree.Root, N.cellXfs);
            _fills = _tree.Child(_tree.Root, N.fills);
            foreach (var node in _list == XmlTree.None ? [] : _tree.Children(_list))
                _formats.Add((_tree.StartTag(node).ToArray(), _tree.IsEmpty(node) ? [] : [.. _tree.Content(node), .. _tree.EndTag(node)]));
            _inTemplate = _formats.Count;
            return _tree;
        }
    }

    public int Quoted(int style) => Variant(style, "quote", format => (XmlText.WithAttribute(format.Tag, "quotePrefix"u8, "1"), format.Content));

    /// <summary>The cell's own number format, or a date format when it is General.</summary>
    public int Dated(int style, int numberFormat)
    {
        var number = numberFormat.ToString(CultureInfo.InvariantCulture);
        return Variant(style, number, format => Number(format.Tag, "numFmtId"u8) != 0
            ? null
            : (XmlText.WithAttribute(XmlText.WithAttribute(format.Tag, "numFmtId"u8, number), "applyNumberFormat"u8, "1"), format.Content));
    }

    /// <summary>As Excel does when somebody types a line break into a cell.</summary>
    public int Wrapped(int style) => Variant(style, "wrap", format =>
    {
        var text = Encoding.UTF8.GetString(format.Content);
        var at = text.IndexOf("<alignment", StringComparison.Ordinal);
        if (at >= 0 && text.IndexOf("wrapText=\"1\"", at, StringComparison.Ordinal) is > 0)
            return null;
        var content = at >= 0
            ? text[..at] + Encoding.UTF8.GetString(XmlText.WithAttribute(Encoding.UTF8.GetBytes(text[at..(text.IndexOf('>', at) + 1)]), "wrapText"u8, "1")) + text[(text.IndexOf('>', at) + 1)..]
            : "<alignment wrapText=\"1\"/>" + (text.Length == 0 ? "</xf>" : text);
        return (XmlText.WithAttribute(Opened(format.Tag), "applyAlignment"u8, "1"), Encoding.UTF8.GetBytes(content));
    });

    /// <summary>On yellow: a value that is missing.</summary>
    public int Marked(int style) => Variant(style, "mark", format =>
    {
        if (_fills == XmlTree.None)
            return null;
        _marker = Tree.Children(_fills).Count();
        return (XmlText.WithAttribute(XmlText.WithAttribute(format.Tag, "fillId"u8, _marker.ToString(CultureInfo.InvariantCulture)), "applyFill"u8, "1"), format.Content);
    });

    /// <summary>What a run of rich text must say to look like the rest of its cell: the properties of the cell's font.</summary>
    public string RunFont(int style)
    {
        var tree = Tree;
        var fonts = tree.Child(tree.Root, N.fonts);
        if (style < 0 || style >= _formats.Count || fonts == XmlTree.None)
            return "";
        var font = tree.Children(fonts).ElementAtOrDefault(Number(_formats[style].Tag, "fontId"u8));
        return font is 0 || tree.IsEmpty(font) ? "" : Encoding.UTF8.GetString(tree.Content(font)).Replace("<name ", "<rFont ", StringComparison.Ordinal);
    }

    public void Finish(RenderedPackage package)
    {
        if (_tree is null || _formats.Count == _inTemplate)
            return;
        var to = new Utf8Buffer(_tree.Bytes.Length + 256 * (_formats.Count - _inTemplate));
        var at = 0;
        if (_marker >= 0)
        {
            to.Write(_tree.Bytes.AsSpan(0, _tree[_fills].Start));
            to.Write(XmlText.WithAttribute(_tree.StartTag(_fills), "count"u8, (_marker + 1).ToString(CultureInfo.InvariantCulture)));
            to.Write(_tree.Content(_fills));
            to.WriteMarkup(Marker);
            at = _tree[_fills].ContentEnd;
        }

        to.Write(_tree.Bytes.AsSpan(at, _tree[_list].Start - at));
        to.Write(XmlText.WithAttribute(_tree.StartTag(_list), "count"u8, _formats.Count.ToString(CultureInfo.InvariantCulture)));
        to.Write(_tree.Content(_list));
        foreach (var (tag, content) in _formats.Skip(_inTemplate))
        {
            to.Write(tag);
            to.Write(content);
        }

        to.Write(_tree.Bytes.AsSpan(_tree[_list].ContentEnd));
        package.Set(Part, to.Written);
        to.Release();
        if (_isNew)
            package.ContentTypes.Set(Part, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml");
    }

    private static int Number(byte[] tag, ReadOnlySpan<byte> name)
    {
        var (start, length) = XmlText.FindAttribute(tag, name);
        return start >= 0 && int.TryParse(tag.AsSpan(start, length), CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static byte[] Opened(byte[] tag) => tag[^2] == '/' ? [.. tag.AsSpan(0, tag.Length - 2), (byte)'>'] : tag;

    /// <summary>The number of a format that is the given one but for a change; null changes nothing.</summary>
    private int Variant(int style, string variant, Func<(byte[] Tag, byte[] Content), (byte[] Tag, byte[] Content)?> change)
    {
        _ = Tree;
        if (style < 0 || style >= _formats.Count)
            return style;
        if (_known.TryGetValue((style, variant), out var known))
            return known;
        if (change(_formats[style]) is not { } made)
            return _known[(style, variant)] = style;
        _formats.Add(made);
        return _known[(style, variant)] = _formats.Count - 1;
    }
}
