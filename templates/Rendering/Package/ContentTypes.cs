using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Package;

/// <summary>Which part is of which kind; new parts are added while rendering.</summary>
internal sealed class ContentTypes
{
    private static readonly string[] Macros = ["vbaProject", "vbaData", "macroEnabled", "macrosheet"];

    private readonly List<(string Extension, string Type)> _defaults = [];
    private readonly List<(string Part, string Type)> _overrides = [];

    public bool HasMacros { get; private set; }

    public bool IsChanged { get; private set; }

    public static ContentTypes Read(XmlTree tree)
    {
        var types = new ContentTypes();
        foreach (var node in tree.Children(tree.Root))
        {
            var type = tree.Attribute(node, "ContentType"u8) ?? "";
            types.HasMacros |= Array.Exists(Macros, macro => type.Contains(macro, StringComparison.OrdinalIgnoreCase));
            if (tree.Attribute(node, "Extension"u8) is { } extension)
                types._defaults.Add((extension, type));
            else if (tree.Attribute(node, "PartName"u8) is { } part)
                types._overrides.Add((part, type));
        }

        return types;
    }

    public ContentTypes Copy()
    {
        var copy = new ContentTypes();
        copy._defaults.AddRange(_defaults);
        copy._overrides.AddRange(_overrides);
        return copy;
    }

    public string? Of(string part)
    {
        var (_, type) = _overrides.Find(pair => IsOf(pair.Part, part));
        return type ?? _defaults.Find(pair => part.EndsWith("." + pair.Extension, StringComparison.OrdinalIgnoreCase)).Type;
    }

    public void AddExtension(string extension, string type)
    {
        if (_defaults.Exists(pair => pair.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase)))
            return;
        _defaults.Add((extension, type));
        IsChanged = true;
    }

    public void Set(string part, string type)
    {
        _overrides.RemoveAll(pair => IsOf(pair.Part, part));
        _overrides.Add(("/" + part, type));
        IsChanged = true;
    }

    public void Remove(string part)
    {
        if (_overrides.RemoveAll(pair => IsOf(pair.Part, part)) > 0)
            IsChanged = true;
    }

    /// <summary>Templates (<c>.dotx</c>, <c>.xltx</c>) give documents.</summary>
    public void MakeDocument(string mainPart)
    {
        var type = Of(mainPart);
        if (type?.Contains(".template.main+xml", StringComparison.Ordinal) == true)
            Set(mainPart, type.Replace(".template.main+xml", type.Contains("spreadsheetml", StringComparison.Ordinal) ? ".sheet.main+xml" : ".document.main+xml", StringComparison.Ordinal));
    }

    private static bool IsOf(string written, string part) => written.AsSpan().TrimStart('/').Equals(part, StringComparison.OrdinalIgnoreCase);

    public byte[] ToXml()
    {
        var xml = new Utf8Buffer(2048);
        xml.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"u8);
        foreach (var (extension, type) in _defaults)
            xml.WriteMarkup($"<Default Extension=\"{XmlText.Encode(extension)}\" ContentType=\"{XmlText.Encode(type)}\"/>");
        foreach (var (part, type) in _overrides)
            xml.WriteMarkup($"<Override PartName=\"{XmlText.Encode(part)}\" ContentType=\"{XmlText.Encode(type)}\"/>");
        xml.Write("</Types>"u8);
        return xml.TakeBytes();
    }
}
