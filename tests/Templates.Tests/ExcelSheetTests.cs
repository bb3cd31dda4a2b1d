using System.Text;
using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>Sheets that come and go, and what around the rows of a sheet follows them (section 3).</summary>
public sealed class ExcelSheetTests
{
    private const string Data = """{"no":false,"yes":true,"none":[],"xs":["a","b","c"],"days":[{"d":"Mon","xs":[1,2]},{"d":"Tue","xs":[3]},{"d":"Wed","xs":[]}]}""";
    private const string First = "xl/worksheets/sheet1.xml";

    private static List<string> Found(ReadPackage document, string part, string pattern) => [.. Regex.Matches(document.Markup(part), pattern).Select(match => match.Groups[1].Value)];

    private static byte[] Workbook(byte[] template, Func<string, string> edit) => Repacked.With(template, (name, text) => name == "xl/workbook.xml" ? edit(text) : text);

    [Fact]
    public void Copies_of_a_sheet_keep_their_own_names_areas_and_references()
    {
        var template = Xlsx.OfSheets(
            [("{{day.d}}", [("A1", "{{#sheet for day in days}}{{day.d}}"), ("A2", "{{#row for x in day.xs}}{{x}}"), ("A3", "=SUM(A2)"), ("A4", "='{{day.d}}'!A3+Rate"), ("A5", "='{{day.d}}'!Rate")]), ("All", [("A1", "='{{day.d}}'!A3")])],
            "<definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">'{{day.d}}'!$A$1:$A$4</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'{{day.d}}'!$1:$1</definedName><definedName name=\"Rate\" localSheetId=\"0\">'{{day.d}}'!$A$3</definedName><definedName name=\"Far\" localSheetId=\"1\">All!$A$1</definedName><definedName name=\"Sums\">'{{day.d}}'!$A$3</definedName></definedNames>");

        var workbook = Xlsx.Render(template, Data);

        workbook.Sheets().Select(sheet => sheet.Name).ShouldBe(["Mon", "Tue", "Wed", "All"]);
        var parts = workbook.Sheets().ToDictionary(sheet => sheet.Name, sheet => sheet.Part);
        Xlsx.Show(workbook, "A5", parts["Mon"]).ShouldBe("=Mon!A4+Rate");
        Xlsx.Show(workbook, "A4", parts["Tue"]).ShouldBe("=Tue!A3+Rate");
        Xlsx.Show(workbook, "A5", parts["Wed"]).ShouldBe("=Wed!Rate");
        Xlsx.Show(workbook, "A1", parts["All"]).ShouldBe("=Mon!A4");
        Found(workbook, "xl/workbook.xml", "<definedName name=\"([^\"]+\" localSheetId=\"\\d+\">[^<]+|Sums\">[^<]+)").ShouldBe(
        [
            "_xlnm.Print_Area\" localSheetId=\"0\">Mon!$A$1:$A$5", "_xlnm.Print_Area\" localSheetId=\"1\">Tue!$A$1:$A$4", "_xlnm.Print_Area\" localSheetId=\"2\">Wed!$A$1:$A$4",
            "_xlnm.Print_Titles\" localSheetId=\"0\">Mon!$1:$1", "_xlnm.Print_Titles\" localSheetId=\"1\">Tue!$1:$1", "_xlnm.Print_Titles\" localSheetId=\"2\">Wed!$1:$1",
            "Rate\" localSheetId=\"0\">Mon!$A$4", "Rate\" localSheetId=\"1\">Tue!$A$3", "Rate\" localSheetId=\"2\">Wed!$A$3", "Far\" localSheetId=\"3\">All!$A$1", "Sums\">Mon!$A$4",
        ]);
    }

    /// <summary>Names of parts are looked for where the last search ended, not from the first number again.</summary>
    [Fact]
    public void Thousands_of_copies_of_a_sheet_take_memory_for_themselves_only()
    {
        var template = Xlsx.OfSheets([("{{x}}", [("A1", "{{#sheet for x in xs}}{{x}}")])]);
        long Allocated(int sheets)
        {
            var job = new RenderJob { Name = "s.xlsx", Template = template, Data = Encoding.UTF8.GetBytes($$"""{"xs":[{{string.Join(',', Enumerable.Range(1, sheets))}}]}""") };
            var before = GC.GetAllocatedBytesForCurrentThread();
            job.Run().IsOk.ShouldBeTrue();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(1);

        Allocated(2000).ShouldBeLessThan(Allocated(200) * 14);
    }

    [Fact]
    public void Names_of_sheets_are_made_legal_short_and_unique()
    {
        var template = Xlsx.OfSheets([("{{d}}", [("A1", "{{#sheet for d in ds}}{{d}}")]), ("B", [("A1", "x")])]);
        var data = """{"ds":["a/b:c*d?e[f]g\\h","b","B","'x'","","History","abcdefghijklmnopqrstuvwxyz1234567","abcdefghijklmnopqrstuvwxyz1234567","abcdefghijklmnopqrstuvwxyz1234😀"]}""";

        Xlsx.Render(template, data).Sheets().Select(sheet => sheet.Name).ShouldBe(
            ["a-b-c-d-e-f-g-h", "b (2)", "B (3)", "x", "Sheet", "History (2)", "abcdefghijklmnopqrstuvwxyz12345", "abcdefghijklmnopqrstuvwxyz1 (2)", "abcdefghijklmnopqrstuvwxyz1234", "B"]);
    }

    [Theory]
    [InlineData("R1C1", "'R1C1'!A1")]
    [InlineData("RC", "'RC'!A1")]
    [InlineData("A1", "'A1'!A1")]
    [InlineData("2026", "'2026'!A1")]
    [InlineData("O'Brien", "'O''Brien'!A1")]
    [InlineData("Kulisse_Süd", "Kulisse_Süd!A1")]
    public void References_quote_the_names_that_need_it(string name, string expected) =>
        Xlsx.Show(Xlsx.Render(Xlsx.OfSheets([("{{d}}", [("A1", "x")]), ("B", [("A1", "='{{d}}'!A1")])]), $$"""{"d":"{{name}}"}"""), "A1", "xl/worksheets/sheet2.xml").ShouldBe("=" + expected);

    [Fact]
    public void A_sheet_that_goes_takes_along_what_only_it_had()
    {
        var template = Repacked.With(
            Xlsx.OfSheets([("Secret", [("A1", "{{#sheet if no}}x")]), ("Open", [("A1", "y")])], "<definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">Secret!$A$1</definedName></definedNames>"),
            (name, text) => name switch
            {
                "xl/workbook.xml" => text.Replace("<sheets>", "<bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>", StringComparison.Ordinal),
                _ => text,
            },
            ("xl/worksheets/_rels/sheet1.xml.rels", Repacked.Relations(("rId1", "comments", "../comments1.xml", false), ("rId2", "drawing", "../drawings/drawing1.xml", false))),
            ("xl/comments1.xml", $"<comments xmlns=\"{ReadPackage.S}\"><authors/><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>{{{{x}}}}</t></text></comment></commentList></comments>"),
            ("xl/drawings/drawing1.xml", "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\"/>"),
            ("xl/drawings/_rels/drawing1.xml.rels", Repacked.Relations(("rId1", "image", "../media/image1.png", false))), ("xl/media/image1.png", "png"));

        var workbook = Xlsx.Render(template, Data);

        workbook.Names.ShouldNotContain(name => name.Contains("comments", StringComparison.Ordinal) || name.Contains("drawing", StringComparison.Ordinal) || name.Contains("media", StringComparison.Ordinal) || name.Contains("sheet1", StringComparison.Ordinal));
        workbook.Markup("xl/workbook.xml").ShouldNotContain("definedName");
    }

    [Theory]
    [InlineData(0, "yes", "3")]
    [InlineData(1, "no", "0")]
    [InlineData(2, "no", "2")]
    [InlineData(2, "yes", "4")]
    public void The_sheet_in_front_stays_in_front(int active, string second, string expected)
    {
        var template = Workbook(
            Xlsx.OfSheets([("{{day.d}}", [("A1", "{{#sheet for day in days}}x")]), ("Two", [("A1", $"{{{{#sheet if {second}}}}}y")]), ("Three", [("A1", "z")])]),
            text => text.Replace("<sheets>", $"<bookViews><workbookView xWindow=\"1\" activeTab=\"{active}\"/></bookViews><sheets>", StringComparison.Ordinal));
        expected = active == 0 ? "" : active == 2 && second == "no" ? "3" : expected == "0" ? "" : expected;

        Found(Xlsx.Render(template, Data), "xl/workbook.xml", "activeTab=\"(\\d+)\"").ShouldBe(expected.Length == 0 ? [] : [expected]);
    }

    [Theory]
    [InlineData("{{#sheet if no}}", "")]
    [InlineData("{{#sheet for x in none}}", "")]
    [InlineData("{{#sheet if no}}", " state=\"hidden\"")]
    public void One_sheet_that_is_seen_must_be_left(string tag, string state)
    {
        var template = Workbook(Xlsx.OfSheets([("One", [("A1", tag + "x")]), ("Two", [("A1", state.Length > 0 ? "y" : tag)])]), text => text.Replace("name=\"Two\"", "name=\"Two\"" + state, StringComparison.Ordinal));

        var result = new RenderJob { Name = "s.xlsx", Template = template, Data = Encoding.UTF8.GetBytes(Data) }.Run();

        result.Errors.ShouldHaveSingleItem().Code.ShouldBe("T012");
        result.Document.ShouldBeNull();
    }

    [Fact]
    public void The_list_of_sheets_among_the_document_properties_is_no_obstacle()
    {
        var template = Repacked.With(
            Xlsx.OfSheets([("{{day.d}}", [("A1", "{{#sheet for day in days}}x")])]),
            (name, text) => name == "_rels/.rels" ? text.Replace("</Relationships>", "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>", StringComparison.Ordinal) : text,
            ("docProps/app.xml", "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"><Application>Microsoft Excel</Application><HeadingPairs><vt:vector size=\"2\" baseType=\"variant\"/></HeadingPairs><TitlesOfParts><vt:vector size=\"1\" baseType=\"lpstr\"><vt:lpstr>{{day.d}}</vt:lpstr></vt:vector></TitlesOfParts><Company>{{xs[0]}}</Company></Properties>"));

        Found(Xlsx.Render(template, Data), "docProps/app.xml", "<Application>(.*)</Properties>").ShouldBe(["Microsoft Excel</Application><Company>a</Company>"]);
    }

    [Fact]
    public void A_copied_sheet_has_tables_of_its_own_that_its_formulas_name()
    {
        var template = Repacked.With(
            Repacked.Sheet([("A1", "No"), ("A2", "{{#row for x in day.xs}}{{x}}"), ("B1", "{{#sheet for day in days}}{{day.d}}"), ("B4", "=SUM(Crew[No])"), ("B5", "=ROWS(Crew)")], "<pageSetup r:id=\"rId2\"/><tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>",
                Repacked.Relations(("rId1", "table", "../tables/table1.xml", false), ("rId2", "printerSettings", "../printerSettings/printerSettings1.bin", false)),
                ("xl/printerSettings/printerSettings1.bin", "x"), ("xl/tables/table1.xml", $"<table xmlns=\"{ReadPackage.S}\" id=\"1\" name=\"Crew\" displayName=\"Crew\" ref=\"A1:A2\"><autoFilter ref=\"A1:A2\"/><tableColumns count=\"1\"><tableColumn id=\"1\" name=\"No\"/></tableColumns></table>")), null);

        var workbook = Xlsx.Render(template, Data);

        Xlsx.Show(workbook, "B5").ShouldBe("=SUM(Crew[No])");
        Xlsx.Show(workbook, "B4", "xl/worksheets/sheet2.xml").ShouldBe("=SUM(Crew_2[No])");
        Xlsx.Show(workbook, "B5", "xl/worksheets/sheet2.xml").ShouldBe("=ROWS(Crew_2)");
        Found(workbook, "xl/tables/table1.xml", "(ref=\"[^\"]+\")").ShouldBe(["ref=\"A1:A3\"", "ref=\"A1:A3\""]);
        Found(workbook, "xl/tables/table2.xml", "displayName=\"(\\w+)\"").ShouldBe(["Crew_2"]);
        workbook.Markup(First).ShouldContain("pageSetup r:id");
        workbook.Markup("xl/worksheets/sheet2.xml").ShouldContain("<pageSetup/>");
    }

    [Fact]
    public void Headers_of_a_table_are_unique_texts_and_its_part_names_them()
    {
        var template = Repacked.Sheet([("A1", "{{title}}"), ("B1", "{{#col for x in xs}}{{n}}"), ("C1", "Sum"), ("A2", "{{#row for x in xs}}{{x}}"), ("B2", "1"), ("C2", "=SUM(B2)")], "<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>", Repacked.Relations(("rId1", "table", "../tables/table1.xml", false)),
            ("xl/tables/table1.xml", $"<table xmlns=\"{ReadPackage.S}\" id=\"1\" name=\"Crew\" displayName=\"Crew\" ref=\"A1:C2\"><autoFilter ref=\"A1:C2\"/><tableColumns count=\"3\"><tableColumn id=\"1\" name=\"{{{{title}}}}\"/><tableColumn id=\"2\" name=\"{{{{#col for x in xs}}}}{{{{n}}}}\"/><tableColumn id=\"3\" name=\"Sum\"><calculatedColumnFormula>SUM(B2)</calculatedColumnFormula></tableColumn></tableColumns></table>"));

        var workbook = Xlsx.Render(template, """{"title":2026,"n":7,"xs":[1,2,3]}""");

        "ABCDE".Select(column => workbook.Cell(First, $"{column}1").Value).ShouldBe(["2026", "7", "72", "73", "Sum"]);
        Found(workbook, "xl/tables/table1.xml", "<tableColumn id=\"\\d+\" name=\"([^\"]+)\"").ShouldBe(["2026", "7", "72", "73", "Sum"]);
        Found(workbook, "xl/tables/table1.xml", "<tableColumn id=\"(\\d+)\"").ShouldBeUnique();
        workbook.Markup("xl/tables/table1.xml").ShouldContain("<tableColumns count=\"5\">");
        workbook.Markup("xl/tables/table1.xml").ShouldContain("<calculatedColumnFormula>SUM(B2:D2)</calculatedColumnFormula>");
        Found(workbook, "xl/tables/table1.xml", " ref=\"([^\"]+)\"").ShouldBe(["A1:E4", "A1:E4"]);
    }

    [Theory]
    [InlineData("{{#row for x in none drop}}")]
    [InlineData("{{#row if no}}")]
    [InlineData("{{#row for x in xs}}{{#row if no}}")]
    public void A_table_keeps_a_row_under_its_header(string tag)
    {
        var template = Repacked.Sheet([("A1", "No"), ("A2", tag + "{{xs}}"), ("A3", "End")], "<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>", Repacked.Relations(("rId1", "table", "../tables/table1.xml", false)),
            ("xl/tables/table1.xml", $"<table xmlns=\"{ReadPackage.S}\" id=\"1\" name=\"Crew\" displayName=\"Crew\" ref=\"A1:A2\"><tableColumns count=\"1\"><tableColumn id=\"1\" name=\"No\"/></tableColumns></table>"));

        var workbook = Xlsx.Render(template, Data);

        Found(workbook, "xl/tables/table1.xml", " ref=\"([^\"]+)\"").ShouldBe(["A1:A2"]);
        Xlsx.Show(workbook, "A3").ShouldBe("End");
    }

    [Fact]
    public void Formats_and_validations_follow_the_cells_they_were_made_for()
    {
        var template = Repacked.Sheet([("A1", "h"), ("A2", "{{#row for x in xs}}{{x}}"), ("B2", "1"), ("A3", "{{#row if no}}x"), ("A4", "4"), ("A5", "5")],
            "<conditionalFormatting sqref=\"A2\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"1\"><formula>COUNTIF($A$2:$A$2,A2)&gt;1</formula></cfRule></conditionalFormatting>"
            + "<conditionalFormatting sqref=\"A3:A4\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"2\"><formula>$B3&gt;$A$5</formula></cfRule></conditionalFormatting>"
            + "<conditionalFormatting sqref=\"A3\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"3\"><formula>TRUE</formula></cfRule></conditionalFormatting>"
            + "<conditionalFormatting sqref=\"B1:B1048576 C4\"><cfRule type=\"dataBar\" priority=\"4\"><dataBar><cfvo type=\"num\" val=\"$A$4\"/><cfvo type=\"max\"/><color rgb=\"FF638EC6\"/></dataBar></cfRule></conditionalFormatting>"
            + "<dataValidations count=\"3\"><dataValidation type=\"list\" sqref=\"B2\"><formula1>$A$4:$A$5</formula1></dataValidation><dataValidation type=\"list\" sqref=\"A3\"><formula1>\"a,b\"</formula1></dataValidation><dataValidation type=\"custom\" sqref=\"D1:D1048576\"><formula1>D1&lt;&gt;A1</formula1></dataValidation></dataValidations>"
            + "<ignoredErrors><ignoredError sqref=\"A3\" numberStoredAsText=\"1\"/></ignoredErrors>",
            Repacked.Relations());

        var sheet = Xlsx.Render(template, Data);

        Found(sheet, First, "sqref=\"([^\"]+)\"").ShouldBe(["A2:A4", "A5:A5", "B1:B1048576 C5", "B2:B4", "D1:D1048576"]);
        Found(sheet, First, "<formula1?>([^<]+)").ShouldBe(["COUNTIF($A$2:$A$4,A2)&gt;1", "$B5&gt;$A$6", "$A$5:$A$6", "D1&lt;&gt;A1"]);
        sheet.Markup(First).ShouldContain("<cfvo type=\"num\" val=\"$A$5\"/>");
        sheet.Markup(First).ShouldContain("<dataValidations count=\"2\">");
        sheet.Markup(First).ShouldNotContain("ignoredError");
    }

    [Fact]
    public void Extensions_follow_too_and_a_small_chart_comes_with_every_row()
    {
        const string X14 = "xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"";
        var template = Repacked.Sheet([("A1", "h"), ("A2", "{{#row for x in xs}}{{x}}"), ("B2", "1"), ("C2", "2"), ("A3", "{{#row if no}}x"), ("A4", "4")],
            $"<extLst><ext {X14} uri=\"{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}\"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type=\"dataBar\" id=\"{{00000000-000E-0000-0000-000001000000}}\"><x14:dataBar><x14:cfvo type=\"num\"><xm:f>$A$4</xm:f></x14:cfvo><x14:cfvo type=\"autoMax\"/></x14:dataBar></x14:cfRule><xm:sqref>A2</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
            + $"<ext {X14} uri=\"{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}\"><x14:dataValidations count=\"1\"><x14:dataValidation type=\"list\"><x14:formula1><xm:f>Sheet!$A$2:$A$2</xm:f></x14:formula1><xm:sqref>A3</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
            + $"<ext {X14} uri=\"{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}\"><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>Sheet!B2:C2</xm:f><xm:sqref>D2</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>", Repacked.Relations());

        var sheet = Xlsx.Render(template, Data);

        Found(sheet, First, "<xm:sqref>([^<]+)").ShouldBe(["A2:A4", "D2", "D3", "D4"]);
        Found(sheet, First, "<xm:f>([^<]+)").ShouldBe(["$A$5", "Sheet!B2:C2", "Sheet!B3:C3", "Sheet!B4:C4"]);
        sheet.Markup(First).ShouldNotContain("dataValidation");
    }

    [Fact]
    public void Merged_cells_grow_with_rows_inside_and_lone_cells_are_not_merged()
    {
        var template = Repacked.Sheet([("A1", "{{#for day in days}}{{day.d}}"), ("B1", "top"), ("A2", ""), ("B2", "{{#row for x in day.xs}}{{x}}"), ("B3", "end"), ("C3", "{{/for}}"), ("A5", "a"), ("B5", "{{#col if no}}"), ("A6", "x")],
            "<mergeCells count=\"3\"><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"A5:B5\"/><mergeCell ref=\"A3:A4\"/></mergeCells>", Repacked.Relations());

        Found(Xlsx.Render(template, Data), First, "mergeCell ref=\"([^\"]+)\"").ShouldBe(["A1:A3", "A5:A6", "A8:A9", "A10:A11"]);
    }

    [Fact]
    public void Page_breaks_stand_where_tags_ask_for_them()
    {
        var template = Repacked.Sheet([("A1", "{{#for day in days}}{{#pagebreak if loop.index > 0}}{{day.d}}"), ("A2", "{{#row for x in day.xs}}{{x}}"), ("A3", "{{/for}}"), ("A4", "{{#pagebreak}}"), ("A5", "Sum"), ("C5", "{{#columnbreak}}right")], "<headerFooter/><colBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"1\" max=\"1048575\" man=\"1\"/></colBreaks>", Repacked.Relations());

        var sheet = Xlsx.Render(template, Data);

        Xlsx.Show(sheet, "A8").ShouldBe("Sum");
        sheet.Markup(First).ShouldContain("<headerFooter/><rowBreaks count=\"3\" manualBreakCount=\"3\"><brk id=\"3\" max=\"16383\" man=\"1\"/><brk id=\"5\" max=\"16383\" man=\"1\"/><brk id=\"7\" max=\"16383\" man=\"1\"/></rowBreaks><colBreaks count=\"2\"");
        Found(sheet, First, "<brk id=\"(\\d+)\" max=\"1048575\"").ShouldBe(["1", "2"]);
    }

    [Fact]
    public void A_page_break_of_the_template_between_rows_of_a_block_comes_with_every_block()
    {
        var template = Repacked.Sheet([("A1", "{{#for x in xs}}{{x}}"), ("A2", "two"), ("A3", "three{{/for}}"), ("A4", "End")], "<rowBreaks count=\"2\" manualBreakCount=\"2\"><brk id=\"1\" max=\"16383\" man=\"1\"/><brk id=\"3\" max=\"16383\" man=\"1\"/></rowBreaks>", Repacked.Relations());

        Found(Xlsx.Render(template, Data), First, "<brk id=\"(\\d+)\"").ShouldBe(["1", "4", "7", "9"]);
    }

    [Fact]
    public void Rows_of_tags_only_leave_nothing_and_their_values_hold()
    {
        var template = Xlsx.Of(("A1", "{{// for the crew list}}"), ("A2", "{{#let n = xs.length}}"), ("A3", "{{n}}"), ("A4", "{{#for x in xs}}"), ("B4", "{{#let y = x}}"), ("A5", "{{y}}"), ("A6", "{{:between}}"), ("A7", "-"), ("A8", "{{/for}}"), ("B8", "{{#for x in xs}}"), ("A9", "{{loop.number}}"), ("A10", "{{/}}"), ("A11", "End"));

        var sheet = Xlsx.Render(template, Data);

        Enumerable.Range(1, 11).Select(row => Xlsx.Show(sheet, $"A{row}")).ShouldBe(["3", "a", "-", "b", "-", "c", "1", "2", "3", "End", ""]);
    }

    [Fact]
    public void Sections_of_a_sheet_can_be_conditions_with_branches_and_empty_lists()
    {
        var template = Xlsx.Of(
            ("A1", "{{#if no}}"), ("A2", "no"), ("A3", "{{:else if yes}}"), ("A4", "yes"), ("A5", "{{:else}}"), ("A6", "else"), ("A7", "{{/if}}"),
            ("A8", "{{#for x in none}}{{x}}"), ("A9", "{{:empty}}none"), ("A10", "{{/for}}"), ("A11", "{{#row for x in xs}}{{#row if x !== \"b\"}}{{x}}"), ("A12", "{{#if no}}gone{{/if}}"), ("B12", "stays"), ("A13", "{{none | droprow}}"), ("A14", "{{#if yes}}a"), ("B14", "b{{/if}}"), ("A15", "End"));

        var sheet = Xlsx.Render(template, Data);

        Enumerable.Range(1, 7).Select(row => Xlsx.Show(sheet, $"A{row}")).ShouldBe(["yes", "none", "a", "c", "", "a", "End"]);
    }

    [Theory]
    [InlineData("T004", "{{#for x in xs}}a", "b{{/for}}{{#for y in xs}}", "{{/for}}")]
    [InlineData("T003", "{{#for x in xs}}a", "b", "c")]
    [InlineData("T002", "a{{/for}}", "b", "c")]
    [InlineData("T011", "{{#col for x in xs}}a", "{{#col for y in xs}}", "c")]
    [InlineData("T011", "{{#sheet for x in xs}}a", "{{#sheet for y in xs}}", "c")]
    [InlineData("T011", "{{#para for x in xs}}a", "b", "c")]
    [InlineData("T011", "{{#if yes}}{{#pagebreak}}{{/if}}", "b", "c")]
    [InlineData("T011", "=HYPERLINK(\"https://a.org/{{yes}}\")", "b", "c")]
    public void Sections_that_cannot_be_are_told(string code, params string[] cells)
    {
        var result = new RenderJob { Name = "s.xlsx", Template = Xlsx.Of([.. cells.Select((cell, i) => ($"A{i + 1}", cell))]), Data = Encoding.UTF8.GetBytes(Data) }.Run();

        result.Errors.ShouldHaveSingleItem(RenderJob.ToJson(result)).Code.ShouldBe(code);
    }

    [Fact]
    public void A_page_header_keeps_data_from_being_read_as_codes()
    {
        var template = Repacked.Sheet([("A1", "x")], "<headerFooter><oddHeader>&amp;L&amp;12{{no}} of {{name}}&amp;R&amp;P</oddHeader></headerFooter>", Repacked.Relations());

        Xlsx.Render(template, """{"no":7,"name":"R&D"}""").Markup(First).ShouldContain("<oddHeader>&amp;L&amp;12 7 of R&amp;&amp;D&amp;R&amp;P</oddHeader>");
        new RenderJob { Name = "s.xlsx", Template = template, Data = Encoding.UTF8.GetBytes($$"""{"no":7,"name":"{{new string('x', 250)}}"}""") }.Run().Errors.ShouldHaveSingleItem().Code.ShouldBe("T012");
    }

    [Fact]
    public void Conversations_go_with_their_rows_and_copies_have_their_own_ids()
    {
        var template = Repacked.Sheet([("A1", "{{#row for x in xs}}{{x}}")], "", Repacked.Relations(("rId1", "comments", "../comments1.xml", false), ("rId2", "threadedComment", "../threadedComments/threadedComment1.xml", false)),
            ("xl/comments1.xml", $"<comments xmlns=\"{ReadPackage.S}\" xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\"><authors><author>tc={{11111111-0000-0000-0000-000000000000}}</author></authors><commentList><comment ref=\"A1\" authorId=\"0\" xr:uid=\"{{11111111-0000-0000-0000-000000000000}}\"><text><t>[Threaded comment] {{{{x}}}}</t></text></comment></commentList></comments>"),
            ("xl/threadedComments/threadedComment1.xml", "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\"><threadedComment ref=\"A1\" id=\"{11111111-0000-0000-0000-000000000000}\"><text>{{x}}?</text></threadedComment></ThreadedComments>"));

        var document = Xlsx.Render(template, Data);

        Found(document, "xl/threadedComments/threadedComment1.xml", "<text>([^<]+)").ShouldBe(["a?", "b?", "c?"]);
        Found(document, "xl/threadedComments/threadedComment1.xml", "ref=\"(\\w+)\"").ShouldBe(["A1", "A2", "A3"]);
        var ids = Found(document, "xl/threadedComments/threadedComment1.xml", " id=\"([^\"]+)\"");
        ids.ShouldBeUnique();
        Found(document, "xl/comments1.xml", "<author>tc=([^<]+)").ShouldBe(ids);
        Found(document, "xl/comments1.xml", "uid=\"([^\"]+)\"").ShouldBe(ids);
        Found(document, "xl/comments1.xml", "authorId=\"(\\d)\"").ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public void A_chart_reads_all_copies_of_its_row_and_forgets_what_the_template_showed()
    {
        const string Drawing = "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><xdr:absoluteAnchor><c:chart r:id=\"rId1\"/></xdr:absoluteAnchor></xdr:wsDr>";
        const string Chart = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:ser><c:tx><c:strRef><c:f>Sheet!$B$1</c:f><c:strCache><c:pt idx=\"0\"><c:v>h</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:f>Sheet!$A$2</c:f><c:strCache><c:pt idx=\"0\"><c:v>{{#row for x in xs}}{{x}}</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet!$B$2:$B$2</c:f><c:numCache><c:formatCode>General</c:formatCode></c:numCache></c:numRef></c:val></c:ser><c:ser><c:tx><c:v>Of {{xs[0]}}</c:v></c:tx></c:ser></c:chartSpace>";
        var template = Repacked.Sheet([("A1", "n"), ("B1", "h"), ("A2", "{{#row for x in xs}}{{x}}"), ("B2", "{{loop.number}}")], "<drawing r:id=\"rId1\"/>", Repacked.Relations(("rId1", "drawing", "../drawings/drawing1.xml", false)),
            ("xl/drawings/drawing1.xml", Drawing), ("xl/drawings/_rels/drawing1.xml.rels", Repacked.Relations(("rId1", "chart", "../charts/chart1.xml", false))), ("xl/charts/chart1.xml", Chart));

        var chart = Xlsx.Render(template, Data).Markup("xl/charts/chart1.xml");

        Regex.Matches(chart, "<c:f>([^<]+)").Select(match => match.Groups[1].Value).ShouldBe(["Sheet!$B$1", "Sheet!$A$2:$A$4", "Sheet!$B$2:$B$4"]);
        chart.ShouldNotContain("Cache");
        chart.ShouldContain("<c:v>Of a</c:v>");
    }

    [Fact]
    public void Filters_watches_protected_ranges_and_pivot_sources_follow()
    {
        var template = Repacked.With(
            Repacked.Sheet([("A1", "h"), ("A2", "{{#row for x in xs}}{{x}}"), ("A3", "End")], "<protectedRanges><protectedRange name=\"p\" sqref=\"A2:A3\"/></protectedRanges><autoFilter ref=\"A1:A2\"><sortState ref=\"A2:A2\"><sortCondition ref=\"A2:A2\"/></sortState></autoFilter><cellWatches><cellWatch r=\"A3\"/></cellWatches>", Repacked.Relations()),
            (name, text) => text, ("xl/pivotCache/pivotCacheDefinition1.xml", $"<pivotCacheDefinition xmlns=\"{ReadPackage.S}\"><cacheSource type=\"worksheet\"><worksheetSource ref=\"A1:A2\" sheet=\"Sheet\"/></cacheSource></pivotCacheDefinition>"));

        var sheet = Xlsx.Render(template, Data);

        Found(sheet, First, " (?:sq)?ref=\"([^\"]+)\"").ShouldBe(["A2:A5", "A1:A4", "A2:A4", "A2:A4"]);
        sheet.Markup(First).ShouldContain("<cellWatch r=\"A5\"/>");
        sheet.Markup("xl/pivotCache/pivotCacheDefinition1.xml").ShouldContain("<pivotCacheDefinition xmlns=\"" + ReadPackage.S + "\" refreshOnLoad=\"1\">");
        sheet.Markup("xl/pivotCache/pivotCacheDefinition1.xml").ShouldContain("ref=\"A1:A4\"");
    }

    [Fact]
    public void Rows_below_that_would_fall_off_the_sheet_are_told()
    {
        var template = Xlsx.Of(("A1", "{{#row for x in xs}}{{x}}"), ("A1048575", "a"), ("A1048576", "b"));

        var result = new RenderJob { Name = "s.xlsx", Template = template, Data = Encoding.UTF8.GetBytes(Data) }.Run();

        result.Errors.ShouldHaveSingleItem().Code.ShouldBe("T012");
        result.Errors[0].Tag.ShouldBe("{{#row for x in xs}}");
    }

    [Fact]
    public void More_columns_than_Excel_has_are_told()
    {
        var data = Encoding.UTF8.GetBytes("{\"xs\":[" + string.Join(',', Enumerable.Repeat("1", 16_384)) + "]}");

        new RenderJob { Name = "s.xlsx", Template = Xlsx.Of(("B1", "{{#col for x in xs}}{{x}}")), Data = data }.Run().Errors.ShouldHaveSingleItem().Code.ShouldBe("T012");
        new RenderJob { Name = "s.xlsx", Template = Xlsx.Of(("A1", "{{#col for x in xs}}{{x}}")), Data = data }.Run().IsOk.ShouldBeTrue();
    }

    [Fact]
    public void The_order_the_workbook_s_parts_must_have_is_kept()
    {
        var template = Workbook(Xlsx.Of(("A1", "{{xs[0]}}")), text => text.Replace("</sheets>", "</sheets><functionGroups/><externalReferences/>", StringComparison.Ordinal));

        Xlsx.Render(template, Data).Markup("xl/workbook.xml").ShouldContain("<functionGroups/><externalReferences/><calcPr fullCalcOnLoad=\"1\"/>");
    }
}
