using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Cells merged downwards: when the row in which a merge begins goes, it begins in the first row that is left of it.</summary>
internal sealed partial class WordCompiler
{
    private readonly Dictionary<int, (int Slot, bool IsFirst)> _merges = [];

    /// <summary>Finds the merges of a table of which rows may go.</summary>
    private void ReadMerges(int table)
    {
        var open = new Dictionary<int, int>();
        foreach (var row in _tree.Descendants(table, N.w_tr).Where(row => _tree.Ancestor(row, static name => name == N.w_tbl) == table))
        {
            var column = GridBefore(row);
            foreach (var cell in _tree.Children(row).Where(child => _tree.Name(child) == N.w_tc))
            {
                ReadMerge(cell, column, open);
                column += Span(cell);
            }
        }
    }

    private void ReadMerge(int cell, int column, Dictionary<int, int> open)
    {
        var properties = _tree.Child(cell, N.w_tcPr);
        var merge = properties == XmlTree.None ? XmlTree.None : _tree.Child(properties, N.w_vMerge);
        if (merge == XmlTree.None)
        {
            open.Remove(column);
            return;
        }

        var isFirst = _tree.Attribute(merge, "w:val"u8) == "restart";
        if (isFirst)
            open[column] = _ids.NewSlot();
        if (!open.TryGetValue(column, out var slot))
            return;
        _merges[merge] = (slot, isFirst);
        _plan.Heat(merge);
    }

    private void Merge(int node)
    {
        if (!_merges.TryGetValue(node, out var merge))
        {
            _builder.Raw(_tree.Span(node));
            return;
        }

        if (merge.IsFirst)
            _builder.OwnMerge(merge.Slot);
        _builder.Add(new MergeNode(_tree.Span(node).ToArray(), merge.Slot, merge.IsFirst));
    }
}

/// <summary>The mark of a cell that is merged with the one above, or of the first cell of a merge.</summary>
internal sealed class MergeNode(byte[] mark, int slot, bool isFirst) : WordNode
{
    public override void Render(WordRender to)
    {
        if (isFirst)
            to.BeginMerge(slot);
        to.Out.Write(isFirst || to.GoesOnMerging(slot) ? mark : "<w:vMerge w:val=\"restart\"/>"u8);
    }
}
