using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Numbered lists in a loop that restarts them.</summary>
internal sealed partial class WordCompiler
{
    private int _beforeRestart = XmlTree.None;
    private (int Until, HashSet<int> Lists) _begun = (XmlTree.None, []);

    /// <summary>Whether a paragraph before the loop that restarts its lists is of this one: then already the first item restarts it.</summary>
    private bool IsBegun(int numId)
    {
        if (_builder.Restarts == 0 || _beforeRestart == XmlTree.None)
            return false;
        if (_begun.Until != _beforeRestart)
            _begun = (_beforeRestart, [.. Enumerable.Range(0, _beforeRestart).Select(ListAt).OfType<int>()]);
        return _begun.Lists.Contains(numId);
    }

    private int? ListAt(int node) => _tree.Name(node) switch
    {
        N.w_numId => _tree.IntAttribute(node, "w:val"u8),
        N.w_pStyle => _listOfStyle(_tree.Attribute(node, "w:val"u8))?.NumId,
        _ => null,
    };

    /// <summary>A paragraph that is in a list by its style: where the list restarts it must say so itself.</summary>
    private void StyledList(int properties, int numId, int level)
    {
        _builder.Raw(_tree.StartTag(properties));
        var isWritten = false;
        for (var child = _tree.First(properties); child != XmlTree.None; child = _tree.Next(child))
        {
            var tag = _tree.Span(child);
            var comesBefore = tag.StartsWith("<w:pStyle"u8) || tag.StartsWith("<w:keep"u8) || tag.StartsWith("<w:pageBreakBefore"u8) || tag.StartsWith("<w:framePr"u8) || tag.StartsWith("<w:widowControl"u8);
            if (!isWritten && !comesBefore && _tree[child].Kind == XmlKind.Element)
            {
                _builder.Add(new StyledNumberingNode(numId, level, IsBegun(numId)));
                isWritten = true;
            }

            Node(child);
        }

        if (!isWritten)
            _builder.Add(new StyledNumberingNode(numId, level, IsBegun(numId)));
        _builder.Raw(_tree.EndTag(properties));
    }
}
