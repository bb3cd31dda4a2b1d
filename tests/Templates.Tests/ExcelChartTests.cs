using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>A chart that lies within repeated rows comes with every repetition, whatever binds it to the sheet and of whichever kind it is.</summary>
public sealed class ExcelChartTests
{
    private const string Data = """{"crew":[{"name":"Kei","ds":[1,2]},{"name":"Ana","ds":[3]}],"none":[]}""";
    private const string Chart = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:p><a:r><a:t>Days of {{c.name}}</a:t></a:r></a:p><c:ser><c:val><c:numRef><c:f>Sheet!$A$3:$A$3</c:f><c:numCache/></c:numRef></c:val></c:ser></c:chartSpace>";
    private const string NewerChart = "<cx:chartSpace xmlns:cx=\"http://schemas.microsoft.com/office/drawing/2014/chartex\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><cx:chartData><cx:data id=\"0\"><cx:numDim type=\"val\"><cx:f>_xlchart.v1.0</cx:f><cx:lvl ptCount=\"1\"><cx:pt idx=\"0\">9</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:title><a:p><a:r><a:t>Days of {{c.name}}</a:t></a:r></a:p></cx:title><cx:series><cx:tx><cx:txData><cx:f>Sheet!$A$2</cx:f><cx:v>{{c.name}}</cx:v></cx:txData></cx:tx></cx:series></cx:chart></cx:chartSpace>";
    private const string OldFrame = "<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"Chart 1\"/></xdr:nvGraphicFramePr><c:chart r:id=\"rId1\"/></xdr:graphicFrame><xdr:clientData/>";
    private const string NewerFrame = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice xmlns:cx1=\"http://schemas.microsoft.com/office/drawing/2015/9/8/chartex\" Requires=\"cx1\"><xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"Chart 1\"/></xdr:nvGraphicFramePr><cx:chart xmlns:cx=\"http://schemas.microsoft.com/office/drawing/2014/chartex\" r:id=\"rId1\"/></xdr:graphicFrame></mc:Choice><mc:Fallback><xdr:sp macro=\"\"><xdr:nvSpPr><xdr:cNvPr id=\"0\" name=\"\"/></xdr:nvSpPr></xdr:sp></mc:Fallback></mc:AlternateContent><xdr:clientData/>";
    private const string OneCell = "<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"900000\" cy=\"?\"/>";

    private static List<string> Found(ReadPackage document, string part, string pattern) => [.. Regex.Matches(document.Markup(part), pattern).Select(match => match.Groups[1].Value)];

    /// <summary>Rows 2 to 7 are repeated for every person, row 3 for every day; row 5 is 40 points high, all others 15.</summary>
    private static byte[] Template(string anchor, bool newer = false, string list = "crew") => Repacked.With(
        Repacked.Sheet([("A1", "h"), ("A2", "{{#for c in " + list + "}}{{c.name}}"), ("A3", "{{#row for d in c.ds}}{{d}}"), ("A5", ""), ("A7", "end{{/for}}"), ("A8", "after")], "<drawing r:id=\"rId1\"/>", Repacked.Relations(("rId1", "drawing", "../drawings/drawing1.xml", false)),
            ("xl/drawings/drawing1.xml", $"<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">{anchor}</xdr:wsDr>"),
            ("xl/drawings/_rels/drawing1.xml.rels", newer
                ? Repacked.Relations(("rId1", "chart", "../charts/chartEx1.xml", false)).Replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart", "http://schemas.microsoft.com/office/2014/relationships/chartEx", StringComparison.Ordinal)
                : Repacked.Relations(("rId1", "chart", "../charts/chart1.xml", false))),
            newer ? ("xl/charts/chartEx1.xml", NewerChart) : ("xl/charts/chart1.xml", Chart)),
        (name, text) => name switch
        {
            "xl/worksheets/sheet1.xml" => text.Replace("<row r=\"5\">", "<row r=\"5\" ht=\"40\" customHeight=\"1\">", StringComparison.Ordinal),
            "xl/workbook.xml" => text.Replace("</sheets>", "</sheets><definedNames><definedName name=\"_xlchart.v1.0\" hidden=\"1\">Sheet!$A$3:$A$3</definedName></definedNames>", StringComparison.Ordinal),
            _ => text,
        });

    [Theory]
    [InlineData("<xdr:twoCellAnchor editAs=\"oneCell\"><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>#</xdr:twoCellAnchor>", "4 8 10 14")]
    [InlineData("<xdr:twoCellAnchor editAs=\"absolute\"><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>9</xdr:rowOff></xdr:to>#</xdr:twoCellAnchor>", "4 7 10 13")]
    [InlineData("<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"900000\" cy=\"1079500\"/>#</xdr:oneCellAnchor>", "4 10")]
    [InlineData("<xdr:absoluteAnchor><xdr:pos x=\"700000\" y=\"571600\"/><xdr:ext cx=\"900000\" cy=\"1000000\"/>#</xdr:absoluteAnchor>", "4 10")]
    public void A_chart_comes_with_every_repetition_however_it_is_anchored(string anchor, string rows)
    {
        foreach (var newer in new[] { false, true })
        {
            var document = Xlsx.Render(Template(anchor.Replace("#", newer ? NewerFrame : OldFrame, StringComparison.Ordinal), newer), Data);

            var chart = newer ? "chartEx" : "chart";
            string.Join(' ', Found(document, "xl/drawings/drawing1.xml", "<xdr:row>(\\d+)")).ShouldBe(rows);
            Found(document, "xl/drawings/drawing1.xml", "cx?:chart [^>]*r:id=\"(\\w+)\"").Distinct().Count().ShouldBe(2);
            Found(document, "xl/drawings/drawing1.xml", "cNvPr id=\"(\\d+)\"").ShouldBeUnique();
            Found(document, "xl/drawings/drawing1.xml", "name=\"([^\"]+)\"").ShouldBeUnique();
            Found(document, "xl/drawings/_rels/drawing1.xml.rels", "Type=\"[^\"]+/(\\w+)\"").ShouldBe([chart, chart]);
            Found(document, $"xl/charts/{chart}1.xml", "Days of (\\w+)").ShouldBe(["Kei"]);
            Found(document, $"xl/charts/{chart}2.xml", "Days of (\\w+)").ShouldBe(["Ana"]);
            Found(document, $"xl/charts/{chart}1.xml", "x?:f>([^<]+)")[0].ShouldBe("Sheet!$A$3:$A$4");
            Found(document, $"xl/charts/{chart}2.xml", "x?:f>([^<]+)")[0].ShouldBe("Sheet!$A$10:$A$10");
        }
    }

    [Fact]
    public void The_title_of_a_newer_chart_is_one_cell_and_is_read_anew()
    {
        var document = Xlsx.Render(Template(OneCell.Replace("?", "500000", StringComparison.Ordinal) + NewerFrame + "</xdr:oneCellAnchor>", newer: true), Data);

        Found(document, "xl/charts/chartEx2.xml", "<cx:txData>(.*)</cx:txData>").ShouldBe(["<cx:f>Sheet!$A$9</cx:f>"]);
        document.Markup("xl/charts/chartEx2.xml").ShouldNotContain("cx:lvl");
    }

    [Fact]
    public void A_chart_too_high_for_the_repeated_rows_stands_beside_the_list()
    {
        // Rows 4 to 7 are 85 points high together.
        var document = Xlsx.Render(Template((OneCell.Replace("?", "1079501", StringComparison.Ordinal) + OldFrame + "</xdr:oneCellAnchor>").Replace("{{c.name}}", "", StringComparison.Ordinal)), Data.Replace("\"none\"", "\"c\":{\"name\":\"all\"},\"none\"", StringComparison.Ordinal));

        document.Names.ShouldNotContain("xl/charts/chart2.xml");
        Found(document, "xl/charts/chart1.xml", "c:f>([^<]+)").ShouldBe(["Sheet!$A$3:$A$10"]);
    }

    [Fact]
    public void A_newer_chart_of_an_empty_list_goes()
    {
        var document = Xlsx.Render(Template(OneCell.Replace("?", "500000", StringComparison.Ordinal) + NewerFrame + "</xdr:oneCellAnchor>", newer: true, "none"), Data);

        document.Names.ShouldNotContain("xl/charts/chartEx1.xml");
        document.Markup("xl/drawings/drawing1.xml").ShouldNotContain("Anchor>");
    }

    [Fact]
    public void All_charts_of_a_group_have_parts_of_their_own()
    {
        var template = Repacked.With(Template(OneCell.Replace("?", "500000", StringComparison.Ordinal) + "<xdr:grpSp>" + OldFrame.Replace("<xdr:clientData/>", "", StringComparison.Ordinal) + OldFrame.Replace("rId1", "rId2", StringComparison.Ordinal).Replace("id=\"2\"", "id=\"3\"", StringComparison.Ordinal).Replace("<xdr:clientData/>", "", StringComparison.Ordinal) + "</xdr:grpSp><xdr:clientData/></xdr:oneCellAnchor>"),
            (name, text) => name == "xl/drawings/_rels/drawing1.xml.rels" ? Repacked.Relations(("rId1", "chart", "../charts/chart1.xml", false), ("rId2", "chart", "../charts/chart5.xml", false)) : text, ("xl/charts/chart5.xml", Chart));

        var document = Xlsx.Render(template, Data);

        Found(document, "xl/drawings/drawing1.xml", "c:chart r:id=\"(\\w+)\"").Distinct().Count().ShouldBe(4);
        document.Names.Count(name => name.StartsWith("xl/charts/chart", StringComparison.Ordinal)).ShouldBe(4);
    }
}
