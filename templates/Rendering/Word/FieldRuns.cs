using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Some programs write a whole field into one run; Word gives each of its signs a run of its own.</summary>
internal static class FieldRuns
{
    /// <summary>The same tree when every sign of a field stands alone already, or no merge field is among them.</summary>
    public static XmlTree Apart(XmlTree tree, string part)
    {
        if (tree.Bytes.AsSpan().IndexOf("MERGEFIELD"u8) < 0 && tree.Bytes.AsSpan().IndexOf("mergefield"u8) < 0 && tree.Bytes.AsSpan().IndexOf("MergeField"u8) < 0)
            return tree;
        Utf8Buffer? apart = null;
        var at = 0;
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.Name(node) != N.w_r || tree[node].Start < at || tree.Child(node, N.w_fldChar) == XmlTree.None || tree.Children(node).Count(child => tree.Name(child) != N.w_rPr) < 2)
                continue;
            apart ??= new Utf8Buffer(tree.Bytes.Length + 1024);
            apart.Write(tree.Bytes.AsSpan(at, tree[node].Start - at));
            foreach (var child in tree.Children(node).Where(child => tree.Name(child) != N.w_rPr))
            {
                apart.Write(tree.StartTag(node));
                if (tree.Child(node, N.w_rPr) is var properties and not XmlTree.None)
                    apart.Write(tree.Span(properties));
                apart.Write(tree.Span(child));
                apart.Write("</w:r>"u8);
            }

            at = tree[node].End;
        }

        if (apart is null)
            return tree;
        apart.Write(tree.Bytes.AsSpan(at));
        return XmlScan.Read(apart.TakeBytes(), part);
    }
}
