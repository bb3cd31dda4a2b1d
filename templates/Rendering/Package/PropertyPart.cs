using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Package;

/// <summary>A small part whose texts may hold value tags: document properties.</summary>
internal sealed class PropertyPart
{
    private readonly byte[] _bytes;
    private readonly List<(int Start, int End, string Text, List<Tag> Tags)> _texts;

    public PropertyPart(string part, byte[] bytes, List<(int Start, int End, string Text, List<Tag> Tags)> texts)
    {
        Part = part;
        _bytes = bytes;
        _texts = texts;
    }

    public string Part { get; }

    public IEnumerable<Tag> Tags => _texts.SelectMany(text => text.Tags);

    public static IEnumerable<PropertyPart> ReadAll(OfficePackage package, TagParser parser, ProblemList? problems = null)
    {
        foreach (var relation in package.RelationsOf(""))
        {
            if (relation.Kind is not ("core-properties" or "extended-properties" or "custom-properties"))
                continue;
            var part = RelationshipSet.Resolve("", relation.Target);
            if (package.Part(part) is { } bytes && Read(part, bytes, parser, "document properties", problems) is { } property)
                yield return property;
        }
    }

    /// <summary>The part when one of its texts holds a tag, else null.</summary>
    public static PropertyPart? Read(string part, byte[] bytes, TagParser parser, string words, ProblemList? problems = null)
    {
        if (bytes.AsSpan().IndexOf("{{"u8) < 0)
            return null;
        var tree = XmlScan.Read(bytes, part);
        var texts = new List<(int, int, string, List<Tag>)>();
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree[node].Kind != XmlKind.Text || tree.Span(node).IndexOf("{{"u8) < 0)
                continue;
            var text = XmlText.Decode(tree.Span(node));
            var tags = parser.Parse(text, TagReader.Find(text), new TagPlace { Part = part, Words = $"{words}, {PropertyName(tree, node)}", Text = text });
            if (problems is not null)
                SectionPairing.Pair(tags, problems);
            texts.Add((tree[node].Start, tree[node].End, text, tags));
        }

        return texts.Count == 0 ? null : new PropertyPart(part, tree.Bytes, texts);
    }

    /// <summary>The name of the property a text belongs to: of its element, or as its author called it.</summary>
    private static string PropertyName(XmlTree tree, int node)
    {
        var element = tree.Parent(node);
        if (tree.Attribute(tree.Parent(element), "name"u8) is { } own)
            return own;
        var tag = System.Text.Encoding.UTF8.GetString(tree.StartTag(element)).TrimStart('<');
        var name = tag[..tag.AsSpan().IndexOfAny(' ', '>', '/')];
        return name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
    }

    public byte[] Fill(Evaluator values)
    {
        var filled = new Utf8Buffer(_bytes.Length + 256);
        var at = 0;
        foreach (var (start, end, text, tags) in _texts)
        {
            filled.Write(_bytes.AsSpan(at, start - at));
            filled.WriteText(InlineText.Fill(text, tags, values));
            at = end;
        }

        filled.Write(_bytes.AsSpan(at));
        return filled.TakeBytes();
    }
}
