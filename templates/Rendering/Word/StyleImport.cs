using System.Globalization;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Styles and lists of an included document that the host document does not have.</summary>
internal sealed class StyleImport
{
    private readonly WordRender _to;
    private readonly XmlTree? _styles;
    private readonly XmlTree? _numbering;
    private readonly Dictionary<int, int> _lists = [];

    public StyleImport(WordRender to, WordTemplate source, RenderedPackage package)
    {
        _to = to;
        _styles = Read("styles");
        _numbering = Read("numbering");

        XmlTree? Read(string kind) => package.Content(source.PartNamed(kind)) is { } bytes ? XmlScan.Read(bytes, source.PartNamed(kind)) : null;
    }

    public void Need(string? id)
    {
        if (id is null || _styles is null || _to.Template.HasStyle(id) || !_to.ImportedStyles.TryAdd(id, []))
            return;
        foreach (var style in _styles.Children(_styles.Root).Where(node => _styles.Name(node) == N.w_style && _styles.Attribute(node, "w:styleId"u8) == id))
        {
            _to.ImportedStyles[id] = Style(style);
            foreach (var child in _styles.Children(style))
            {
                if (_styles.Name(child) == N.w_basedOn || _styles.Span(child).StartsWith("<w:link "u8) || _styles.Span(child).StartsWith("<w:next "u8))
                    Need(_styles.Attribute(child, "w:val"u8));
            }
        }
    }

    public int Numbering(int id)
    {
        if (id == 0 || _numbering is null)
            return id;
        if (!_lists.TryGetValue(id, out var own))
            _lists[id] = own = _to.Package.Numbering(_to.Template).Import(_numbering, id);
        return own;
    }

    /// <summary>The style with its list under the number it has here; it is nobody's default here.</summary>
    private byte[] Style(int style)
    {
        var host = _to.Template.Package.Part(_to.Template.PartNamed("styles")) ?? "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"u8.ToArray();
        var start = XmlText.WithoutAttribute(_styles!.StartTag(style), "w:default"u8);
        var made = new List<byte>(Namespaces.With(start, Namespaces.Lacking(_styles.Bytes, host)));
        var at = _styles[style].ContentStart;
        foreach (var number in _styles.Descendants(style, N.w_numId))
        {
            made.AddRange(_styles.Bytes.AsSpan(at, _styles[number].Start - at));
            made.AddRange(XmlText.WithAttribute(_styles.StartTag(number), "w:val"u8, Numbering(_styles.IntAttribute(number, "w:val"u8) ?? 0).ToString(CultureInfo.InvariantCulture)));
            at = _styles[number].ContentStart;
        }

        made.AddRange(_styles.Bytes.AsSpan(at, _styles[style].End - at));
        return [.. made];
    }
}
