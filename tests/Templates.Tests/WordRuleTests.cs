namespace ProductionOffice.Templates.Tests;

/// <summary>Rules of section 2 of the language that the conformance cases do not show.</summary>
public sealed class WordRuleTests
{
    private static string Cell(string text) => $"<w:tc><w:tcPr/><w:p><w:r><w:t xml:space=\"preserve\">{Docx.Escape(text)}</w:t></w:r></w:p></w:tc>";

    private static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells.Select(Cell))}</w:tr>";

    private static string Table(params string[] rows) => $"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"1000\"/></w:tblGrid>{string.Concat(rows)}</w:tbl>";

    private static List<object> Blocks(string body, string data, string options = "{}")
    {
        var result = Docx.Render(Docx.OfBody(body), data, options);
        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        var document = new ReadPackage(result.Document!);
        Invariants.Hold(document);
        return ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!);
    }

    private static string Rows(object table) => string.Join(" / ", ((List<List<object>>)table).Select(row => string.Join(",", row)));

    [Fact]
    public void A_table_is_kept_or_goes_with_table_if()
    {
        Blocks(Table(Row("{{#table if a}}x", "y")) + "<w:p/>", """{"a":false}""").ShouldBe([""]);
        Rows(Blocks(Table(Row("{{#table if a}}x", "y")) + "<w:p/>", """{"a":true}""")[0]).ShouldBe("x,y");
    }

    [Fact]
    public void A_table_whose_rows_all_went_goes_too() =>
        Blocks(Table(Row("{{#row for x in xs}}{{x}}", "y")) + "<w:p/>", """{"xs":[]}""").ShouldBe([""]);

    [Fact]
    public void Rows_that_held_only_section_tags_go()
    {
        var table = Table(Row("{{#for g in gs}}", ""), Row("{{g.n}}", "head"), Row("{{#row for x in g.xs}}{{x}}", "{{loop.parent.number}}"), Row("{{/for}}", ""));

        Rows(Blocks(table, """{"gs":[{"n":"A","xs":[1,2]},{"n":"B","xs":[3]}]}""")[0]).ShouldBe("A,head / 1,1 / 2,1 / B,head / 3,2");
    }

    [Fact]
    public void In_a_cell_of_a_row_loop_and_a_column_loop_the_column_is_the_inner_one()
    {
        var table = Table(Row("Name", "{{#col for d in days}}{{d}}"), Row("{{#row for c in crew}}{{c.n}}", "{{c.h[loop.index]}}{{loop.parent.number}}"));

        Rows(Blocks(table, """{"days":["M","T"],"crew":[{"n":"Ana","h":[5,6]},{"n":"Li","h":[7,8]}]}""")[0]).ShouldBe("Name,M,T / Ana,51,61 / Li,72,82");
    }

    [Fact]
    public void Deleted_rows_and_paragraph_marks_are_accepted()
    {
        const string deletedMark = "<w:p><w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr></w:pPr><w:r><w:t>{{na</w:t></w:r></w:p><w:p><w:r><w:t>me}}!</w:t></w:r></w:p>";
        var table = Table("<w:tr><w:trPr><w:del w:id=\"2\" w:author=\"a\"/></w:trPr>" + Cell("gone") + "</w:tr>", Row("kept", "{{name}}"));

        var blocks = Blocks(deletedMark + table, """{"name":"Ana"}""");

        blocks[0].ShouldBe("Ana!");
        Rows(blocks[1]).ShouldBe("kept,Ana");
    }

    [Fact]
    public void A_template_with_changes_is_refused_when_asked() =>
        Docx.Render(Docx.OfBody("<w:p><w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>x</w:t></w:r></w:ins></w:p>"), "{}", """{"trackedChanges":"error"}""").Errors.ShouldHaveSingleItem().Code.ShouldBe("W001");

    [Fact]
    public void Controls_are_unwrapped_when_asked_and_unknown_ones_left_with_a_warning()
    {
        const string body = "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"name\"/><w:id w:val=\"1\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>click</w:t></w:r></w:sdtContent></w:sdt></w:p><w:sdt><w:sdtPr><w:tag w:val=\"gone\"/><w:id w:val=\"2\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>left</w:t></w:r></w:p></w:sdtContent></w:sdt>";

        Blocks(body, """{"name":"Ana"}""", """{"unwrapControls":true}""").ShouldBe(["Ana", "left"]);
        Docx.Render(Docx.OfBody(body), """{"name":"Ana"}""").Warnings.ShouldHaveSingleItem().Code.ShouldBe("W003");
    }

    [Fact]
    public void A_control_in_a_paragraph_with_tags_is_filled_too() =>
        Blocks("<w:p><w:r><w:t xml:space=\"preserve\">{{name}} is </w:t></w:r><w:sdt><w:sdtPr><w:tag w:val=\"role\"/><w:id w:val=\"1\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>.</w:t></w:r></w:p>", """{"name":"Ana","role":"Gaffer"}""").ShouldBe(["Ana is Gaffer."]);

    [Fact]
    public void A_repeating_section_gives_an_item_for_each_element()
    {
        const string body = "<w:sdt><w:sdtPr><w:tag w:val=\"crew\"/><w:id w:val=\"1\"/><w15:repeatingSection xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/></w:sdtPr><w:sdtContent><w:sdt><w:sdtPr><w:id w:val=\"2\"/><w15:repeatingSectionItem xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"/></w:sdtPr><w:sdtContent><w:p><w:sdt><w:sdtPr><w:tag w:val=\"name\"/><w:id w:val=\"3\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt></w:sdtContent></w:sdt>";

        Blocks(body, """{"crew":[{"name":"Ana"},{"name":"Li"}]}""").ShouldBe(["Ana", "Li"]);
    }

    [Fact]
    public void A_table_of_a_mail_merge_needs_no_prefix_and_an_if_field_chooses()
    {
        static string Field(string code) => $"<w:fldSimple w:instr=\" MERGEFIELD {code} \"><w:r><w:t>«x»</w:t></w:r></w:fldSimple>";
        static string Run(string inner) => $"<w:r>{inner}</w:r>";
        var row = $"<w:tr><w:tc><w:p>{Field("TableStart:crew")}{Field("Full_Name")}</w:p></w:tc><w:tc><w:p>{Field("rate \\# 0.00")}{Field("TableEnd:crew")}</w:p></w:tc></w:tr>";
        var choice = "<w:p>" + Run("<w:fldChar w:fldCharType=\"begin\"/>") + Run("<w:instrText xml:space=\"preserve\"> IF </w:instrText>") + Run("<w:fldChar w:fldCharType=\"begin\"/>") + Run("<w:instrText> MERGEFIELD union </w:instrText>")
            + Run("<w:fldChar w:fldCharType=\"end\"/>") + Run("<w:instrText xml:space=\"preserve\"> = \"4*\" \"yes\" \"no\" </w:instrText>") + Run("<w:fldChar w:fldCharType=\"separate\"/>") + Run("<w:t>no</w:t>") + Run("<w:fldChar w:fldCharType=\"end\"/>") + "</w:p>";

        var blocks = Blocks(Table(row) + choice, """{"union":"492","crew":[{"full name":"Ana","rate":5},{"full name":"Li","rate":6.5}]}""");

        Rows(blocks[0]).ShouldBe("Ana,5.00 / Li,6.50");
        blocks[1].ShouldBe("yes");
    }
}
