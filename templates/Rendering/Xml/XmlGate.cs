using System.Buffers;
using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace ProductionOffice.Templates.Xml;

/// <summary>What makes a part well-formed beyond its tags: signs that may stand in XML, names, prefixes that are declared, no attribute twice.</summary>
/// <remarks>Asked once for each part when a template is opened; a part that is carried over unread must open in Word and Excel too.</remarks>
internal sealed class XmlGate(byte[] bytes)
{
    /// <summary>No program declares as many; looking for one among them must stay cheap.</summary>
    private const int MostPrefixes = 256;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Where(sign => sign is not (9 or 10 or 13)).Select(sign => (byte)sign)]);

    private readonly List<(Range Prefix, Range Uri, int Depth)> _prefixes = [];
    private readonly List<(Range Name, Range Value)> _attributes = [];
    private int _last;

    /// <summary>Whether the bytes are UTF-8 of signs that XML allows, and the declaration on top says nothing else.</summary>
    public static bool HoldsText(ReadOnlySpan<byte> part)
    {
        if (!Utf8.IsValid(part) || part.ContainsAny(Controls))
            return false;
        for (var rest = part; ;)
        {
            var at = rest.IndexOf((ReadOnlySpan<byte>)[0xEF, 0xBF]);
            if (at < 0)
                break;
            if (rest[at + 2] is 0xBE or 0xBF)
                return false;
            rest = rest[(at + 3)..];
        }

        return !part.StartsWith("<?xml"u8) || XmlText.IsSpace(part.Length > 5 ? part[5] : (byte)0) && HoldsDeclaration(part);
    }

    public void AddAttribute(Range name, Range value) => _attributes.Add((name, value));

    /// <summary>Holds a start tag whose attributes were added; <paramref name="depth"/> is that of its content.</summary>
    public bool HoldsElement(Range name, int depth)
    {
        while (_prefixes.Count > 0 && _prefixes[^1].Depth >= depth)
            _prefixes.RemoveAt(_prefixes.Count - 1);
        foreach (var (attribute, value) in _attributes)
        {
            if (!Declare(bytes.AsSpan(attribute), attribute, value, depth))
                return false;
        }

        if (!HoldsName(name, isAttribute: false))
            return false;
        foreach (var (attribute, value) in _attributes)
        {
            if (!HoldsName(attribute, isAttribute: true) || !HoldsSpace(bytes.AsSpan(attribute), bytes.AsSpan(value)))
                return false;
        }

        var isOnce = AreAttributesOnce();
        _attributes.Clear();
        return isOnce;
    }

    public static bool IsTarget(ReadOnlySpan<byte> instruction) => IsLocal(instruction) && !Encoding.UTF8.GetString(instruction).Equals("xml", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>#65</c> or <c>#x41</c> of a sign that XML allows.</summary>
    public static bool IsCharacter(ReadOnlySpan<byte> reference)
    {
        var isHex = reference.Length > 1 && reference[1] == 'x';
        var digits = reference[(isHex ? 2 : 1)..];
        if (digits.IsEmpty)
            return false;
        var code = 0;
        foreach (var digit in digits)
        {
            var value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' when isHex => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' when isHex => digit - 'A' + 10,
                _ => -1,
            };
            code = value < 0 ? int.MaxValue : code * (isHex ? 16 : 10) + value;
            if (code > 0x10FFFF)
                return false;
        }

        return code is 9 or 10 or 13 or (>= 0x20 and < 0xD800) or (>= 0xE000 and not (0xFFFE or 0xFFFF));
    }

    private bool Declare(ReadOnlySpan<byte> name, Range at, Range value, int depth)
    {
        var isDefault = name.SequenceEqual("xmlns"u8);
        if (!isDefault && !name.StartsWith("xmlns:"u8))
            return true;
        var uri = bytes.AsSpan(value);
        if (isDefault)
            return !uri.SequenceEqual("http://www.w3.org/2000/xmlns/"u8) && !uri.SequenceEqual("http://www.w3.org/XML/1998/namespace"u8);
        var prefix = name[6..];
        var isXml = prefix.SequenceEqual("xml"u8);
        if (uri.IsEmpty || prefix.SequenceEqual("xmlns"u8) || uri.SequenceEqual("http://www.w3.org/2000/xmlns/"u8) || isXml != uri.SequenceEqual("http://www.w3.org/XML/1998/namespace"u8))
            return false;
        _prefixes.Add(((at.Start.Value + 6)..at.End.Value, value, depth));
        return _prefixes.Count <= MostPrefixes;
    }

    private bool HoldsName(Range at, bool isAttribute)
    {
        var name = bytes.AsSpan(at);
        var colon = name.IndexOf((byte)':');
        if (colon < 0)
            return IsLocal(name);
        var prefix = name[..colon];
        if (!IsLocal(prefix) || !IsLocal(name[(colon + 1)..]))
            return false;
        return prefix.SequenceEqual("xml"u8) || (isAttribute && prefix.SequenceEqual("xmlns"u8)) || Find(prefix) >= 0;
    }

    /// <summary>The declaration a prefix means here; most often the same as the last time.</summary>
    private int Find(ReadOnlySpan<byte> prefix)
    {
        if (_last < _prefixes.Count && bytes.AsSpan(_prefixes[_last].Prefix).SequenceEqual(prefix))
            return _last;
        var found = FindInmost(prefix);
        _last = Math.Max(found, 0);
        return found;
    }

    private int FindInmost(ReadOnlySpan<byte> prefix)
    {
        var at = _prefixes.Count - 1;
        while (at >= 0 && !bytes.AsSpan(_prefixes[at].Prefix).SequenceEqual(prefix))
            at--;
        return at;
    }

    private bool AreAttributesOnce()
    {
        if (_attributes.Count < 2)
            return true;
        if (_attributes.Count > 16)
        {
            var seen = new HashSet<string>(_attributes.Count);
            return _attributes.TrueForAll(attribute => seen.Add(Meaning(attribute.Name)));
        }

        for (var i = 1; i < _attributes.Count; i++)
        {
            var name = bytes.AsSpan(_attributes[i].Name);
            var local = name[(name.IndexOf((byte)':') + 1)..];
            for (var j = 0; j < i; j++)
            {
                var other = bytes.AsSpan(_attributes[j].Name);
                if (other.EndsWith(local) && (other.SequenceEqual(name) || Meaning(_attributes[i].Name) == Meaning(_attributes[j].Name)))
                    return false;
            }
        }

        return true;
    }

    /// <summary>A name with its namespace in place of the prefix.</summary>
    private string Meaning(Range at)
    {
        var name = bytes.AsSpan(at);
        var colon = name.IndexOf((byte)':');
        var text = Encoding.UTF8.GetString(name);
        if (colon < 0 || FindInmost(name[..colon]) is not (>= 0 and var found))
            return text;
        return $"{XmlText.Decode(bytes.AsSpan(_prefixes[found].Uri))} {text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]}";
    }

    private static bool HoldsSpace(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        name.Length != 9 || !name.SequenceEqual("xml:space"u8) || value.SequenceEqual("preserve"u8) || value.SequenceEqual("default"u8);

    private static bool IsLocal(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.')
            return false;
        if (!name.ContainsAnyInRange((byte)0x80, (byte)0xFF))
            return !name.Contains((byte)':');
        var text = Encoding.UTF8.GetString(name);
        return XmlConvert.IsStartNCNameChar(text[0]) && text.All(XmlConvert.IsNCNameChar);
    }

    private static bool HoldsDeclaration(ReadOnlySpan<byte> part)
    {
        var end = part.IndexOf("?>"u8);
        if (end < 0 || end > 200)
            return false;
        var pieces = Encoding.UTF8.GetString(part[5..end]).Replace('\'', '"').Split('"');
        if (pieces.Length % 2 == 0)
            return false;
        var step = 0;
        for (var i = 0; i + 1 < pieces.Length; i += 2)
        {
            var (name, value) = (pieces[i].Replace(" ", "", StringComparison.Ordinal).Trim(), pieces[i + 1]);
            var next = (name, i) switch
            {
                ("version=", 0) when value == "1.0" => 1,
                ("encoding=", > 0) when value.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII" or "ASCII" => 2,
                ("standalone=", > 0) when value is "yes" or "no" => 3,
                _ => 0,
            };
            if (next <= step || !XmlText.IsSpace((byte)pieces[i][0]))
                return false;
            step = next;
        }

        return step > 0 && pieces[^1].Trim().Length == 0;
    }
}
