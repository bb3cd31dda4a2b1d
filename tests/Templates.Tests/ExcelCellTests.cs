using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>What a value becomes in a cell (section 3, typed cells).</summary>
public sealed class ExcelCellTests
{
    private const string Styles = $"""
        <styleSheet xmlns="{ReadPackage.S}"><fonts count="1"><font><sz val="12"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="15" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="center"/></xf></cellXfs></styleSheet>
        """;

    /// <summary>A workbook with cell formats: 0 General, 1 a date, 2 centred.</summary>
    private static byte[] Styled(params (string Address, string Text, int Style)[] cells) => Repacked.With(
        Xlsx.Of([.. cells.Select(cell => (cell.Address, cell.Text))]), (name, text) => name switch
        {
            "xl/worksheets/sheet1.xml" => cells.Aggregate(text, (sheet, cell) => sheet.Replace($"<c r=\"{cell.Address}\"", $"<c r=\"{cell.Address}\" s=\"{cell.Style}\"", StringComparison.Ordinal)),
            "xl/_rels/workbook.xml.rels" => text.Replace("</Relationships>", "<Relationship Id=\"rIdS\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>", StringComparison.Ordinal),
            _ => text,
        }, ("xl/styles.xml", Styles));

    private static string Format(ReadPackage document, string address, string part = "xl/worksheets/sheet1.xml")
    {
        var style = Regex.Match(document.Markup(part), $"<c r=\"{address}\"(?: s=\"(\\d+)\")?").Groups[1].Value;
        return Regex.Matches(document.Markup("xl/styles.xml").Split("<cellXfs")[1], "<xf .*?(?:/>|</xf>)")[style.Length == 0 ? 0 : int.Parse(style, CultureInfo.InvariantCulture)].Value;
    }

    private static RenderResult Run(byte[] template, string data, string options) =>
        new RenderJob { Name = "sheet.xlsx", Template = template, Data = Encoding.UTF8.GetBytes(data), Options = Encoding.UTF8.GetBytes(options) }.Run();

    [Theory]
    [InlineData("\"2026-03-14\"", "date", 46095)]
    [InlineData("\"2026-03-14T18:00\"", "date", 46095)]
    [InlineData("\"2026-03-14T18:00\"", "datetime", 46095.75)]
    [InlineData("\"2026-03-14T18:00\"", "time", 0.75)]
    [InlineData("\"06:00\"", "time", 0.25)]
    [InlineData("\"6:00\"", "time", 0.25)]
    [InlineData("\"06:00:36\"", "time", 0.250416667)]
    [InlineData("\"2026-03-14T23:00Z\"", "datetime", 46095.666666667)]
    [InlineData("\"2026-03-14T03:00:00+02:00\"", "date", 46094)]
    [InlineData("\"2026-07-14T12:00Z\"", "time", 0.208333333)]
    [InlineData("\"1900-01-01\"", "date", 1)]
    [InlineData("\"1900-02-28\"", "date", 59)]
    [InlineData("\"1900-03-01\"", "date", 61)]
    [InlineData("\"9999-12-31\"", "date", 2958465)]
    public void Dates_and_times_are_numbers(string value, string formatter, double expected)
    {
        var result = Run(Xlsx.Of(("A1", "{{x | " + formatter + "}}")), $$"""{"x":{{value}}}""", """{"timezone":"America/Los_Angeles"}""");

        // 23:00 and 12:00 UTC are 16:00 in March, 05:00 in July on the west coast.
        Math.Round((double)new ReadPackage(result.Document!).Cell("xl/worksheets/sheet1.xml", "A1").Value!, 9).ShouldBe(expected);
    }

    [Theory]
    [InlineData("\"1904-01-02\"", 1d)]
    [InlineData("\"2026-03-14\"", 44633d)]
    public void Workbooks_that_count_from_1904_get_their_own_numbers(string value, double expected)
    {
        var template = Repacked.With(Xlsx.Of(("A1", "{{x | date}}")), (_, text) => text.Replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>", StringComparison.Ordinal));

        Xlsx.Render(template, $$"""{"x":{{value}}}""").Cell("xl/worksheets/sheet1.xml", "A1").Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("date", "1899-12-31", "Dec 31, 1899")]
    [InlineData("date: \"yyyy\"", "2026-03-14", "2026")]
    [InlineData("date | upper", "2026-03-14", "MAR 14, 2026")]
    public void What_Excel_cannot_count_and_what_a_pattern_shows_is_text(string formatter, string value, string expected) =>
        Xlsx.Render(Xlsx.Of(("A1", "{{x | " + formatter + "}}")), $$"""{"x":"{{value}}"}""").Cell("xl/worksheets/sheet1.xml", "A1").Value.ShouldBe(expected);

    [Fact]
    public void A_date_that_may_be_missing_is_a_number_all_the_same()
    {
        var sheet = Xlsx.Render(Xlsx.Of(("A1", "{{x | date | or: \"TBC\"}}"), ("A2", "{{y | date | or: \"TBC\"}}"), ("A3", "{{y | date}}"), ("A4", "{{? z | date}}")), """{"x":"2026-03-14","y":null}""");

        Xlsx.Show(sheet, "A1").ShouldBe("46095");
        Xlsx.Show(sheet, "A2").ShouldBe("TBC");
        Xlsx.Show(sheet, "A3").ShouldBe("");
        Xlsx.Show(sheet, "A4").ShouldBe("");
    }

    [Fact]
    public void The_cell_s_number_format_stays_and_General_becomes_a_date_format()
    {
        var sheet = Xlsx.Render(Styled(("A1", "{{x | date}}", 0), ("A2", "{{x | date}}", 1), ("A3", "{{x | time}}", 0), ("A4", "{{x | datetime}}", 2), ("A5", "{{n}}", 2)), """{"x":"2026-03-14T06:30","n":5}""");

        Format(sheet, "A1").ShouldContain("numFmtId=\"14\"");
        Format(sheet, "A2").ShouldContain("numFmtId=\"15\"");
        Format(sheet, "A3").ShouldContain("numFmtId=\"20\"");
        Format(sheet, "A4").ShouldContain("numFmtId=\"22\"");
        Format(sheet, "A4").ShouldContain("<alignment horizontal=\"center\"/>");
        sheet.Markup("xl/worksheets/sheet1.xml").ShouldContain("<c r=\"A5\" s=\"2\"><v>5</v></c>");
        Regex.Match(sheet.Markup("xl/styles.xml"), "<cellXfs count=\"(\\d+)\"").Groups[1].Value.ShouldBe("6");
    }

    [Theory]
    [InlineData("1e21", "1E+21")]
    [InlineData("0.1", "0.1")]
    [InlineData("-0.0", "0")]
    [InlineData("123456789012345680000", "1.2345678901234568E+20")]
    public void Numbers_are_stored_to_the_last_digit(string number, string stored) =>
        Xlsx.Render(Xlsx.Of(("A1", " {{x}} ")), $$"""{"x":{{number}}}""").Markup("xl/worksheets/sheet1.xml").ShouldContain($"<v>{stored}</v>");

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-5 days")]
    [InlineData("@SUM(A1)")]
    public void Text_that_looks_like_a_formula_is_marked_as_text(string text)
    {
        var sheet = Xlsx.Render(Styled(("A1", "{{x}}", 2), ("A2", "{{x}} more", 0), ("A3", "{{x | lines}}", 0), ("A4", "{{x | link: \"=1\"}}", 0)), $$"""{"x":"{{text}}"}""");

        foreach (var cell in new[] { "A1", "A2", "A3", "A4" })
            Format(sheet, cell).ShouldContain("quotePrefix=\"1\"");
        sheet.Markup("xl/worksheets/sheet1.xml").ShouldNotContain("<f>");
    }

    [Fact]
    public void A_workbook_without_any_formats_gets_those_its_values_need()
    {
        var sheet = Xlsx.Render(Xlsx.Of(("A1", "{{x}}"), ("A2", "{{d | date}}")), """{"x":"=1","d":"2026-03-14"}""");

        Format(sheet, "A1").ShouldContain("quotePrefix=\"1\"");
        Format(sheet, "A2").ShouldContain("numFmtId=\"14\"");
        sheet.Markup("xl/_rels/workbook.xml.rels").ShouldContain("/xl/styles.xml");
        sheet.Markup("[Content_Types].xml").ShouldContain("/xl/styles.xml");
    }

    [Fact]
    public void Line_breaks_in_data_are_shown_as_lines()
    {
        var sheet = Xlsx.Render(Styled(("A1", "{{x}}", 2), ("A2", "{{y | lines}}", 0), ("A3", "{{z}}", 2)), """{"x":"a\r\nb","y":["a","b"],"z":"a"}""");

        Format(sheet, "A1").ShouldContain("<alignment horizontal=\"center\" wrapText=\"1\"/>");
        Format(sheet, "A2").ShouldContain("<alignment wrapText=\"1\"/>");
        Format(sheet, "A3").ShouldNotContain("wrapText");
        Xlsx.Show(sheet, "A1").ShouldBe("a\nb");
        sheet.Markup("xl/worksheets/sheet1.xml").ShouldNotContain("\r");
    }

    [Fact]
    public void A_missing_name_is_marked_on_yellow()
    {
        var result = Run(Styled(("A1", "{{nmae}}", 2), ("A2", "Dear {{nmae}}!", 0), ("A3", "{{name}}", 2)), """{"name":"Kei"}""", """{"missing":"mark"}""");
        var sheet = new ReadPackage(result.Document!);

        Xlsx.Show(sheet, "A1").ShouldBe("[nmae?]");
        Xlsx.Show(sheet, "A2").ShouldBe("Dear [nmae?]!");
        Format(sheet, "A1").ShouldContain("fillId=\"2\"");
        Format(sheet, "A1").ShouldContain("horizontal=\"center\"");
        Format(sheet, "A2").ShouldContain("fillId=\"2\"");
        Format(sheet, "A3").ShouldContain("fillId=\"0\"");
        Regex.Count(sheet.Markup("xl/styles.xml"), "<fill>").ShouldBe(3);
        result.Warnings.Select(warning => warning.Code).Distinct().ShouldBe(["T005"]);
    }

    [Fact]
    public void A_link_becomes_the_link_of_its_cell_and_an_unsafe_one_text()
    {
        var result = Run(Repacked.Sheet([("A1", "{{#row for x in xs}}{{x | link: \"Map\"}}")], "<pageMargins left=\"1\" right=\"1\" top=\"1\" bottom=\"1\" header=\"0\" footer=\"0\"/>", Repacked.Relations()), """{"xs":["https://a.org/?q=1&r=2","javascript:alert(1)"]}""", "{}");
        var sheet = new ReadPackage(result.Document!);
        Invariants.Hold(sheet);

        Xlsx.Show(sheet, "A1").ShouldBe("Map");
        Xlsx.Show(sheet, "A2").ShouldBe("Map");
        Regex.Matches(sheet.Markup("xl/worksheets/sheet1.xml"), "<hyperlink [^>]*ref=\"(\\w+)\"").Select(match => match.Groups[1].Value).ShouldBe(["A1"]);
        sheet.Markup("xl/worksheets/sheet1.xml").ShouldContain("</hyperlinks><pageMargins");
        sheet.Markup("xl/worksheets/_rels/sheet1.xml.rels").ShouldContain("https://a.org/?q=1&amp;r=2");
        result.Warnings.ShouldHaveSingleItem().Code.ShouldBe("W006");
    }

    [Fact]
    public void Bold_and_slanted_words_of_markdown_are_so_in_the_cell()
    {
        var sheet = Xlsx.Render(Styled(("A1", "{{x | markdown}}", 0), ("A2", "{{y | markdown}}", 0)), """{"x":"Call **06:30** at *gate*","y":"plain"}""").Markup("xl/worksheets/sheet1.xml");

        sheet.ShouldContain("<r><rPr><b/><sz val=\"12\"/><rFont val=\"Arial\"/></rPr><t xml:space=\"preserve\">06:30</t></r>");
        sheet.ShouldContain("<rPr><i/>");
        sheet.ShouldContain("<is><t xml:space=\"preserve\">plain</t></is>");
    }

    [Fact]
    public void A_signature_is_a_picture_over_its_cell_or_a_line_to_sign_on()
    {
        const string Picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
        var sheet = Xlsx.Render(Xlsx.Of(("A1", "{{a | signature: \"Producer\"}}"), ("A2", "{{b | signature: \"Producer\"}}")), $$"""{"a":{"name":"Kei","image":"{{Picture}}"},"b":null}""");

        Xlsx.Show(sheet, "A1").ShouldBe("\n\n\nKei\nProducer");
        Xlsx.Show(sheet, "A2").ShouldBe("____________________\nProducer");
        sheet.Markup("xl/drawings/drawing1.xml").ShouldContain("<xdr:row>0</xdr:row>");
    }

    [Theory]
    [InlineData("<c r=\"A1\" t=\"str\"><v>{{x}} y</v></c>", "1 y")]
    [InlineData("<c r=\"A1\" t=\"inlineStr\"><is><r><t>{{</t></r><r><rPr><b/></rPr><t>x}}</t></r><rPh sb=\"0\" eb=\"1\"><t>kana</t></rPh><phoneticPr fontId=\"1\"/></is></c>", "1")]
    [InlineData("<c r=\"A1\" t=\"inlineStr\"><is><t>a_x000D__x000A_{{x}}</t></is></c>", "a\n1")]
    [InlineData("<c r=\"A1\" t=\"inlineStr\"><is><t><![CDATA[{{x}} < 2]]></t></is></c>", "1 < 2")]
    public void Texts_are_read_as_the_programs_write_them(string cell, string expected) =>
        Xlsx.Show(Xlsx.Render(Repacked.With(Xlsx.Of(("A1", "?")), (_, text) => Regex.Replace(text, "<c r=\"A1\".*</c>", cell)), """{"x":1}"""), "A1").ShouldBe(expected);

    [Fact]
    public void A_text_longer_than_a_cell_holds_is_an_error_with_its_place()
    {
        var result = Run(Xlsx.OfSheets([("Crew", [("B7", "{{x}}")])]), $$"""{"x":"{{new string('a', 32768)}}"}""", "{}");

        var error = result.Errors.ShouldHaveSingleItem();
        (error.Code, error.Sheet, error.Cell).ShouldBe(("T012", "Crew", "B7"));
        Run(Xlsx.Of(("A1", "{{x}}")), $$"""{"x":"{{new string('a', 32767)}}"}""", "{}").IsOk.ShouldBeTrue();
    }

    [Fact]
    public void Errors_name_sheet_and_cell_also_in_headers_comments_and_boxes()
    {
        var template = Repacked.Sheet([("A1", "{{#for x in xs}}"), ("B7", "{{c.rate | mony}}"), ("B8", "{{#include \"a.docx\"}}"), ("B9", "{{x")], "<headerFooter><oddHeader>&amp;L{{#if a}}</oddHeader></headerFooter>", Repacked.Relations(("rId1", "comments", "../comments1.xml", false)),
            ("xl/comments1.xml", $"<comments xmlns=\"{ReadPackage.S}\"><authors><author>x</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>{{{{/for}}}}</t></text></comment><comment ref=\"A2\" authorId=\"0\"><text><t>{{{{#row for x in xs}}}}</t></text></comment></commentList></comments>"));

        var errors = Run(template, "{}", "{}").Errors;

        errors.Select(error => (error.Code, error.Cell ?? error.Place)).ShouldBe(
            [("T006", "B7"), ("T001", "B9"), ("T003", "A1"), ("T011", "B8"), ("T003", "sheet “Sheet”, page header"), ("T002", "A1"), ("T011", "A2")], ignoreOrder: true);
    }
}
