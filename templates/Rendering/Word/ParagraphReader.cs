using System.Text;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Reads a paragraph as one text over all its inline containers, piece by piece.</summary>
internal static class ParagraphReader
{
    public static (string Text, List<Atom> Atoms) Read(XmlTree tree, int paragraph)
    {
        var reading = new Reading(tree, [], new StringBuilder());
        reading.Collect(paragraph, XmlTree.None);
        return (reading.Words.ToString(), reading.Atoms);
    }

    private readonly record struct Reading(XmlTree Tree, List<Atom> Atoms, StringBuilder Words)
    {
        public void Collect(int parent, int run)
        {
            for (var node = Tree.First(parent); node != XmlTree.None; node = Tree.Next(node))
            {
                if (Tree[node].Kind == XmlKind.Element)
                    Piece(node, run);
            }
        }

        private void Piece(int node, int run)
        {
            switch (Tree.Name(node))
            {
                case N.w_pPr or N.w_rPr or N.w_proofErr or N.w_lastRenderedPageBreak or N.w_sdtPr or N.w_sdtEndPr:
                    break;
                case N.w_r:
                    Collect(node, node);
                    break;
                case N.w_t when run != XmlTree.None:
                    AddText(node, run, Tree.Text(node));
                    break;
                case N.w_tab when run != XmlTree.None:
                    AddText(node, run, "\t");
                    break;
                case N.w_br or N.w_cr when run != XmlTree.None && Tree.Attribute(node, "w:type"u8) is null or "textWrapping":
                    AddText(node, run, "\n");
                    break;
                case N.w_noBreakHyphen when run != XmlTree.None:
                    AddText(node, run, "-");
                    break;
                case N.w_softHyphen when run != XmlTree.None:
                    AddText(node, run, "\u00AD");
                    break;
                case N.w_commentReference when run != XmlTree.None:
                    Add(AtomKind.CommentReference, node, run);
                    break;
                default:
                    Other(node, run);
                    break;
            }
        }

        private void Other(int node, int run)
        {
            if (run != XmlTree.None)
            {
                Add(AtomKind.InRun, node, run);
            }
            else if (IsContainer(Tree.Name(node)) && !IsBoundControl(node))
            {
                Add(AtomKind.ContainerStart, node, run);
                Collect(node, run);
                Add(AtomKind.ContainerEnd, node, run);
            }
            else
            {
                Add(IsMark(Tree.Name(node)) ? AtomKind.Mark : AtomKind.Between, node, run);
            }
        }

        private void Add(AtomKind kind, int node, int run) => Atoms.Add(new Atom(kind, node, run, Words.Length, 0));

        private void AddText(int node, int run, string part)
        {
            Atoms.Add(new Atom(AtomKind.Text, node, run, Words.Length, part.Length));
            Words.Append(part);
        }

        /// <summary>A control with a Tag of its own is filled as a whole, unless tags stand in its text.</summary>
        private bool IsBoundControl(int node) => Tree.Name(node) == N.w_sdt && Tree.Child(node, N.w_sdtPr) is var properties and not XmlTree.None
            && Tree.Child(properties, N.w_tag) != XmlTree.None && !Tree.Text(node).Contains("{{", StringComparison.Ordinal);
    }

    private static bool IsContainer(N name) => name is N.w_hyperlink or N.w_smartTag or N.w_customXml or N.w_fldSimple or N.w_sdt or N.w_sdtContent or N.w_dir or N.w_bdo or N.w_ins or N.w_moveTo;

    public static bool IsMark(N name) => name is N.w_bookmarkStart or N.w_bookmarkEnd or N.w_commentRangeStart or N.w_commentRangeEnd or N.w_permStart or N.w_permEnd;
}
