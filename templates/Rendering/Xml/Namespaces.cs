using System.Text;

namespace ProductionOffice.Templates.Xml;

/// <summary>Prefixes that markup from another part needs where it comes to stand.</summary>
internal static class Namespaces
{
    /// <summary>Declarations of the root of <paramref name="from"/> that the root of <paramref name="host"/> lacks or makes otherwise, to be written into a start tag.</summary>
    public static byte[] Lacking(ReadOnlySpan<byte> from, ReadOnlySpan<byte> host)
    {
        var ours = CanonicalPrefixes.RootTag(host);
        var theirs = CanonicalPrefixes.RootTag(from);
        var known = CanonicalPrefixes.Declared(ours);
        var added = new StringBuilder();
        foreach (var (prefix, uri) in CanonicalPrefixes.Declared(theirs))
        {
            if (known.GetValueOrDefault(prefix) != uri)
                added.Append(prefix.Length == 0 ? " xmlns=\"" : $" xmlns:{prefix}=\"").Append(uri).Append('"');
        }

        var ignorable = Ignorable(theirs).Except(Ignorable(ours)).ToList();
        if (ignorable.Count > 0)
            added.Append(" mc:Ignorable=\"").AppendJoin(' ', ignorable).Append('"');
        return Encoding.UTF8.GetBytes(added.ToString());
    }

    /// <summary>Prefixes a reader that does not know them may pass over.</summary>
    private static string[] Ignorable(ReadOnlySpan<byte> root) => XmlText.FindAttribute(root, "mc:Ignorable"u8) is { Start: >= 0 } place
        ? Encoding.UTF8.GetString(root.Slice(place.Start, place.Length)).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : [];

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
