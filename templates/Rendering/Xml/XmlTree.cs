using System.Diagnostics;
using System.Text;

namespace ProductionOffice.Templates.Xml;

internal enum XmlKind : byte
{
    Element,
    Text,
    Other,
}

/// <summary>One node of a part: where it lies in the bytes and how it hangs together.</summary>
internal struct XmlNode
{
    public int Start;
    public int ContentStart;
    public int ContentEnd;
    public int End;
    public int Parent;
    public int First;
    public int Next;
    public N Name;
    public XmlKind Kind;
}

/// <summary>A part as a flat list of nodes over its own bytes; nothing is copied.</summary>
internal sealed class XmlTree(byte[] bytes, XmlNode[] nodes, int count)
{
    public const int None = -1;

    public byte[] Bytes { get; } = bytes;

    public int Count => count;

    public ref readonly XmlNode this[int node]
    {
        get
        {
            Debug.Assert(node >= 0 && node < count);
            return ref nodes[node];
        }
    }

    /// <summary>The document's element.</summary>
    public int Root
    {
        get
        {
            for (var i = 0; i < count; i++)
            {
                if (nodes[i].Kind == XmlKind.Element)
                    return i;
            }

            return None;
        }
    }

    public N Name(int node) => nodes[node].Name;

    public int First(int node) => nodes[node].First;

    public int Next(int node) => nodes[node].Next;

    public int Parent(int node) => nodes[node].Parent;

    public bool IsEmpty(int node) => nodes[node].ContentStart == nodes[node].End;

    /// <summary>The first child of the name, or <see cref="None"/>.</summary>
    public int Child(int node, N name)
    {
        for (var child = nodes[node].First; child != None; child = nodes[child].Next)
        {
            if (nodes[child].Name == name && nodes[child].Kind == XmlKind.Element)
                return child;
        }

        return None;
    }

    /// <summary>The first node inside <paramref name="node"/> of the name, at any depth.</summary>
    public int Descendant(int node, N name)
    {
        for (var i = node + 1; i < count && nodes[i].Start < nodes[node].End; i++)
        {
            if (nodes[i].Name == name && nodes[i].Kind == XmlKind.Element)
                return i;
        }

        return None;
    }

    /// <summary>The nearest element around the node whose name is wanted, or <see cref="None"/>.</summary>
    public int Ancestor(int node, Func<N, bool> wanted)
    {
        for (node = nodes[node].Parent; node != None; node = nodes[node].Parent)
        {
            if (wanted(nodes[node].Name))
                return node;
        }

        return None;
    }

    public IEnumerable<int> Children(int node)
    {
        for (var child = nodes[node].First; child != None; child = nodes[child].Next)
        {
            if (nodes[child].Kind == XmlKind.Element)
                yield return child;
        }
    }

    public IEnumerable<int> Descendants(int node, N name)
    {
        var end = nodes[node].End;
        for (var i = node + 1; i < count && nodes[i].Start < end; i++)
        {
            if (nodes[i].Name == name && nodes[i].Kind == XmlKind.Element)
                yield return i;
        }
    }

    public bool Has(int node, N name) => Descendant(node, name) != None;

    public ReadOnlySpan<byte> Span(int node) => Bytes.AsSpan(nodes[node].Start, nodes[node].End - nodes[node].Start);

    public ReadOnlySpan<byte> Content(int node) => Bytes.AsSpan(nodes[node].ContentStart, nodes[node].ContentEnd - nodes[node].ContentStart);

    /// <summary>The start tag with its brackets; of an empty element the whole of it.</summary>
    public ReadOnlySpan<byte> StartTag(int node) => Bytes.AsSpan(nodes[node].Start, nodes[node].ContentStart - nodes[node].Start);

    /// <summary>The start tag of an element that stays without content: it closes itself, however the template wrote it.</summary>
    public byte[] ClosedTag(int node) => IsEmpty(node) ? StartTag(node).ToArray() : [.. StartTag(node)[..^1], .. "/>"u8];

    public ReadOnlySpan<byte> EndTag(int node) => Bytes.AsSpan(nodes[node].ContentEnd, nodes[node].End - nodes[node].ContentEnd);

    /// <summary>All text below the node, decoded.</summary>
    public string Text(int node)
    {
        if (nodes[node].First is var only and not None && nodes[only] is { Kind: XmlKind.Text, Next: None })
            return XmlText.Decode(Span(only));
        var text = new StringBuilder();
        for (var i = node; i < count && nodes[i].Start < nodes[node].End; i++)
        {
            if (nodes[i].Kind == XmlKind.Text)
                text.Append(XmlText.Decode(Span(i)));
        }

        return text.ToString();
    }

    public string? Attribute(int node, ReadOnlySpan<byte> name)
    {
        var (start, length) = XmlText.FindAttribute(StartTag(node), name);
        return start < 0 ? null : XmlText.Decode(StartTag(node).Slice(start, length));
    }

    public int? IntAttribute(int node, ReadOnlySpan<byte> name) =>
        int.TryParse(Attribute(node, name), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
}
