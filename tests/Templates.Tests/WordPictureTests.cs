using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>Pictures of every kind, their place and their size.</summary>
public sealed class WordPictureTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8AARAAHAgH/hFcD0QAAAABJRU5ErkJggg==";
    private const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\" fill=\"#c00\"/></svg>";
    private const string Data = $$"""{"photo":"data:image/png;base64,{{Png}}","n":null,"xs":["data:image/png;base64,{{Png}}","data:image/png;base64,{{Png}}"]}""";

    /// <summary>A JPEG of 40 by 20 pixels that says how the camera was held; only what is read of it.</summary>
    internal static byte[] Jpeg(int orientation) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        0xFF, 0xC0, 0, 11, 8, 0, 20, 0, 40, 1, 1, 0x11, 0, 0xFF, 0xD9,
    ];

    private static byte[] Gif => [.. "GIF89a"u8, 40, 0, 20, 0, 0, 0, 0];

    private static byte[] Bmp => [.. "BM"u8, .. new byte[16], 40, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0];

    private static string Placeholder(string description, string relation = "rId1", string crop = "") => "<w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"1000000\" cy=\"1000000\"/><wp:docPr id=\"1\" name=\"P\" descr=\"" + Docx.Escape(description).Replace("\"", "&quot;", StringComparison.Ordinal) + "\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"P\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"" + relation + "\"/>" + crop + "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1000000\" cy=\"1000000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>";

    private static byte[] Template(string body) => With(Docx.OfBody(body), ("rId1", "image", "media/image1.svg", Svg));

    private static string Sizes(ReadPackage document) => string.Join(' ', System.Text.RegularExpressions.Regex.Matches(document.Markup("word/document.xml"), "wp:extent cx=\"(\\d+)\" cy=\"(\\d+)\"").Select(match => match.Groups[1].Value + "x" + match.Groups[2].Value));

    [Theory]
    [InlineData("{{photo | image}}", "19050x9525")]
    [InlineData("{{photo | image: width=\"2cm\"}}", "720000x360000")]
    [InlineData("{{photo | image: height=\"1in\"}}", "1828800x914400")]
    [InlineData("{{photo | image: width=\"72pt\", height=\"20mm\"}}", "914400x720000")]
    public void A_picture_has_the_size_that_is_asked_for(string tag, string size) => Sizes(Open(Docx.Of(tag), Data)).ShouldBe(size);

    [Theory]
    [InlineData("gif")]
    [InlineData("bmp")]
    [InlineData("svg")]
    [InlineData("jpeg")]
    public void Every_kind_of_picture_is_fitted_into_the_placeholder(string kind)
    {
        var picture = kind switch { "gif" => Gif, "bmp" => Bmp, "svg" => System.Text.Encoding.UTF8.GetBytes(Svg), _ => Jpeg(1) };

        var document = Open(Template(P(Placeholder("{{p}}", crop: "<a:srcRect l=\"1000\"/>"))), """{"p":"x"}""", library: _ => picture);

        Sizes(document).ShouldBe("1000000x500000");
        document.Names.ShouldContain(name => name.EndsWith("." + kind, StringComparison.Ordinal));
        document.Markup("word/document.xml").ShouldNotContain("srcRect");
    }

    [Theory]
    [InlineData(3, "1000000x500000", "10800000", false)]
    [InlineData(6, "1000000x500000", "5400000", false)]
    [InlineData(8, "1000000x500000", "16200000", false)]
    [InlineData(5, "1000000x500000", "16200000", true)]
    public void A_photo_stands_upright_as_the_camera_was_held(int orientation, string size, string turn, bool mirrored)
    {
        var document = Open(Template(P(Placeholder("{{p}}"))), """{"p":"x"}""", library: _ => Jpeg(orientation));

        Sizes(document).ShouldBe(size);
        Found(document, "<a:xfrm rot=\"(\\d+)\"").ShouldBe([turn]);
        document.Markup("word/document.xml").Contains("flipH", StringComparison.Ordinal).ShouldBe(mirrored);
    }

    [Fact]
    public void Equal_pictures_are_stored_once_and_the_placeholder_goes()
    {
        var document = Open(Template(P("{{#for x in xs}}") + P(Placeholder("{{x}}")) + P("{{/for}}") + P("{{photo | image}}")), Data);

        document.Names.Where(name => name.Contains("media", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldEndWith(".png");
        Found(document, "docPr id=\"(\\d+)\"").Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void A_picture_the_template_holds_already_is_not_stored_again() =>
        Open(Template(P("{{p | image}}", Placeholder("kept"))), """{"p":"x"}""", library: _ => System.Text.Encoding.UTF8.GetBytes(Svg)).Names.Count(name => name.EndsWith(".svg", StringComparison.Ordinal)).ShouldBe(1);

    [Fact]
    public void Null_leaves_nothing()
    {
        var document = Open(Template(P("a", Placeholder("{{n}}")) + P("b{{n | image}}")), Data);

        document.Markup("word/document.xml").ShouldNotContain("drawing");
        document.Names.ShouldNotContain(name => name.Contains("media", StringComparison.Ordinal));
    }

    [Fact]
    public void The_old_form_of_a_placeholder_is_filled_too()
    {
        const string Old = "<w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" id=\"s\" style=\"width:100pt;height:100pt\" alt=\"{{photo}}\"><v:imagedata r:id=\"rId1\"/></v:shape></w:pict></w:r>";

        var document = Open(Template(P(Old)), Data);

        Found(document, "style=\"([^\"]+)\"").ShouldBe(["width:100pt;height:50pt"]);
        document.Names.Where(name => name.Contains("media", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldEndWith(".png");
    }

    [Fact]
    public void Alternative_texts_hold_sections_too() =>
        Found(Open(Template(P(Placeholder("Map{{#if photo}} of {{xs.length}}{{/if}}"))), Data), "descr=\"([^\"]+)\"").ShouldBe(["Map of 2"]);

    [Theory]
    [InlineData("{{#if photo}}open")]
    [InlineData("{{/if}}")]
    public void Sections_of_an_alternative_text_must_be_closed_there(string text) =>
        Docx.Render(Template(P(Placeholder("x " + text))), Data).Errors.ShouldHaveSingleItem().Code.ShouldBe(text[2] == '#' ? "T003" : "T002");

    [Theory]
    [InlineData("{{'not base64' | image}}")]
    [InlineData("{{'data:image/png;base64,AAAA' | image}}")]
    [InlineData("{{'https://h.org/x.png' | image}}")]
    [InlineData("{{[1,2,3] | image}}")]
    public void What_is_no_picture_is_told(string tag) => Docx.Render(Docx.Of(tag), Data).Errors.ShouldHaveSingleItem().Code.ShouldBe("T010");

    [Fact]
    public void A_program_that_knows_no_svg_sees_its_shapes_and_colours()
    {
        const string Logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><style>.b{fill:#0000ff}</style><rect width=\"20\" height=\"20\" fill=\"#c00\"/><g transform=\"translate(20 0)\"><path class=\"b\" d=\"M0,0h20v20H0z\"/></g></svg>";

        var document = Open(Docx.Of("{{'x' | image: width=\"4cm\"}}"), "{}", library: _ => System.Text.Encoding.UTF8.GetBytes(Logo));

        document.Markup("word/document.xml").ShouldContain("svgBlip");
        var png = document.Bytes(document.Names.Single(name => name.EndsWith(".png", StringComparison.Ordinal)));
        Pixel(png, 100, 250).ShouldBe("CC0000FF");
        Pixel(png, 900, 250).ShouldBe("0000FFFF");
    }

    [Fact]
    public void A_picture_of_which_nothing_can_be_drawn_is_a_frame()
    {
        var document = Open(Docx.Of("{{'x' | image}}"), "{}", library: _ => "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><text>hello</text></svg>"u8.ToArray());

        Pixel(document.Bytes(document.Names.Single(name => name.EndsWith(".png", StringComparison.Ordinal))), 500, 1).ShouldBe("7F7F7FFF");
    }

    /// <summary>Red, green, blue and opacity of a pixel of a PNG whose rows are stored as they are.</summary>
    private static string Pixel(byte[] png, int x, int y)
    {
        var width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var zlib = new System.IO.Compression.ZLibStream(new MemoryStream(png, 41, length), System.IO.Compression.CompressionMode.Decompress);
        var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return Convert.ToHexString(rows.ToArray(), y * (1 + width * 4) + 1 + x * 4, 4);
    }

    [Theory]
    [InlineData("{{'4006381333931' | barcode: type=\"ean13\"}}", 115)]
    [InlineData("{{'400638133393' | barcode: type=\"EAN-13\"}}", 115)]
    [InlineData("{{'PO-12' | barcode: type=\"code39\"}}", 131)]
    [InlineData("{{'Kei 12' | barcode}}", 121)]
    public void Barcodes_have_as_many_bars_as_their_kind_says(string tag, int modules)
    {
        var document = Open(Docx.Of(tag), "{}");

        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(document.Bytes(document.Names.Single(name => name.EndsWith(".png", StringComparison.Ordinal))).AsSpan(16)).ShouldBe(modules * 3);
    }

    [Theory]
    [InlineData("{{'4006381333930' | barcode: type=\"ean13\"}}", "T010")]
    [InlineData("{{'é' | barcode: type=\"code39\"}}", "T010")]
    [InlineData("{{'x' | barcode: type=\"aztec\"}}", "T006")]
    public void A_text_a_barcode_cannot_hold_is_told(string tag, string code) => Docx.Render(Docx.Of(tag), "{}").Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
}
