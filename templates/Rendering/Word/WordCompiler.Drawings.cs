using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Drawings: a picture whose alternative text is a tag is a placeholder for another picture.</summary>
internal sealed partial class WordCompiler
{
    private void Drawing(int node)
    {
        var isOld = _tree.Name(node) == N.w_pict;
        var picture = _tree.Descendant(node, isOld ? N.v_imagedata : N.a_blip);
        var properties = _tree.Descendant(node, isOld ? N.v_shape : N.wp_docPr);
        if (picture == XmlTree.None || properties == XmlTree.None || _tree.Has(node, N.w_txbxContent) || PlaceholderTag(properties) is not { } tag)
        {
            Whole(node);
            return;
        }

        _tags.Add(tag);
        var drawing = _tree.Span(node).ToArray();
        _builder.Add(isOld
            ? new OldPlaceholderNode(drawing, tag, _tree.Attribute(picture, "r:id"u8), _part)
            : new PlaceholderNode(drawing, tag, _tree.Attribute(picture, "r:embed"u8), _part));
    }

    /// <summary>A chart that is repeated, or whose titles hold tags.</summary>
    private void Chart(int node)
    {
        var id = _tree.Attribute(node, "r:id"u8);
        var relation = _package.RelationsOf(_part).FirstOrDefault(relation => relation.Id == id && !relation.IsExternal);
        if (relation is null || !_charts.TryGetValue(RelationshipSet.Resolve(_part, relation.Target), out var chart))
        {
            Whole(node);
            return;
        }

        WithHoles(_tree.StartTag(node).ToArray(), [new Hole("r:id", original => _builder.Add(new ChartReferenceNode(chart, relation, original, ChartSlot(chart))))]);
        if (_tree.IsEmpty(node))
            return;
        Children(node);
        _builder.Raw(_tree.EndTag(node));
    }

    private int ChartSlot(ChartPart chart) => _bookmarkSlots.TryGetValue("chart " + chart.Part, out var slot) ? slot : _bookmarkSlots["chart " + chart.Part] = _ids.NewSlot();

    private Tag? PlaceholderTag(int properties)
    {
        foreach (var name in new[] { "descr", "title", "alt" })
        {
            var text = _tree.Attribute(properties, System.Text.Encoding.UTF8.GetBytes(name))?.Trim();
            if (text is null || !text.StartsWith("{{", StringComparison.Ordinal))
                continue;
            var spans = TagReader.Find(text);
            if (spans is not [{ Closed: true } only] || only.End != text.Length)
                continue;
            var tag = _parser.Parse(text, only, _plan.PlaceWithin(properties, text, "alternative text of the picture") with { Column = 1 });
            if (tag.Kind != TagKind.Value)
                return null;
            _tags.Add(new Tag { Kind = tag.Kind, Source = tag.Source, Place = tag.Place, Expression = tag.Expression, IsPicture = true });
            return tag;
        }

        return null;
    }
}
