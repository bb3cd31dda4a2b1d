using System.Globalization;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Word;

/// <summary>Writes made content as WordprocessingML.</summary>
internal static class ContentWriter
{
    /// <summary>A run with the format of the tag.</summary>
    public static void Run(WordRender to, TextShape shape, string text, Tag tag)
    {
        if (text.Length == 0)
            return;
        to.Out.Write(shape.RunStart);
        to.Out.Write("<w:t xml:space=\"preserve\">"u8);
        ValueNode.WriteText(to, text, tag);
        to.Out.Write("</w:t></w:r>"u8);
    }

    /// <summary>Between runs of a paragraph.</summary>
    public static void Inline(WordRender to, MadeContent content, Tag tag, TextShape shape)
    {
        switch (content)
        {
            case DropContent drop:
                to.DropLine |= !drop.Row;
                to.DropRow |= drop.Row;
                break;
            case PictureContent picture:
                Guarded(to, tag, () => Picture(to, PictureBytes.Find(picture.Source, to.Values.Options.Pictures), picture.Width, picture.Height, shape, ""));
                break;
            case CodeContent code:
                Guarded(to, tag, () => Picture(to, CodePicture.Make(code), code.Width, code.Height, shape, code.Text));
                break;
            case LinkContent link:
                Link(to, link, tag, shape);
                break;
            case LinesContent lines when shape.DirectlyInParagraph:
                Lines(to, lines, tag, shape);
                break;
            case RichContent { Paragraphs: [{ Kind: not RichKind.Table } only] }:
                RichWriter.Runs(to, only.Runs, tag, shape);
                break;
            case SignatureContent signature:
                SignatureInline(to, signature, tag, shape);
                break;
            default:
                Run(to, shape, content.PlainText, tag);
                break;
        }
    }

    /// <summary>In place of a paragraph.</summary>
    public static void Block(WordRender to, MadeContent content, Tag tag, TextShape shape)
    {
        switch (content)
        {
            case LinesContent lines:
                for (var i = 0; i < Math.Max(1, lines.Lines.Length); i++)
                {
                    to.Out.Write(i == 0 ? shape.ParagraphStart : shape.NextParagraph);
                    Run(to, shape, lines.Lines.ElementAtOrDefault(i) ?? "", tag);
                    to.Out.Write("</w:p>"u8);
                }

                break;
            case RichContent rich:
                new RichWriter(to, tag, shape).Write(rich);
                break;
            default:
                Paragraph(to, shape, () => Inline(to, content, tag, shape));
                break;
        }
    }

    private static void Paragraph(WordRender to, TextShape shape, Action content)
    {
        to.Out.Write(shape.ParagraphStart);
        content();
        to.Out.Write("</w:p>"u8);
    }

    private static void Guarded(WordRender to, Tag tag, Action write)
    {
        try
        {
            write();
        }
        catch (PictureException exception)
        {
            to.Values.Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
        }
    }

    public static void Picture(WordRender to, PictureBytes picture, double? width, double? height, TextShape shape, string description)
    {
        var frame = PictureFrame.Sized(picture, width, height);
        var embedded = Embed(to, picture);
        var id = to.NextDrawing();
        to.HasContent = true;
        to.Out.Write(shape.RunStart);
        to.Out.WriteMarkup(string.Create(CultureInfo.InvariantCulture,
            $"<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{frame.Width}\" cy=\"{frame.Height}\"/>{(frame.Turn.IsSideways ? frame.Effect : "")}<wp:docPr id=\"{id}\" name=\"Picture {id}\" descr=\"{Xml.XmlText.Encode(description)}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Picture {id}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{embedded.Blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm{frame.Transform}><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{frame.Width}\" cy=\"{frame.Height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"));
    }

    public static Package.EmbeddedPicture Embed(WordRender to, PictureBytes picture)
    {
        var embedded = Package.EmbeddedPicture.Add(picture, to.Package, to.Relations, to.Template.Folder, to.Template.Folder + "x");
        to.StillUsed.Add((to.Part, embedded.Shown));
        if (embedded.Svg is { } svg)
            to.StillUsed.Add((to.Part, svg));
        return embedded;
    }

    public static void Link(WordRender to, LinkContent link, Tag tag, TextShape shape, params string[] format)
    {
        if (!link.IsSafe || !shape.DirectlyInParagraph)
        {
            if (!link.IsSafe)
                to.Values.Problems.Add(tag.Place.Problem("W006", tag.Source, $"“{link.Address}” is no address that is safe to click (http, https, mailto, tel); it is printed as plain text.", ProblemSeverity.Warning));
            Run(to, shape, link.Text, tag);
            return;
        }

        var id = to.Relations.Add("hyperlink", AddressTemplate.Escaped(link.Address), isExternal: true);
        to.HasContent = true;
        to.Out.Write("<w:hyperlink xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\""u8);
        to.Out.WriteText(id);
        to.Out.Write("\"><w:r><w:rPr>"u8);
        to.Out.Write(to.Template.HasStyle("Hyperlink")
            ? PropertyOrder.Run(shape.RunProperties, ["<w:rStyle w:val=\"Hyperlink\"/>", .. format])
            : PropertyOrder.Run(shape.RunProperties, ["<w:color w:val=\"0563C1\"/>", "<w:u w:val=\"single\"/>", .. format]));
        to.Out.Write("</w:rPr><w:t xml:space=\"preserve\">"u8);
        ValueNode.WriteText(to, link.Text, tag);
        to.Out.Write("</w:t></w:r></w:hyperlink>"u8);
    }

    private static void Lines(WordRender to, LinesContent lines, Tag tag, TextShape shape)
    {
        for (var i = 0; i < lines.Lines.Length; i++)
        {
            if (i > 0)
            {
                to.Out.Write("</w:p>"u8);
                to.Out.Write(shape.NextParagraph);
            }

            Run(to, shape, lines.Lines[i], tag);
        }
    }

    private static void SignatureInline(WordRender to, SignatureContent signature, Tag tag, TextShape shape)
    {
        if (!signature.Image.IsNullish)
            Guarded(to, tag, () => Picture(to, PictureBytes.Find(signature.Image, to.Values.Options.Pictures), null, 540000, shape, "Signature of " + signature.Name));
        var line = signature.Image.IsNullish && signature.Date.Length == 0 ? "______________________________" : "";
        var words = string.Join('\n', new[] { line, signature.Name, signature.Role, signature.Date }.Where(text => text.Length > 0));
        if (!signature.Image.IsNullish)
            words = "\n" + words;
        Run(to, shape, words, tag);
    }
}
