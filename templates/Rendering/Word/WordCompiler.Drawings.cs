using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Drawings: a picture whose alternative text is a tag is a placeholder for another picture.</summary>
internal sealed partial class WordCompiler
{
    private void Drawing(int node)
    {
        var blip = _tree.Descendant(node, N.a_blip);
        var properties = _tree.Descendant(node, N.wp_docPr);
        if (_tree.Name(node) != N.w_drawing || blip == XmlTree.None || properties == XmlTree.None || _tree.Has(node, N.w_txbxContent) || PlaceholderTag(properties) is not { } tag)
        {
            Whole(node);
            return;
        }

        _builder.Add(new PlaceholderNode(_tree.Bytes.AsSpan(_tree[node].Start, _tree[node].End - _tree[node].Start).ToArray(), tag,
            _tree.Attribute(blip, "r:embed"u8), _part));
    }

    private Tag? PlaceholderTag(int properties)
    {
        foreach (var name in new[] { "descr", "title" })
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
            _parser.Late.Add(new Tag { Kind = tag.Kind, Source = tag.Source, Place = tag.Place, Expression = tag.Expression, IsPicture = true });
            return tag;
        }

        return null;
    }
}

/// <summary>Writes the placeholder's drawing with another picture, fitted into its box.</summary>
internal sealed class PlaceholderNode(byte[] drawing, Tag tag, string? templatePicture, string part) : WordNode
{
    public override void Render(WordRender to)
    {
        var value = to.Values.Evaluate(tag);
        if (templatePicture is not null && to.Relations.Find(templatePicture) is { } relation && !to.Placeholders.Contains((part, templatePicture)))
            to.Placeholders.Add((part, relation.Id));
        if (value.IsNullish)
            return;
        to.HasContent = true;
        try
        {
            var picture = value.Kind == ValueKind.Host
                ? PictureBytes.Of((MadeContent)value.AsHost(), to.Values.Options.Pictures)
                : PictureBytes.Find(value, to.Values.Options.Pictures);
            Write(to, picture);
        }
        catch (PictureException exception)
        {
            to.Values.Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
        }
    }

    private void Write(WordRender to, PictureBytes picture)
    {
        var tree = XmlScan.Read(drawing, part);
        var extent = tree.Descendant(tree.Root, N.wp_extent);
        var (cx, cy) = picture.Fit(tree.IntAttribute(extent, "cx"u8) ?? 914400, tree.IntAttribute(extent, "cy"u8) ?? 914400);
        var (embed, svg) = ContentWriter.Embed(to, picture);
        var id = to.NextDrawing().ToString(CultureInfo.InvariantCulture);
        var at = 0;
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree[node].Kind != XmlKind.Element || tree[node].Start < at)
                continue;
            var replacement = tree.Name(node) switch
            {
                N.wp_extent => Size(tree.StartTag(node), cx, cy),
                N.a_ext when tree.Name(tree.Parent(node)) == N.a_xfrm => Size(tree.StartTag(node), cx, cy),
                N.wp_docPr or N.pic_cNvPr => XmlText.WithAttribute(XmlText.WithoutAttribute(XmlText.WithoutAttribute(tree.StartTag(node), "descr"u8), "title"u8), "id"u8, id),
                N.a_blip => System.Text.Encoding.UTF8.GetBytes(ContentWriter.Blip(embed, svg)),
                _ => null,
            };
            if (replacement is null)
                continue;
            to.Out.Write(drawing.AsSpan(at, tree[node].Start - at));
            to.Out.Write(replacement);
            at = tree.Name(node) == N.a_blip ? tree[node].End : tree[node].ContentStart;
        }

        to.Out.Write(drawing.AsSpan(at));
    }

    private static byte[] Size(ReadOnlySpan<byte> tag, long cx, long cy) =>
        XmlText.WithAttribute(XmlText.WithAttribute(tag, "cx"u8, cx.ToString(CultureInfo.InvariantCulture)), "cy"u8, cy.ToString(CultureInfo.InvariantCulture));
}
