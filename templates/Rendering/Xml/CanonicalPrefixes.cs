using System.Text;

namespace ProductionOffice.Templates.Xml;

/// <summary>Programs may name the namespaces of a part as they like (<c>x:row</c>, <c>ns0:p</c>); the rest of the code knows the names Word and Excel use.</summary>
internal static class CanonicalPrefixes
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["http://schemas.openxmlformats.org/wordprocessingml/2006/main"] = "w",
        ["http://schemas.openxmlformats.org/spreadsheetml/2006/main"] = "",
        ["http://schemas.openxmlformats.org/officeDocument/2006/relationships"] = "r",
        ["http://schemas.openxmlformats.org/drawingml/2006/main"] = "a",
        ["http://schemas.openxmlformats.org/drawingml/2006/picture"] = "pic",
        ["http://schemas.openxmlformats.org/drawingml/2006/chart"] = "c",
        ["http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"] = "wp",
        ["http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"] = "xdr",
        ["http://schemas.openxmlformats.org/markup-compatibility/2006"] = "mc",
        ["http://schemas.microsoft.com/office/word/2010/wordml"] = "w14",
        ["http://schemas.microsoft.com/office/word/2012/wordml"] = "w15",
        ["http://schemas.microsoft.com/office/word/2010/wordprocessingShape"] = "wps",
        ["urn:schemas-microsoft-com:vml"] = "v",
    };

    /// <summary>The same bytes when the part uses the usual names.</summary>
    public static byte[] Of(byte[] part)
    {
        var root = RootTag(part);
        if (root.Length == 0)
            return part;
        var declared = Declared(root);
        var renamed = new Dictionary<string, string>();
        foreach (var (prefix, uri) in declared)
        {
            if (Known.TryGetValue(uri, out var usual) && usual != prefix)
                renamed[prefix] = usual;
        }

        if (renamed.Count == 0 || renamed.Values.Any(usual => declared.TryGetValue(usual, out var uri) && !renamed.ContainsKey(usual) && (!Known.TryGetValue(uri, out var owner) || owner != usual)))
            return part;
        return new Renaming(part, renamed, [.. declared.Keys]).Run();
    }

    public static ReadOnlySpan<byte> RootTag(ReadOnlySpan<byte> part)
    {
        var at = 0;
        while (at < part.Length)
        {
            var open = part[at..].IndexOf((byte)'<');
            if (open < 0 || at + open + 1 >= part.Length)
                return [];
            at += open;
            if (part[at + 1] is not ((byte)'?' or (byte)'!'))
            {
                var end = part[at..].IndexOf((byte)'>');
                return end < 0 ? [] : part.Slice(at, end + 1);
            }

            var comment = part[at..].StartsWith("<!--"u8);
            var close = part[at..].IndexOf(comment ? "-->"u8 : ">"u8);
            if (close < 0)
                return [];
            at += close + 1;
        }

        return [];
    }

    public static Dictionary<string, string> Declared(ReadOnlySpan<byte> tag)
    {
        var declared = new Dictionary<string, string>();
        var at = 0;
        while (true)
        {
            var next = tag[at..].IndexOf(" xmlns"u8);
            if (next < 0)
                next = tag[at..].IndexOf("\nxmlns"u8);
            if (next < 0)
                return declared;
            at += next + 6;
            var equals = tag[at..].IndexOf((byte)'=');
            if (equals < 0)
                return declared;
            var prefix = Encoding.UTF8.GetString(tag.Slice(at, equals)).Trim().TrimStart(':');
            at += equals + 1;
            while (at < tag.Length && tag[at] is not ((byte)'"' or (byte)'\''))
                at++;
            var length = at < tag.Length ? tag[(at + 1)..].IndexOf(tag[at]) : -1;
            if (length < 0)
                return declared;
            declared[prefix] = Encoding.UTF8.GetString(tag.Slice(at + 1, length));
            at += length + 2;
        }
    }

    private sealed class Renaming(byte[] part, Dictionary<string, string> renamed, HashSet<string> declared)
    {
        private readonly Utf8Buffer _out = new(part.Length + 256);
        private int _at;

        public byte[] Run()
        {
            while (_at < part.Length)
            {
                var open = part.AsSpan(_at).IndexOf((byte)'<');
                if (open < 0)
                    break;
                Copy(open);
                if (part.AsSpan(_at).StartsWith("<!--"u8))
                    Through("-->"u8);
                else if (part.AsSpan(_at).StartsWith("<![CDATA["u8))
                    Through("]]>"u8);
                else if (part.AsSpan(_at).StartsWith("<?"u8) || part.AsSpan(_at).StartsWith("<!"u8))
                    Through(">"u8);
                else
                    Tag();
            }

            _out.Write(part.AsSpan(_at));
            return _out.TakeBytes();
        }

        private void Copy(int length)
        {
            _out.Write(part.AsSpan(_at, length));
            _at += length;
        }

        private void Through(ReadOnlySpan<byte> end)
        {
            var length = part.AsSpan(_at).IndexOf(end);
            Copy(length < 0 ? part.Length - _at : length + end.Length);
        }

        private void Tag()
        {
            Copy(part[_at + 1] == '/' ? 2 : 1);
            Name(isAttribute: false);
            while (_at < part.Length && part[_at] != '>')
            {
                if (part[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'/')
                {
                    Copy(1);
                    continue;
                }

                var isPrefixes = Name(isAttribute: true) is "Ignorable" or "Requires" or "ProcessContent" or "MustUnderstand";
                while (_at < part.Length && part[_at] is not ((byte)'"' or (byte)'\''))
                    Copy(1);
                if (_at >= part.Length)
                    return;
                var length = part.AsSpan(_at + 1).IndexOf(part[_at]);
                if (length < 0)
                    return;
                if (!isPrefixes)
                {
                    Copy(length + 2);
                    continue;
                }

                var prefixes = Encoding.UTF8.GetString(part, _at + 1, length).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(prefix => renamed.GetValueOrDefault(prefix, prefix));
                _out.Write(part.AsSpan(_at, 1));
                _out.WriteMarkup(string.Join(' ', prefixes.Where(prefix => prefix.Length > 0)));
                _at += length + 1;
                Copy(1);
            }
        }

        /// <summary>Writes a name with its usual prefix; answers its local part.</summary>
        private string Name(bool isAttribute)
        {
            var end = _at;
            while (end < part.Length && part[end] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'/' or (byte)'>' or (byte)'='))
                end++;
            var name = Encoding.UTF8.GetString(part, _at, end - _at);
            _at = Math.Max(end, _at + 1);
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            var (prefix, local) = colon < 0 ? ("", name) : (name[..colon], name[(colon + 1)..]);
            if (isAttribute && (name == "xmlns" || prefix == "xmlns"))
            {
                var declaredPrefix = prefix == "xmlns" ? local : "";
                if (!renamed.TryGetValue(declaredPrefix, out var usual))
                    _out.WriteMarkup(name);
                else if (declared.Contains(usual) && !renamed.ContainsKey(usual))
                    _out.WriteMarkup("xmlns:unused_" + (declaredPrefix.Length == 0 ? "default" : declaredPrefix));
                else
                    _out.WriteMarkup(usual.Length == 0 ? "xmlns" : "xmlns:" + usual);
                return local;
            }

            if ((isAttribute && prefix.Length == 0) || !renamed.TryGetValue(prefix, out var canonical))
                _out.WriteMarkup(name);
            else
                _out.WriteMarkup(canonical.Length == 0 ? local : canonical + ":" + local);
            return local;
        }
    }
}
