using System.Text;

namespace ProductionOffice.Templates.Xml;

/// <summary>Prefixes that markup from another part needs where it comes to stand.</summary>
internal static class Namespaces
{
    /// <summary>Declarations of the root of <paramref name="from"/> that the root of <paramref name="host"/> lacks or makes otherwise, to be written into a start tag.</summary>
    public static byte[] Lacking(ReadOnlySpan<byte> from, ReadOnlySpan<byte> host)
    {
        var known = CanonicalPrefixes.Declared(CanonicalPrefixes.RootTag(host));
        var added = new StringBuilder();
        foreach (var (prefix, uri) in CanonicalPrefixes.Declared(CanonicalPrefixes.RootTag(from)))
        {
            if (known.GetValueOrDefault(prefix) != uri)
                added.Append(prefix.Length == 0 ? " xmlns=\"" : $" xmlns:{prefix}=\"").Append(uri).Append('"');
        }

        return Encoding.UTF8.GetBytes(added.ToString());
    }

    /// <summary>An element with declarations added to its start tag.</summary>
    public static byte[] With(ReadOnlySpan<byte> element, byte[] declarations)
    {
        if (declarations.Length == 0)
            return element.ToArray();
        var at = 1;
        while (element[at] is not ((byte)' ' or (byte)'/' or (byte)'>' or (byte)'\r' or (byte)'\n' or (byte)'\t'))
            at++;
        return [.. element[..at], .. declarations, .. element[at..]];
    }
}
