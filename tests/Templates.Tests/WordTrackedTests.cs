using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>Templates with unaccepted changes read as if they were accepted.</summary>
public sealed class WordTrackedTests
{
    private const string By = "w:id=\"9\" w:author=\"a\" w:date=\"2026-01-01T00:00:00Z\"";
    private const string Data = """{"name":"Ana","a":true}""";

    private static string Del(string text) => $"<w:del {By}><w:r><w:delText>{text}</w:delText></w:r></w:del>";

    private static string Ins(string inner) => $"<w:ins {By}>{inner}</w:ins>";

    private static string DeletedMark(string properties, string content) => $"<w:p><w:pPr>{properties}<w:rPr><w:del {By}/></w:rPr></w:pPr>{content}</w:p>";

    [Fact]
    public void Half_a_tag_inserted_and_half_deleted_is_read_as_accepted() =>
        Show(P(Run("{{na"), Del("ughty"), Ins(Run("m")), Run("e}} {{#if "), Del("b"), Ins(Run("a")), Run("}}y{{/if}}")), Data).ShouldBe("Ana y");

    [Fact]
    public void A_deleted_paragraph_leaves_the_next_one_its_format()
    {
        var body = DeletedMark("<w:pStyle w:val=\"Heading1\"/>", Del("gone")) + "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>" + Run("{{name}}") + "</w:p>";

        Show(body, Data).ShouldBe("Ana");
        Open(Docx.OfBody(body), Data).Markup("word/document.xml").ShouldSatisfyAllConditions(xml => xml.ShouldContain("center"), xml => xml.ShouldNotContain("Heading1"));
    }

    [Fact]
    public void A_deleted_paragraph_before_a_table_goes() =>
        Show(P("x") + DeletedMark("", Del("gone")) + Table(1, Row("{{name}}")) + P("end"), Data).ShouldBe("x|[Ana]|end");

    [Fact]
    public void Bookmarks_between_joined_paragraphs_stay()
    {
        var body = DeletedMark("", Run("a")) + "<w:bookmarkStart w:id=\"1\" w:name=\"m\"/>" + P("b", "<w:bookmarkEnd w:id=\"1\"/>");

        Show(body, Data).ShouldBe("ab");
        Found(Open(Docx.OfBody(body), Data), "w:name=\"(m)\"").Count.ShouldBe(1);
    }

    [Fact]
    public void A_table_whose_rows_were_all_deleted_goes()
    {
        var row = $"<w:tr><w:trPr><w:del {By}/></w:trPr>{Cell("x")}</w:tr>";

        Show(P("a") + Table(1, row, row) + P("b"), Data).ShouldBe("a|b");
    }

    [Fact]
    public void Moved_text_stands_where_it_was_moved_to()
    {
        var body = P($"<w:moveFromRangeStart {By} w:name=\"mv\"/><w:moveFrom {By}><w:r><w:t>{{{{name}}}}</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id=\"9\"/>", Run("x"))
            + P($"<w:moveToRangeStart {By} w:name=\"mv\"/><w:moveTo {By}><w:r><w:t>{{{{name}}}}</w:t></w:r></w:moveTo><w:moveToRangeEnd w:id=\"9\"/>");

        Show(body, Data).ShouldBe("x|Ana");
    }

    [Fact]
    public void Former_formats_are_forgotten()
    {
        var xml = Open(Docx.OfBody(P($"<w:r><w:rPr><w:b/><w:rPrChange {By}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>{{{{name}}}}</w:t></w:r>")), Data).Markup("word/document.xml");

        xml.ShouldContain("<w:b/>");
        xml.ShouldNotContain("<w:i/>");
    }

    [Fact]
    public void Changes_are_counted_in_the_warning() =>
        Docx.Render(Docx.OfBody(P(Del("a"), Ins(Run("b")))), Data).Warnings.ShouldHaveSingleItem().Message.ShouldContain("2 unaccepted changes");
}
