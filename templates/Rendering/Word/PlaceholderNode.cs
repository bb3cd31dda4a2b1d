using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

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
            Write(to, Picture(to, value));
        }
        catch (PictureException exception)
        {
            to.Values.Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
        }
    }

    public static PictureBytes Picture(WordRender to, Value value) => value.Kind == ValueKind.Host
        ? PictureBytes.Of((MadeContent)value.AsHost(), to.Values.Options.Pictures)
        : PictureBytes.Find(value, to.Values.Options.Pictures);

    private void Write(WordRender to, PictureBytes picture)
    {
        var tree = XmlScan.Read(drawing, part);
        var extent = tree.Descendant(tree.Root, N.wp_extent);
        var frame = PictureFrame.Fitted(picture, tree.IntAttribute(extent, "cx"u8) ?? 914400, tree.IntAttribute(extent, "cy"u8) ?? 914400);
        var embedded = ContentWriter.Embed(to, picture);
        var id = to.NextDrawing().ToString(CultureInfo.InvariantCulture);
        var at = 0;
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree[node].Kind != XmlKind.Element || tree[node].Start < at)
                continue;
            byte[]? replacement = tree.Name(node) switch
            {
                N.wp_extent when !tree.Has(tree.Parent(node), N.wp_effectExtent) && frame.Turn.IsSideways => [.. frame.Size(tree.StartTag(node)), .. System.Text.Encoding.UTF8.GetBytes(frame.Effect)],
                N.wp_extent => frame.Size(tree.StartTag(node)),
                N.wp_effectExtent when frame.Turn.IsSideways => System.Text.Encoding.UTF8.GetBytes(frame.Effect),
                N.a_xfrm when frame.Transform.Length > 0 => System.Text.Encoding.UTF8.GetBytes($"<a:xfrm{frame.Transform}>"),
                N.a_ext when tree.Name(tree.Parent(node)) == N.a_xfrm => frame.Size(tree.StartTag(node)),
                N.wp_docPr or N.pic_cNvPr => XmlText.WithAttribute(XmlText.WithoutAttribute(XmlText.WithoutAttribute(tree.StartTag(node), "descr"u8), "title"u8), "id"u8, id),
                N.a_blip => System.Text.Encoding.UTF8.GetBytes(embedded.Blip),
                N.a_srcRect => [],
                _ => null,
            };
            if (replacement is null)
                continue;
            to.Out.Write(drawing.AsSpan(at, tree[node].Start - at));
            to.Out.Write(replacement);
            at = tree.Name(node) is N.a_blip or N.a_srcRect ? tree[node].End : tree[node].ContentStart;
        }

        to.Out.Write(drawing.AsSpan(at));
    }
}

/// <summary>The same for the old form of a picture.</summary>
internal sealed class OldPlaceholderNode(byte[] drawing, Tag tag, string? templatePicture, string part) : WordNode
{
    public override void Render(WordRender to)
    {
        var value = to.Values.Evaluate(tag);
        if (templatePicture is not null)
            to.Placeholders.Add((part, templatePicture));
        if (value.IsNullish)
            return;
        to.HasContent = true;
        try
        {
            Write(to, PlaceholderNode.Picture(to, value));
        }
        catch (PictureException exception)
        {
            to.Values.Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
        }
    }

    private void Write(WordRender to, PictureBytes picture)
    {
        var tree = XmlScan.Read(drawing, part);
        var embedded = ContentWriter.Embed(to, picture);
        var written = XmlRewrite.Rewrite(tree, node => tree.Name(node) switch
        {
            N.v_shape => XmlText.WithAttribute(XmlText.WithAttribute(tree.StartTag(node), "alt"u8, ""), "style"u8, Fitted(tree.Attribute(node, "style"u8) ?? "", picture)),
            N.v_imagedata => XmlText.WithAttribute(tree.StartTag(node), "r:id"u8, embedded.Shown),
            _ => null,
        }, _ => null);
        to.Out.Write(written ?? drawing);
    }

    /// <summary>The style with width and height in which the picture keeps its proportions.</summary>
    private static string Fitted(string style, PictureBytes picture)
    {
        if (Side("width").Match(style) is not { Success: true } width || Side("height").Match(style) is not { Success: true } height
            || PictureBytes.Length(width.Groups[1].Value) is not { } boxWidth || PictureBytes.Length(height.Groups[1].Value) is not { } boxHeight)
            return style;
        var (cx, cy) = picture.Fit((long)boxWidth, (long)boxHeight);
        style = Side("width").Replace(style, $"width:{Points(cx)}");
        return Side("height").Replace(style, $"height:{Points(cy)}");

        static string Points(long length) => string.Create(CultureInfo.InvariantCulture, $"{length / 12700.0:0.##}pt");
        static System.Text.RegularExpressions.Regex Side(string name) => new($@"(?<![\w-]){name}:\s*([\d.]+[a-z]*)");
    }
}
