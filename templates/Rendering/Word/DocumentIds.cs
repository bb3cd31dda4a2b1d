using System.Globalization;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>The ids a template uses, so that copies get others; known once all parts are read.</summary>
internal sealed class DocumentIds
{
    public int HighestDrawing { get; private set; }

    public int HighestBookmark { get; private set; }

    public int HighestControl { get; private set; }

    public int HighestNote { get; private set; }

    public HashSet<uint> Paragraphs { get; } = [];

    public HashSet<string> BookmarkNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Number of places whose first copy keeps the id of the template.</summary>
    public int Slots { get; private set; }

    public int NewSlot() => Slots++;

    public void Read(XmlTree tree)
    {
        for (var node = 0; node < tree.Count; node++)
        {
            switch (tree.Name(node))
            {
                case N.wp_docPr or N.pic_cNvPr:
                    HighestDrawing = Math.Max(HighestDrawing, tree.IntAttribute(node, "id"u8) ?? 0);
                    break;
                case N.w_bookmarkStart:
                    HighestBookmark = Math.Max(HighestBookmark, tree.IntAttribute(node, "w:id"u8) ?? 0);
                    if (tree.Attribute(node, "w:name"u8) is { } name)
                        BookmarkNames.Add(name);
                    break;
                case N.w_commentRangeStart or N.w_permStart:
                    HighestBookmark = Math.Max(HighestBookmark, tree.IntAttribute(node, "w:id"u8) ?? 0);
                    break;
                case N.w_id when tree.Name(tree.Parent(node)) == N.w_sdtPr:
                    HighestControl = Math.Max(HighestControl, tree.IntAttribute(node, "w:val"u8) ?? 0);
                    break;
                case N.w_footnote or N.w_endnote:
                    HighestNote = Math.Max(HighestNote, tree.IntAttribute(node, "w:id"u8) ?? 0);
                    break;
                case N.w_p or N.w_tr when ParagraphId(tree, node) is { } id:
                    Paragraphs.Add(id);
                    break;
                default:
                    break;
            }
        }
    }

    public static uint? ParagraphId(XmlTree tree, int node) =>
        uint.TryParse(tree.Attribute(node, "w14:paraId"u8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? id : null;
}
