using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>A part as it would be with all tracked changes accepted.</summary>
internal sealed class AcceptedChanges
{
    private readonly XmlTree _tree;
    private readonly Utf8Buffer _out;
    private int _skipStartOf = XmlTree.None;

    private AcceptedChanges(XmlTree tree)
    {
        _tree = tree;
        _out = new Utf8Buffer(tree.Bytes.Length);
    }

    public static (XmlTree Tree, int Changes) Of(XmlTree tree, string part)
    {
        var changes = 0;
        for (var node = 0; node < tree.Count; node++)
        {
            if (IsChange(tree.Name(node)))
                changes++;
        }

        if (changes == 0)
            return (tree, 0);
        var accepted = new AcceptedChanges(tree);
        accepted._out.Write(tree.Bytes.AsSpan(0, tree[tree.Root].Start));
        accepted.Node(tree.Root);
        return (XmlScan.Read(accepted._out.TakeBytes(), part), changes);
    }

    private static bool IsChange(N name) => name is N.w_ins or N.w_del or N.w_moveFrom or N.w_moveTo or N.w_cellIns or N.w_cellDel or N.w_cellMerge || IsFormerFormat(name);

    private static bool IsFormerFormat(N name) => name is N.w_rPrChange or N.w_pPrChange or N.w_tblPrChange or N.w_tblPrExChange or N.w_trPrChange
        or N.w_tcPrChange or N.w_sectPrChange or N.w_tblGridChange or N.w_numberingChange;

    private static bool IsRangeMark(N name) => name is N.w_moveFromRangeStart or N.w_moveFromRangeEnd or N.w_moveToRangeStart or N.w_moveToRangeEnd
        or N.w_customXmlInsRangeStart or N.w_customXmlInsRangeEnd or N.w_customXmlDelRangeStart or N.w_customXmlDelRangeEnd;

    private void Node(int node)
    {
        if (_tree[node].Kind != XmlKind.Element)
        {
            _out.Write(_tree.Span(node));
            return;
        }

        var name = _tree.Name(node);
        if (name is N.w_del or N.w_moveFrom or N.w_cellIns or N.w_cellMerge || IsFormerFormat(name) || IsRangeMark(name) || IsDeletedRowOrCell(node, name))
            return;
        if (name is N.w_ins or N.w_moveTo)
        {
            Children(node);
            return;
        }

        if (name == N.w_p)
        {
            Paragraph(node);
            return;
        }

        if (_tree.IsEmpty(node))
        {
            _out.Write(_tree.Span(node));
            return;
        }

        _out.Write(_tree.StartTag(node));
        Children(node);
        _out.Write(_tree.EndTag(node));
    }

    private void Children(int node)
    {
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
            Node(child);
    }

    /// <summary>A paragraph whose mark was deleted goes on in the next one.</summary>
    private void Paragraph(int node)
    {
        var continues = _skipStartOf == node;
        _skipStartOf = XmlTree.None;
        if (_tree.IsEmpty(node))
        {
            _out.Write(continues ? "</w:p>"u8 : _tree.Span(node));
            return;
        }

        if (!continues)
            _out.Write(_tree.StartTag(node));
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
        {
            if (!continues || _tree.Name(child) != N.w_pPr)
                Node(child);
        }

        var next = _tree.Next(node);
        while (next != XmlTree.None && _tree[next].Kind != XmlKind.Element)
            next = _tree.Next(next);
        if (MarkIsDeleted(node) && next != XmlTree.None && _tree.Name(next) == N.w_p)
            _skipStartOf = next;
        else
            _out.Write(_tree.EndTag(node));
    }

    private bool MarkIsDeleted(int paragraph) => _tree.Child(paragraph, N.w_pPr) is var properties and not XmlTree.None
        && _tree.Child(properties, N.w_rPr) is var run and not XmlTree.None
        && (_tree.Child(run, N.w_del) != XmlTree.None || _tree.Child(run, N.w_moveFrom) != XmlTree.None);

    private bool IsDeletedRowOrCell(int node, N name) => name switch
    {
        N.w_tr => _tree.Child(node, N.w_trPr) is var properties and not XmlTree.None && _tree.Child(properties, N.w_del) != XmlTree.None,
        N.w_tc => _tree.Child(node, N.w_tcPr) is var properties and not XmlTree.None && _tree.Child(properties, N.w_cellDel) != XmlTree.None,
        _ => false,
    };
}
