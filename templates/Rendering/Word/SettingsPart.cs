using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>The settings of a document: the state of the spell check goes, so that Word checks anew; so does the data source of a mail merge, which is done here, and an attached template that was dropped.</summary>
internal static class SettingsPart
{
    public static byte[]? Cleaned(XmlTree tree, bool dropTemplate)
    {
        var unwanted = tree.Children(tree.Root).Where(node => tree.Name(node) is N.w_proofState or N.w_mailMerge || (dropTemplate && tree.Name(node) == N.w_attachedTemplate)).ToList();
        if (unwanted.Count == 0)
            return null;
        var cleaned = new List<byte>(tree.Bytes.Length);
        var at = 0;
        foreach (var node in unwanted)
        {
            cleaned.AddRange(tree.Bytes.AsSpan(at, tree[node].Start - at));
            at = tree[node].End;
        }

        cleaned.AddRange(tree.Bytes.AsSpan(at));
        return [.. cleaned];
    }
}
