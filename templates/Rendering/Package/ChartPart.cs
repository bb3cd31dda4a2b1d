using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Package;

/// <summary>A chart: its titles and labels may hold tags, its series refer to cells.</summary>
internal sealed class ChartPart
{
    private readonly XmlTree _tree;
    private readonly Dictionary<int, RunText> _texts;
    private readonly Dictionary<int, (string Text, List<Tag> Tags)> _words = [];

    private ChartPart(string part, XmlTree tree, Dictionary<int, RunText> texts)
    {
        Part = part;
        _tree = tree;
        _texts = texts;
    }

    public string Part { get; }

    /// <summary>Whether a reference names data, not the title of a series.</summary>
    private bool IsData(int node)
    {
        var reference = _tree.Parent(node);
        if (_tree.Name(node) == N.cx_f)
            return reference == XmlTree.None || _tree.Name(reference) != N.cx_txData;
        return reference != XmlTree.None && _tree.Parent(reference) is var holder and not XmlTree.None && _tree.Name(holder) is N.c_val or N.c_cat or N.c_xVal or N.c_yVal or N.c_bubbleSize;
    }

    private bool IsCached(int node)
    {
        for (; node != XmlTree.None; node = _tree.Parent(node))
        {
            if (IsCache(node))
                return true;
        }

        return false;
    }

    /// <summary>The values a reference had when the template was saved; they are read anew.</summary>
    private bool IsCache(int node) => _tree.Name(node) is N.c_numCache or N.c_strCache or N.c_multiLvlStrCache or N.cx_lvl
        || _tree.Name(node) == N.cx_v && _tree.Name(_tree.Parent(node)) == N.cx_txData && _tree.Child(_tree.Parent(node), N.cx_f) != XmlTree.None;

    public IEnumerable<Tag> Tags => _texts.Values.SelectMany(text => text.Tags).Concat(_words.Values.SelectMany(text => text.Tags));

    public static IEnumerable<ChartPart> ReadAll(OfficePackage package, TagParser parser)
    {
        foreach (var entry in package.Zip.Entries)
        {
            if (!entry.Name.Contains("/charts/chart", StringComparison.OrdinalIgnoreCase) || package.Part(entry.Name) is not { } bytes)
                continue;
            var tree = XmlScan.Read(bytes, entry.Name);
            var place = new TagPlace { Part = entry.Name, Words = ("chart " + string.Concat(Path.GetFileName(entry.Name).Where(char.IsDigit))).TrimEnd() };
            yield return new ChartPart(entry.Name, tree, RunText.ReadAll(tree, node => tree.Name(node) == N.a_p, parser, _ => place)).WithWords(parser, place);
        }
    }

    /// <summary>Words that are typed into a series: its title without a cell.</summary>
    private ChartPart WithWords(TagParser parser, TagPlace place)
    {
        for (var node = 0; node < _tree.Count; node++)
        {
            if (_tree.Name(node) is not (N.c_v or N.cx_v))
                continue;
            var text = _tree.Text(node);
            if (!IsCached(node) && TagReader.Find(text) is { Count: > 0 } spans)
                _words[node] = (text, parser.Parse(text, spans, place with { Text = text }));
        }

        return this;
    }

    /// <summary>The chart with its values and with the ranges of its series rewritten; null when nothing changes.</summary>
    /// <param name="values">Where values come from.</param>
    /// <param name="range">Moves a reference to cells; told whether it is data, where a single cell stands for its column. Null leaves them, with the values last seen there.</param>
    public byte[]? Write(Evaluator values, Func<string, bool, string>? range)
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
            else if (_words.TryGetValue(node, out var words))
            {
                filled.Write(_tree.Bytes.AsSpan(at, _tree[node].ContentStart - at));
                filled.WriteText(InlineText.Fill(words.Text, words.Tags, values));
                at = _tree[node].ContentEnd;
            }
            else if (range is not null && _tree.Name(node) is N.c_f or N.cx_f && !_tree.IsEmpty(node))
            {
                filled.Write(_tree.Bytes.AsSpan(at, _tree[node].ContentStart - at));
                filled.WriteText(range(_tree.Text(node), IsData(node)));
                at = _tree[node].ContentEnd;
            }
            else if (range is not null && IsCache(node))
            {
                filled.Write(_tree.Bytes.AsSpan(at, _tree[node].Start - at));
                at = _tree[node].End;
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
