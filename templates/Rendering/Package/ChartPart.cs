using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Package;

/// <summary>A chart: its titles and labels may hold tags, its series refer to cells.</summary>
internal sealed class ChartPart
{
    private readonly XmlTree _tree;
    private readonly Dictionary<int, RunText> _texts;

    private ChartPart(string part, XmlTree tree, Dictionary<int, RunText> texts)
    {
        Part = part;
        _tree = tree;
        _texts = texts;
    }

    public string Part { get; }

    public IEnumerable<Tag> Tags => _texts.Values.SelectMany(text => text.Tags);

    public static IEnumerable<ChartPart> ReadAll(OfficePackage package, TagParser parser)
    {
        foreach (var entry in package.Zip.Entries)
        {
            if (!entry.Name.Contains("/charts/chart", StringComparison.OrdinalIgnoreCase) || package.Part(entry.Name) is not { } bytes)
                continue;
            var tree = XmlScan.Read(bytes, entry.Name);
            yield return new ChartPart(entry.Name, tree, RunText.ReadAll(tree, node => tree.Name(node) == N.a_p, parser, _ => new TagPlace { Part = entry.Name, Words = ("chart " + string.Concat(Path.GetFileName(entry.Name).Where(char.IsDigit))).TrimEnd() }));
        }
    }

    /// <summary>The chart with its values and with the ranges of its series rewritten; null when nothing changes.</summary>
    public byte[]? Write(Evaluator values, Func<string, string>? range)
    {
        var filled = new Utf8Buffer(_tree.Bytes.Length + 256);
        var at = 0;
        for (var node = 0; node < _tree.Count; node++)
        {
            if (_tree[node].Kind != XmlKind.Element || _tree[node].Start < at)
                continue;
            if (_texts.TryGetValue(node, out var text))
            {
                filled.Write(_tree.Bytes.AsSpan(at, _tree[node].Start - at));
                text.Write(filled, values);
                at = _tree[node].End;
            }
            else if (range is not null && _tree.Name(node) == N.c_f)
            {
                filled.Write(_tree.Bytes.AsSpan(at, _tree[node].ContentStart - at));
                filled.WriteText(range(_tree.Text(node)));
                at = _tree[node].ContentEnd;
            }
        }

        if (at == 0)
        {
            filled.Release();
            return null;
        }

        filled.Write(_tree.Bytes.AsSpan(at));
        return filled.TakeBytes();
    }
}
