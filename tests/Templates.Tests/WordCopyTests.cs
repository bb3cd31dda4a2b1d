using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>What copies of paragraphs, included documents and dropped references leave behind.</summary>
public sealed class WordCopyTests
{
    private const string Data = """{"name":"Kei","xs":["a","b"],"n":null}""";

    private static ReadPackage Open(RenderResult result)
    {
        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        var document = new ReadPackage(result.Document!);
        Invariants.Hold(document);
        return document;
    }

    private static List<string> Found(ReadPackage document, string pattern, string part = "word/document.xml") => [.. Regex.Matches(document.Markup(part), pattern).Select(match => match.Groups[1].Value)];

    private static string Run(string text) => $"<w:r><w:t>{Docx.Escape(text)}</w:t></w:r>";

    [Fact]
    public void References_follow_the_bookmark_of_their_copy_wherever_they_stand()
    {
        var body = "<w:p><w:bookmarkStart w:id=\"7\" w:name=\"spot_2\"/><w:bookmarkEnd w:id=\"7\"/></w:p><w:p>" + Run("{{#for x in xs}}") + "</w:p>"
            + "<w:p><w:fldSimple w:instr=\" REF spot \\h \">" + Run("q") + "</w:fldSimple><w:hyperlink w:anchor=\"spot\">" + Run("go") + "</w:hyperlink></w:p>"
            + "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"spot\"/>" + Run("{{x}}") + "<w:bookmarkEnd w:id=\"1\"/></w:p><w:p>" + Run("{{/for}}") + "</w:p>";

        var document = Open(Docx.Render(Docx.OfBody(body), Data));

        Found(document, "w:name=\"(\\w+)\"").ShouldBe(["spot_2", "spot", "spot_3"]);
        Found(document, "instr=\" REF (\\w+)").ShouldBe(["spot", "spot_3"]);
        Found(document, "anchor=\"(\\w+)\"").ShouldBe(["spot", "spot_3"]);
    }

    [Fact]
    public void Notes_of_an_included_document_come_along()
    {
        const string Notes = "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:footnote w:id=\"1\"><w:p><w:r><w:t>Note of {{name}}</w:t></w:r></w:p></w:footnote></w:footnotes>";
        var rider = Repacked.With(Docx.OfBody("<w:p>" + Run("Rider") + "<w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>"), null,
            ("word/_rels/document.xml.rels", Repacked.Relations(("rId1", "footnotes", "footnotes.xml", false))), ("word/footnotes.xml", Notes));

        var document = Open(Docx.Render(Docx.Of("{{#include \"rider.docx\"}}", "{{#include \"rider.docx\" with { name: \"Ana\" }}}"), Data, library: _ => rider));

        Found(document, ">(Note of [^<]+)<", "word/footnotes.xml").ShouldBe(["Note of Kei", "Note of Ana"]);
        Found(document, "footnoteReference w:id=\"(\\d+)\"").ShouldBe(Found(document, "<w:footnote w:id=\"(\\d+)\"", "word/footnotes.xml"));
    }

    [Fact]
    public void A_list_that_numbers_by_its_style_restarts_too()
    {
        const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        var template = Repacked.With(Docx.OfBody("<w:p>" + Run("{{#for x in xs restart}}") + "</w:p><w:p><w:pPr><w:pStyle w:val=\"Steps\"/></w:pPr>" + Run("{{x}}") + "</w:p><w:p>" + Run("{{/for}}") + "</w:p>"), null,
            ("word/_rels/document.xml.rels", Repacked.Relations(("rId1", "styles", "styles.xml", false), ("rId2", "numbering", "numbering.xml", false))),
            ("word/styles.xml", $"<w:styles {W}><w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Steps\"><w:basedOn w:val=\"Base\"/></w:style></w:styles>"),
            ("word/numbering.xml", $"<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"/><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"));

        Found(Open(Docx.Render(template, Data)), "numId w:val=\"(\\d+)\"").ShouldBe(["2"]);
    }

    [Fact]
    public void A_list_that_began_before_the_loop_restarts_with_its_first_item()
    {
        const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        static string Item(string text) => "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>" + Run(text) + "</w:p>";
        var template = Repacked.With(Docx.OfBody(Item("before") + "<w:p>" + Run("{{#for d in ['a', 'b'] restart}}") + "</w:p>" + Item("{{d}}") + Item("more") + "<w:p>" + Run("{{/for}}") + "</w:p>" + Item("after")), null,
            ("word/_rels/document.xml.rels", Repacked.Relations(("rId2", "numbering", "numbering.xml", false))),
            ("word/numbering.xml", $"<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"/><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"));

        Found(Open(Docx.Render(template, Data)), "numId w:val=\"(\\d+)\"").ShouldBe(["1", "2", "2", "3", "3", "1"]);
    }

    [Fact]
    public void A_linked_picture_that_was_dropped_leaves_no_reference()
    {
        var template = Repacked.With(Docx.OfBody("<w:p>" + Run("{{name}}") + "<w:r><w:drawing><a:blip xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" r:link=\"rId1\"/></w:drawing></w:r></w:p>"), null,
            ("word/_rels/document.xml.rels", Repacked.Relations(("rId1", "image", "http://h.org/x.png", true))));

        var result = Docx.Render(template, Data);

        result.Warnings.Select(warning => warning.Code).ShouldBe(["W008"]);
        Open(result).Markup("word/document.xml").ShouldNotContain("r:link");
    }

    [Fact]
    public void An_error_in_a_text_box_is_told_once()
    {
        const string Box = "<w:p><w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>";

        Docx.Render(Docx.OfBody(string.Format(System.Globalization.CultureInfo.InvariantCulture, Box, "<w:p>" + Run("{{/if}} {{zz}}") + "</w:p>")), Data).Errors.Select(error => error.Code).ShouldBe(["T002"]);
        Docx.Render(Docx.OfBody(string.Format(System.Globalization.CultureInfo.InvariantCulture, Box, "<w:p>" + Run("{{zz}}") + "</w:p>")), Data).Errors.Select(error => error.Code).ShouldBe(["T005"]);
    }

    [Fact]
    public void Names_of_a_loop_that_is_in_error_are_not_told_too()
    {
        Docx.Render(Docx.Of("{{#each x in xs}}{{x.name}}{{/each}}"), Data).Errors.Select(error => error.Code).ShouldBe(["T011"]);
        Docx.Render(Docx.Of("{{#for x on xs}}{{x.name}}{{/for}}", "{{#let y 5}}{{y}}"), Data).Errors.Select(error => error.Code).ShouldBe(["T007", "T007"]);
        Docx.Render(Docx.Of("{{#for x in xs | srot: \"a\"}}{{x.name}}{{/for}}"), Data).Errors.Select(error => error.Code).ShouldBe(["T006"]);
    }

    [Fact]
    public void Dropline_looks_at_what_is_printed_in_the_end() =>
        Docx.Lines(Docx.Render(Docx.Of("{{n | dropline | lines}}", "{{n | dropline | upper}}", "{{name | dropline | upper}}"), Data)).ShouldBe(["KEI"]);

    [Fact]
    public void A_member_that_is_not_in_the_language_is_told_as_such() =>
        Docx.Render(Docx.Of("{{xs.push(1)}}"), Data).Errors.Select(error => error.Code).ShouldBe(["T007"]);

    [Fact]
    public void The_address_of_a_link_that_is_not_printed_leaves_nothing()
    {
        var template = Repacked.With(Docx.OfBody("<w:p>" + Run("{{#if n}}") + "<w:hyperlink r:id=\"rId1\">" + Run("go") + "</w:hyperlink>" + Run("{{/if}}end") + "</w:p>"), null,
            ("word/_rels/document.xml.rels", Repacked.Relations(("rId1", "hyperlink", "https://h.org/%7B%7Bname%7D%7D", true))));

        Open(Docx.Render(template, Data)).Markup("word/_rels/document.xml.rels").ShouldNotContain("%7B");
    }
}
