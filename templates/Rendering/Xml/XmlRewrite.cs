namespace ProductionOffice.Templates.Xml;

/// <summary>Writes a part again with some start tags or texts changed.</summary>
internal static class XmlRewrite
{
    /// <summary>Null when nothing changed.</summary>
    public static byte[]? Texts(XmlTree tree, Func<int, string?> text) => Rewrite(tree, _ => null, text);

    /// <summary>Start tags and contents of elements by other ones; null keeps what is there. Null when nothing changed.</summary>
    public static byte[]? Rewrite(XmlTree tree, Func<int, byte[]?> startTag, Func<int, string?> text)
    {
        Utf8Buffer? changed = null;
        var at = 0;
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree[node].Kind != XmlKind.Element || tree[node].Start < at)
                continue;
            if (startTag(node) is { } tag)
            {
                changed ??= new Utf8Buffer(tree.Bytes.Length + 256);
                changed.Write(tree.Bytes.AsSpan(at, tree[node].Start - at));
                changed.Write(tag);
                at = tree[node].ContentStart;
            }

            if (!tree.IsEmpty(node) && text(node) is { } words)
            {
                changed ??= new Utf8Buffer(tree.Bytes.Length + 256);
                changed.Write(tree.Bytes.AsSpan(at, tree[node].ContentStart - at));
                changed.WriteText(words);
                at = tree[node].ContentEnd;
            }
        }

        if (changed is null)
            return null;
        changed.Write(tree.Bytes.AsSpan(at));
        return changed.TakeBytes();
    }
}
