using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>A part as it would be with all tracked changes accepted.</summary>
internal sealed class AcceptedChanges
{
    private readonly XmlTree _tree;
    private readonly Utf8Buffer _out;
    private readonly HashSet<int> _joined = [];

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
        if (name is N.w_del or N.w_moveFrom or N.w_cellIns or N.w_cellMerge || IsFormerFormat(name) || IsRangeMark(name) || _joined.Contains(node) || IsDeletedRowOrCell(node, name))
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

    /// <summary>A paragraph whose mark was deleted goes on in the next one; the mark that is left has the format.</summary>
    private void Paragraph(int node)
    {
        var chain = Chain(node);
        var last = chain[^1];
        if (MarkIsDeleted(last) && chain.TrueForAll(IsBare) && NextBlock(last) is var block and not XmlTree.None && _tree.Name(block) == N.w_tbl)
            return;
        if (chain.Count == 1 && _tree.IsEmpty(node))
        {
            _out.Write(_tree.Span(node));
            return;
        }

        var start = _tree.StartTag(last);
        _out.Write(_tree.IsEmpty(last) ? start[..^2] : start);
        if (_tree.IsEmpty(last))
            _out.Write(">"u8);
        if (_tree.Child(last, N.w_pPr) is var properties and not XmlTree.None)
            Node(properties);
        foreach (var link in chain)
        {
            if (_tree.Name(link) != N.w_p)
            {
                _out.Write(IsRangeMark(_tree.Name(link)) ? [] : _tree.Span(link));
                continue;
            }

            for (var child = _tree.First(link); child != XmlTree.None; child = _tree.Next(child))
            {
                if (_tree.Name(child) != N.w_pPr)
                    Node(child);
            }
        }

        _out.Write("</w:p>"u8);
    }

    /// <summary>The paragraphs that become one, with the bookmarks that stand between them.</summary>
    private List<int> Chain(int node)
    {
        List<int> chain = [node];
        while (MarkIsDeleted(chain[^1]))
        {
            var between = new List<int>();
            var next = Following(chain[^1]);
            while (next != XmlTree.None && (ParagraphReader.IsMark(_tree.Name(next)) || IsRangeMark(_tree.Name(next))))
            {
                between.Add(next);
                next = Following(next);
            }

            if (next == XmlTree.None || _tree.Name(next) != N.w_p)
                break;
            chain.AddRange(between);
            chain.Add(next);
            _joined.UnionWith(between);
            _joined.Add(next);
        }

        return chain;
    }

    private int Following(int node)
    {
        do
            node = _tree.Next(node);
        while (node != XmlTree.None && _tree[node].Kind != XmlKind.Element);
        return node;
    }

    private int NextBlock(int node)
    {
        do
            node = Following(node);
        while (node != XmlTree.None && (ParagraphReader.IsMark(_tree.Name(node)) || IsRangeMark(_tree.Name(node))));
        return node;
    }

    /// <summary>Whether nothing is left of a paragraph when what was deleted is gone.</summary>
    private bool IsBare(int node)
    {
        foreach (var child in _tree.Children(node))
        {
            var name = _tree.Name(child);
            if (name is N.w_pPr or N.w_del or N.w_moveFrom or N.w_proofErr || IsRangeMark(name))
                continue;
            if (name is not (N.w_ins or N.w_moveTo) || !IsBare(child))
                return false;
        }

        return true;
    }

    private bool MarkIsDeleted(int paragraph) => _tree.Child(paragraph, N.w_pPr) is var properties and not XmlTree.None
        && _tree.Child(properties, N.w_rPr) is var run and not XmlTree.None
        && (_tree.Child(run, N.w_del) != XmlTree.None || _tree.Child(run, N.w_moveFrom) != XmlTree.None);

    /// <summary>A row without cells is none, a table without rows neither.</summary>
    private bool IsDeletedRowOrCell(int node, N name) => name switch
    {
        N.w_tr => (_tree.Child(node, N.w_trPr) is var properties and not XmlTree.None && _tree.Child(properties, N.w_del) != XmlTree.None) || AllDeleted(node, N.w_tc),
        N.w_tc => _tree.Child(node, N.w_tcPr) is var properties and not XmlTree.None && _tree.Child(properties, N.w_cellDel) != XmlTree.None,
        N.w_tbl => AllDeleted(node, N.w_tr),
        _ => false,
    };

    private bool AllDeleted(int node, N inner)
    {
        var parts = _tree.Children(node).Where(child => _tree.Name(child) == inner || _tree.Name(child) == N.w_sdt).ToList();
        return parts.Count > 0 && parts.TrueForAll(part => IsDeletedRowOrCell(part, _tree.Name(part)));
    }
}
