using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The document properties of a workbook. The list of its sheets among them goes when sheets come or go; Excel writes it anew.</summary>
internal sealed class WorkbookProperties
{
    private readonly List<PropertyPart> _filled = [];
    private readonly List<(string Part, byte[] Bytes)> _cut = [];

    public WorkbookProperties(OfficePackage package, TagParser parser, bool sheetsChange)
    {
        foreach (var relation in package.RelationsOf(""))
        {
            var part = RelationshipSet.Resolve("", relation.Target);
            if (relation.Kind is not ("core-properties" or "extended-properties" or "custom-properties") || package.Part(part) is not { } bytes)
                continue;
            if (relation.Kind == "extended-properties" && sheetsChange && WithoutTitles(bytes, part) is { } cut)
            {
                bytes = cut;
                _cut.Add((part, cut));
            }

            if (PropertyPart.Read(part, bytes, parser, "document properties") is { } property)
                _filled.Add(property);
        }
    }

    public IEnumerable<Tag> Tags => _filled.SelectMany(part => part.Tags);

    public void Write(Evaluator values, RenderedPackage package)
    {
        foreach (var (part, bytes) in _cut)
            package.Set(part, bytes);
        foreach (var property in _filled)
            package.Set(property.Part, property.Fill(values));
    }

    private static byte[]? WithoutTitles(byte[] bytes, string part)
    {
        var tree = XmlScan.Read(bytes, part);
        var gone = tree.Children(tree.Root).Where(node => tree.Name(node) is N.HeadingPairs or N.TitlesOfParts).ToList();
        if (gone.Count == 0)
            return null;
        var to = new Utf8Buffer(tree.Bytes.Length);
        var at = 0;
        foreach (var node in gone)
        {
            to.Write(tree.Bytes.AsSpan(at, tree[node].Start - at));
            at = tree[node].End;
        }

        to.Write(tree.Bytes.AsSpan(at));
        return to.TakeBytes();
    }
}
