using System.Globalization;
using System.Text;

namespace ProductionOffice.Templates.Xml;

/// <summary>Text and attributes of XML, decoded and encoded.</summary>
internal static class XmlText
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("<![CDATA["u8))
            return Encoding.UTF8.GetString(bytes[9..^3]);
        if (bytes.IndexOf((byte)'&') < 0)
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder();
        while (true)
        {
            var at = bytes.IndexOf((byte)'&');
            if (at < 0)
                return text.Append(Encoding.UTF8.GetString(bytes)).ToString();
            text.Append(Encoding.UTF8.GetString(bytes[..at]));
            bytes = bytes[(at + 1)..];
            var end = bytes.IndexOf((byte)';');
            AppendEntity(text, bytes[..end]);
            bytes = bytes[(end + 1)..];
        }
    }

    public static string Encode(string text)
    {
        var buffer = new Utf8Buffer(text.Length + 16);
        buffer.WriteText(text);
        var encoded = Encoding.UTF8.GetString(buffer.Written);
        buffer.Release();
        return encoded;
    }

    /// <summary>Where the value of an attribute lies in a start tag; (-1, 0) when it is not there.</summary>
    public static (int Start, int Length) FindAttribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name)
    {
        var at = 1;
        while (at < tag.Length && tag[at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'>' or (byte)'/'))
            at++;
        while (at < tag.Length)
        {
            while (at < tag.Length && tag[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                at++;
            if (at >= tag.Length || tag[at] is (byte)'>' or (byte)'/')
                return (-1, 0);
            var start = at;
            while (tag[at] is not ((byte)'=' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                at++;
            var found = tag[start..at].SequenceEqual(name);
            while (tag[at] is not ((byte)'"' or (byte)'\''))
                at++;
            var length = tag[(at + 1)..].IndexOf(tag[at]);
            if (found)
                return (at + 1, length);
            at += length + 2;
        }

        return (-1, 0);
    }

    /// <summary>The start tag with one attribute set to another value, or added.</summary>
    public static byte[] WithAttribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name, string value)
    {
        var buffer = new Utf8Buffer(tag.Length + value.Length + name.Length + 8);
        var (start, length) = FindAttribute(tag, name);
        if (start >= 0)
        {
            buffer.Write(tag[..start]);
            buffer.WriteText(value);
            buffer.Write(tag[(start + length)..]);
        }
        else
        {
            var end = tag[^2] == '/' ? tag.Length - 2 : tag.Length - 1;
            buffer.Write(tag[..end]);
            buffer.Write(" "u8);
            buffer.Write(name);
            buffer.Write("=\""u8);
            buffer.WriteText(value);
            buffer.Write("\""u8);
            buffer.Write(tag[end..]);
        }

        return buffer.TakeBytes();
    }

    /// <summary>The start tag without an attribute.</summary>
    public static byte[] WithoutAttribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name)
    {
        var (start, length) = FindAttribute(tag, name);
        if (start < 0)
            return tag.ToArray();
        var from = tag[..start].LastIndexOf(name) - 1;
        return [.. tag[..from], .. tag[(start + length + 1)..]];
    }

    public static bool IsSpace(byte sign) => sign is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    public static bool IsAllowed(char c) => c >= 0x20 ? c is not ('\uFFFE' or '\uFFFF') : c is '\t' or '\n' or '\r';

    private static void AppendEntity(StringBuilder text, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("amp"u8))
            text.Append('&');
        else if (name.SequenceEqual("lt"u8))
            text.Append('<');
        else if (name.SequenceEqual("gt"u8))
            text.Append('>');
        else if (name.SequenceEqual("quot"u8))
            text.Append('"');
        else if (name.SequenceEqual("apos"u8))
            text.Append('\'');
        else if (Code(Encoding.ASCII.GetString(name[1..])) is { } code && Rune.IsValid(code))
            text.Append(new Rune(code).ToString());
    }

    private static int? Code(string digits) => digits.StartsWith('x')
        ? int.TryParse(digits.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
