using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>What belongs to a sheet goes with its rows: notes, links, pictures, charts, formats.</summary>
public sealed class ExcelPartTests
{
    private const string Rows = """{"name":"Kei","xs":["a","b"],"crew":[{"name":"Kei","ds":[1,2]},{"name":"Ana","ds":[3]}]}""";
    private const string Picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private static List<string> Found(ReadPackage document, string part, string pattern) => [.. Regex.Matches(document.Markup(part), pattern).Select(match => match.Groups[1].Value)];

    [Fact]
    public void A_note_cut_into_runs_is_filled_and_goes_with_every_copy_of_its_cell()
    {
        var template = Repacked.Sheet([("A2", "{{#row for x in xs}}{{x}}"), ("B3", "end")], "<legacyDrawing r:id=\"rId2\"/>",
            Repacked.Relations(("rId1", "comments", "../comments1.xml", false), ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml", false)),
            ("xl/comments1.xml", $"<comments xmlns=\"{ReadPackage.S}\"><authors><author>x</author></authors><commentList><comment ref=\"A2\" authorId=\"0\"><text><r><t>No {{{{</t></r><r><rPr><b/></rPr><t>x}}}}!</t></r></text></comment></commentList></comments>"),
            ("xl/drawings/vmlDrawing1.vml", "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shape id=\"_x0000_s1025\"><x:ClientData ObjectType=\"Note\"><x:Anchor>1, 15, 1, 10, 3, 15, 4, 4</x:Anchor><x:Row>1</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>"));

        var document = Xlsx.Render(template, Rows);

        Found(document, "xl/comments1.xml", "comment ref=\"(\\w+)\"").ShouldBe(["A2", "A3"]);
        Found(document, "xl/comments1.xml", ">([^<>]+)</t>").ShouldBe(["No a", "!", "No b", "!"]);
        Found(document, "xl/drawings/vmlDrawing1.vml", "<x:Row>(\\d+)").ShouldBe(["1", "2"]);
        Found(document, "xl/drawings/vmlDrawing1.vml", "<v:shape id=\"(\\w+)\"").Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void A_link_whose_address_holds_a_tag_has_an_address_for_every_row()
    {
        var template = Repacked.Sheet([("A2", "{{#row for x in xs}}{{x}}")], "<hyperlinks><hyperlink ref=\"A2\" r:id=\"rId1\"/></hyperlinks>", Repacked.Relations(("rId1", "hyperlink", "https://h.org/%7B%7Bx%7D%7D", true)));

        var document = Xlsx.Render(template, Rows);

        Found(document, "xl/worksheets/_rels/sheet1.xml.rels", "Target=\"([^\"]+)\"").ShouldBe(["https://h.org/a", "https://h.org/b"]);
        Found(document, "xl/worksheets/sheet1.xml", "hyperlink ref=\"(\\w+)\"").ShouldBe(["A2", "A3"]);
    }

    [Fact]
    public void Sections_in_a_cell_of_several_formats_keep_the_formats()
    {
        var template = Repacked.With(Xlsx.Of(("A1", "?")), (_, text) => text.Replace("<is><t>?</t></is>", "<is><r><t>{{#for x in xs}}</t></r><r><rPr><b/></rPr><t>{{x}}</t></r><r><t>,{{/for}}!</t></r></is>", StringComparison.Ordinal));

        var document = Xlsx.Render(template, Rows);

        Xlsx.Show(document, "A1").ShouldBe("a,b,!");
        Found(document, "xl/worksheets/sheet1.xml", "<b/></rPr><t xml:space=\"preserve\">(\\w)").ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_picture_in_a_cell_is_anchored_to_its_cell_and_stored_once()
    {
        var document = Xlsx.Render(Xlsx.Of(("B2", "{{#row for x in xs}}{{p | image: width=\"1cm\"}}")), $$"""{"xs":[1,2],"p":"{{Picture}}"}""");

        Found(document, "xl/drawings/drawing1.xml", "<xdr:row>(\\d+)").ShouldBe(["1", "2"]);
        Found(document, "xl/drawings/_rels/drawing1.xml.rels", "Target=\"([^\"]+)\"").ShouldBe(["/xl/media/filled1.png"]);
        document.Markup("xl/worksheets/sheet1.xml").ShouldContain("<drawing ");
    }

    [Fact]
    public void An_anchored_picture_goes_with_its_row_and_a_placeholder_is_filled()
    {
        const string Drawing = "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"2\" name=\"P\" descr=\"{{x}}\"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed=\"rId1\"/></xdr:blipFill><xdr:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"500\" cy=\"900\"/></a:xfrm></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>";
        var template = Repacked.Sheet([("A2", "{{#row for x in xs}}{{loop.number}}")], "<drawing r:id=\"rId1\"/>", Repacked.Relations(("rId1", "drawing", "../drawings/drawing1.xml", false)),
            ("xl/drawings/drawing1.xml", Drawing), ("xl/drawings/_rels/drawing1.xml.rels", Repacked.Relations(("rId1", "image", "../media/image1.png", false))), ("xl/media/image1.png", "placeholder"));

        var document = Xlsx.Render(template, $$"""{"xs":["{{Picture}}",null,"{{Picture}}"]}""");

        Found(document, "xl/drawings/drawing1.xml", "<xdr:row>(\\d+)").ShouldBe(["1", "3"]);
        Found(document, "xl/drawings/drawing1.xml", "xdr:ext (cx=\"\\d+\" cy=\"\\d+\")").ShouldBe(["cx=\"500\" cy=\"500\"", "cx=\"500\" cy=\"500\""]);
        document.Names.ShouldNotContain("xl/media/image1.png");
        Found(Xlsx.Render(template, """{"xs":[]}"""), "xl/drawings/drawing1.xml", "<xdr:row>(\\d+)").ShouldBeEmpty();
    }

    [Fact]
    public void An_svg_comes_with_pixels_for_programs_that_know_no_svg()
    {
        const string Drawing = "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"500\" cy=\"900\"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"2\" name=\"P\" descr=\"{{'x'}}\"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed=\"rId1\"><a:lum/><a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"rId2\"/></a:ext></a:extLst></a:blip><a:srcRect l=\"20000\"/><a:stretch/></xdr:blipFill><xdr:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"500\" cy=\"900\"/></a:xfrm></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>";
        var template = Repacked.Sheet([("B2", "{{'x' | image}}")], "<drawing r:id=\"rId1\"/>", Repacked.Relations(("rId1", "drawing", "../drawings/drawing1.xml", false)),
            ("xl/drawings/drawing1.xml", Drawing), ("xl/drawings/_rels/drawing1.xml.rels", Repacked.Relations(("rId1", "image", "../media/image1.png", false), ("rId2", "image", "../media/image2.svg", false))), ("xl/media/image1.png", "placeholder"), ("xl/media/image2.svg", "placeholder"));

        var result = new RenderJob { Name = "sheet.xlsx", Template = template, Data = "{}"u8.ToArray(), Library = _ => "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\" fill=\"#c00\"/></svg>"u8.ToArray() }.Run();

        var document = new ReadPackage(result.Document!);
        Invariants.Hold(document);
        var targets = Regex.Matches(document.Markup("xl/drawings/_rels/drawing1.xml.rels"), "Id=\"(\\w+)\"[^>]*Target=\"([^\"]+)\"").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Found(document, "xl/drawings/drawing1.xml", "<a:blip [^>]*r:embed=\"(\\w+)\"").Select(id => Path.GetExtension(targets[id])).ShouldBe([".png", ".png"]);
        Found(document, "xl/drawings/drawing1.xml", "svgBlip [^>]*r:embed=\"(\\w+)\"").Select(id => Path.GetExtension(targets[id])).ShouldBe([".svg", ".svg"]);
        document.Markup("xl/drawings/drawing1.xml").ShouldNotContain("srcRect");
        document.Names.Where(name => name.StartsWith("xl/media/", StringComparison.Ordinal)).Order().ShouldBe(["xl/media/filled1.svg", "xl/media/filled1.png"], ignoreOrder: true);
    }

    [Fact]
    public void Notes_and_links_of_a_row_go_when_its_list_is_empty()
    {
        var template = Repacked.Sheet([("A2", "{{#row for x in xs}}{{x}}")], "<hyperlinks><hyperlink ref=\"A2\" r:id=\"rId1\"/></hyperlinks>",
            Repacked.Relations(("rId1", "hyperlink", "https://h.org/%7B%7Bx%7D%7D", true), ("rId2", "comments", "../comments1.xml", false)),
            ("xl/comments1.xml", $"<comments xmlns=\"{ReadPackage.S}\"><authors><author>x</author></authors><commentList><comment ref=\"A2\" authorId=\"0\"><text><t>{{{{x}}}}</t></text></comment></commentList></comments>"));

        var document = Xlsx.Render(template, """{"xs":[]}""");

        document.Markup("xl/comments1.xml").ShouldNotContain("<comment ");
        document.Markup("xl/worksheets/sheet1.xml").ShouldNotContain("<hyperlink");
    }

    [Fact]
    public void Formats_of_one_row_of_a_pair_stay_on_that_row()
    {
        var template = Repacked.Sheet([("A2", "{{#for x in xs}}{{x}}"), ("A3", "second{{/for}}")], "<conditionalFormatting sqref=\"A3\"><cfRule type=\"expression\" priority=\"1\"><formula>$A3&gt;1</formula></cfRule></conditionalFormatting>", Repacked.Relations());

        Found(Xlsx.Render(template, Rows), "xl/worksheets/sheet1.xml", "sqref=\"([^\"]+)\"").ShouldBe(["A3 A5"]);
    }

    [Fact]
    public void A_copied_sheet_has_a_chart_of_its_own_with_its_own_ranges()
    {
        const string Drawing = "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><xdr:absoluteAnchor><c:chart r:id=\"rId1\"/></xdr:absoluteAnchor></xdr:wsDr>";
        const string Chart = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:p><a:r><a:t>Days of {{c.</a:t></a:r><a:r><a:t>name}}</a:t></a:r></a:p><c:f>'{{c.name}}'!$A$2:$A$2</c:f></c:chartSpace>";
        var template = Repacked.With(
            Repacked.Sheet([("A1", "{{#sheet for c in crew}}{{c.name}}"), ("A2", "{{#row for d in c.ds}}{{d}}")], "<drawing r:id=\"rId1\"/>", Repacked.Relations(("rId1", "drawing", "../drawings/drawing1.xml", false)),
                ("xl/drawings/drawing1.xml", Drawing), ("xl/drawings/_rels/drawing1.xml.rels", Repacked.Relations(("rId1", "chart", "../charts/chart1.xml", false))), ("xl/charts/chart1.xml", Chart)),
            (name, text) => name == "xl/workbook.xml" ? text.Replace("name=\"Sheet\"", "name=\"{{c.name}}\"", StringComparison.Ordinal) : text);

        var document = Xlsx.Render(template, Rows);

        Found(document, "xl/charts/chart1.xml", "(?:<a:t>|<c:f>)([^<]+)").ShouldBe(["Days of Kei", "Kei!$A$2:$A$3"]);
        Found(document, "xl/charts/chart2.xml", "(?:<a:t>|<c:f>)([^<]+)").ShouldBe(["Days of Ana", "Ana!$A$2:$A$2"]);
    }

    private const string ChartMarkup = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:p><a:r><a:t>Days of {{c.name}}</a:t></a:r></a:p><c:ser><c:cat><c:strRef><c:f>Sheet!$B$1:$C$1</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet!$A$3:$A$3</c:f><c:numCache/></c:numRef></c:val></c:ser></c:chartSpace>";

    /// <summary>Rows 2 to 7 are repeated for every person, row 3 for every day; the chart lies over rows 4 to <paramref name="end"/>.</summary>
    private static byte[] ChartInRows(int end, string chart, string list = "crew") => Repacked.Sheet(
        [("A1", "h"), ("A2", "{{#for c in " + list + "}}{{c.name}}"), ("A3", "{{#row for d in c.ds}}{{d}}"), ("A7", "end{{/for}}"), ("A8", "after")], "<drawing r:id=\"rId1\"/>", Repacked.Relations(("rId1", "drawing", "../drawings/drawing1.xml", false)),
        ("xl/drawings/drawing1.xml", $"<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{end}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"Chart\"/></xdr:nvGraphicFramePr><c:chart r:id=\"rId1\"/></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"),
        ("xl/drawings/_rels/drawing1.xml.rels", Repacked.Relations(("rId1", "chart", "../charts/chart1.xml", false))), ("xl/charts/chart1.xml", chart));

    [Fact]
    public void A_chart_in_repeated_rows_comes_with_every_repetition_and_shows_its_rows()
    {
        var document = Xlsx.Render(ChartInRows(7, ChartMarkup), Rows);

        Found(document, "xl/drawings/drawing1.xml", "<xdr:row>(\\d+)").ShouldBe(["4", "8", "10", "14"]);
        Found(document, "xl/drawings/drawing1.xml", "c:chart r:id=\"(\\w+)\"").Distinct().Count().ShouldBe(2);
        Found(document, "xl/drawings/drawing1.xml", "cNvPr id=\"(\\d+)\"").ShouldBeUnique();
        Found(document, "xl/charts/chart1.xml", "(?:<a:t>|<c:f>)([^<]+)").ShouldBe(["Days of Kei", "Sheet!$B$1:$C$1", "Sheet!$A$3:$A$4"]);
        Found(document, "xl/charts/chart2.xml", "(?:<a:t>|<c:f>)([^<]+)").ShouldBe(["Days of Ana", "Sheet!$B$1:$C$1", "Sheet!$A$10:$A$10"]);
        document.Markup("xl/charts/chart2.xml").ShouldNotContain("numCache");
    }

    [Fact]
    public void A_chart_of_rows_that_are_not_there_goes_with_them()
    {
        var document = Xlsx.Render(ChartInRows(7, ChartMarkup, "none"), """{"none":[]}""");

        document.Markup("xl/drawings/drawing1.xml").ShouldNotContain("graphicFrame");
        document.Names.ShouldNotContain("xl/charts/chart1.xml");
    }

    [Fact]
    public void A_chart_that_reaches_beyond_the_repeated_rows_stands_beside_the_list_and_shows_all_of_it()
    {
        var document = Xlsx.Render(ChartInRows(9, ChartMarkup.Replace("{{c.name}}", "{{name}}", StringComparison.Ordinal)), Rows);

        document.Names.ShouldNotContain("xl/charts/chart2.xml");
        Found(document, "xl/charts/chart1.xml", "(?:<a:t>|<c:f>)([^<]+)").ShouldBe(["Days of Kei", "Sheet!$B$1:$C$1", "Sheet!$A$3:$A$10"]);
    }

    [Theory]
    [InlineData("See {{p | image: width=\"1cm\"}} here", "See  here")]
    [InlineData("{{#if name}}{{p | image: width=\"1cm\"}}{{/if}}", "")]
    [InlineData("{{name}}{{'a' | qr: size=\"1cm\"}}", "Kei")]
    public void A_picture_among_words_lies_over_the_cell_and_the_words_stay(string cell, string words)
    {
        var document = Xlsx.Render(Xlsx.Of(("B2", cell)), $$"""{"name":"Kei","p":"{{Picture}}"}""");

        Xlsx.Show(document, "B2").ShouldBe(words);
        Found(document, "xl/drawings/drawing1.xml", "<xdr:row>(\\d+)").ShouldBe(["1"]);
        Found(document, "xl/drawings/drawing1.xml", "xdr:ext (cx=\"\\d+\")").ShouldBe(["cx=\"360000\""]);
    }

    [Fact]
    public void A_picture_among_words_of_several_formats_is_placed_once()
    {
        var template = Repacked.With(Xlsx.Of(("A1", "?")), (_, text) => text.Replace("<is><t>?</t></is>", "<is><r><t>x {{p | image: width=\"1cm\"}}</t></r><r><rPr><b/></rPr><t>y</t></r></is>", StringComparison.Ordinal));

        var document = Xlsx.Render(template, $$"""{"p":"{{Picture}}"}""");

        Xlsx.Show(document, "A1").ShouldBe("x y");
        Found(document, "xl/drawings/drawing1.xml", "<xdr:row>(\\d+)").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1, "", "40x20", "40x20")]
    [InlineData(6, " rot=\"5400000\"", "20x40", "40x20")]
    [InlineData(5, " rot=\"16200000\" flipH=\"1\"", "20x40", "40x20")]
    public void A_photo_stands_upright_as_the_camera_was_held(int orientation, string turn, string seen, string stored)
    {
        var result = new RenderJob { Name = "sheet.xlsx", Template = Xlsx.Of(("A1", "{{'x' | image}}")), Data = "{}"u8.ToArray(), Library = _ => WordPictureTests.Jpeg(orientation) }.Run();

        var drawing = new ReadPackage(result.Document!).Markup("xl/drawings/drawing1.xml");
        Regex.Match(drawing, "<a:xfrm([^>]*)>").Groups[1].Value.ShouldBe(turn);
        Size("xdr:ext").ShouldBe(seen);
        Size("a:ext").ShouldBe(stored);

        string Size(string element) => string.Join('x', Regex.Match(drawing, $"<{element} cx=\"(\\d+)\" cy=\"(\\d+)\"").Groups.Values.Skip(1).Select(size => int.Parse(size.Value, System.Globalization.CultureInfo.InvariantCulture) / 9525));
    }

    [Fact]
    public void Messages_of_data_validation_are_filled()
    {
        const string Validation = "<dataValidations count=\"1\"><dataValidation type=\"list\" promptTitle=\"{{name}}\" prompt=\"Days of {{name}}{{#if xs}} &amp; all{{/if}}\" errorTitle=\"No\" error=\"Ask {{crew[1].name}}\" sqref=\"A2\"><formula1>\"a,b\"</formula1></dataValidation></dataValidations>";

        var document = Xlsx.Render(Repacked.Sheet([("A2", "x")], Validation, Repacked.Relations()), Rows);

        Found(document, "xl/worksheets/sheet1.xml", "(?:promptTitle|prompt|errorTitle|error)=\"([^\"]+)\"").ShouldBe(["Kei", "Days of Kei &amp; all", "No", "Ask Ana"]);
    }

    [Fact]
    public void A_message_that_is_too_long_for_Excel_is_told()
    {
        const string Validation = "<dataValidations count=\"1\"><dataValidation promptTitle=\"{{name.repeat(20)}}\" sqref=\"A2\"/></dataValidations>";

        var error = new RenderJob { Name = "sheet.xlsx", Template = Repacked.Sheet([("A2", "x")], Validation, Repacked.Relations()), Data = System.Text.Encoding.UTF8.GetBytes(Rows) }.Run().Errors.ShouldHaveSingleItem();

        error.Code.ShouldBe("T012");
        error.Message.ShouldContain("60 characters; Excel allows 32");
    }

    [Fact]
    public void A_sheet_without_tags_and_formulas_is_carried_over_byte_for_byte()
    {
        var template = Xlsx.OfSheets([("One", [("A1", "{{name}}")]), ("Two", [("A1", "plain")])]);

        Xlsx.Render(template, Rows).Markup("xl/worksheets/sheet2.xml").ShouldBe(new ReadPackage(template).Markup("xl/worksheets/sheet2.xml"));
    }

    [Fact]
    public void A_formula_to_another_workbook_keeps_its_value_and_the_link_goes()
    {
        var template = Repacked.With(Xlsx.Of(("A1", "{{name}}"), ("B1", "=[1]Sheet1!A1+1")), (name, text) => name switch
        {
            "xl/workbook.xml" => text.Replace("</sheets>", "</sheets><externalReferences><externalReference r:id=\"rId9\"/></externalReferences>", StringComparison.Ordinal),
            "xl/_rels/workbook.xml.rels" => text.Replace("</Relationships>", "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink\" Target=\"externalLinks/externalLink1.xml\"/></Relationships>", StringComparison.Ordinal),
            _ => text,
        }, ("xl/externalLinks/externalLink1.xml", $"<externalLink xmlns=\"{ReadPackage.S}\"/>"), ("xl/externalLinks/_rels/externalLink1.xml.rels", Repacked.Relations(("rId1", "externalLinkPath", "file:///x.xlsx", true))));

        var document = Xlsx.Render(template, Rows);

        Xlsx.Show(document, "B1").ShouldBe("0");
        document.Names.ShouldNotContain("xl/externalLinks/externalLink1.xml");
        document.Markup("xl/workbook.xml").ShouldNotContain("externalReference");
    }

    [Fact]
    public void Text_that_looks_like_a_character_code_of_Excel_stays_text() =>
        Xlsx.Render(Xlsx.Of(("A1", "{{a}}")), """{"a":"_x0041_"}""").Markup("xl/worksheets/sheet1.xml").ShouldContain("_x005F_x0041_");

    [Fact]
    public void Parts_may_name_their_namespaces_otherwise()
    {
        var template = Repacked.With(Xlsx.Of(("A1", "{{#row for x in xs}}{{x}}"), ("A2", "=COUNTA(A1)")), (name, text) => name.StartsWith("xl/", StringComparison.Ordinal) && !name.EndsWith(".rels", StringComparison.Ordinal)
            ? Regex.Replace(text, "<(/?)([a-zA-Z]\\w*)(?=[\\s/>])", "<$1x:$2").Replace($"xmlns=\"{ReadPackage.S}\"", $"xmlns:x=\"{ReadPackage.S}\"", StringComparison.Ordinal)
            : text);

        Xlsx.Show(Xlsx.Render(template, Rows), "A3").ShouldBe("=COUNTA(A1:A2)");
    }
}
