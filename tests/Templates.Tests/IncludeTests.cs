namespace ProductionOffice.Templates.Tests;

public sealed class IncludeTests
{
    [Fact]
    public void An_included_template_is_filled_with_the_current_data_or_a_part_of_it()
    {
        var rider = Docx.Of("Rider for {{name}}", "Signed");
        var memo = Docx.Of("Memo", "{{#include \"rider.docx\" with person}}", "{{#include \"rider.docx\"}}", "End");

        var result = Docx.Render(memo, """{"name":"Ana","person":{"name":"Li"}}""", library: name => name == "rider.docx" ? rider : null);

        Docx.Lines(result).ShouldBe(["Memo", "Rider for Li", "Signed", "Rider for Ana", "Signed", "End"]);
    }

    [Fact]
    public void A_template_that_includes_itself_is_refused()
    {
        var memo = Docx.Of("{{#include \"memo.docx\"}}");

        var result = Docx.Render(memo, "{}", library: _ => memo);

        result.Errors.ShouldContain(error => error.Code == "T013");
    }

    [Fact]
    public void A_missing_include_is_named() =>
        Docx.Render(Docx.Of("{{#include \"gone.docx\"}}"), "{}").Errors.ShouldHaveSingleItem().Code.ShouldBe("T013");

    private const string Lists = $"<w:numbering {WordProbe.W} xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w15\" xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"><w:abstractNum w:abstractNumId=\"0\" w15:restartNumberingAfterBreak=\"0\"><w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"5\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";

    private const string Styles = $"<w:styles {WordProbe.W}><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Plain\"><w:name w:val=\"Plain\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Step\"><w:name w:val=\"Step\"/><w:basedOn w:val=\"Plain\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style></w:styles>";

    private static byte[] Rider(string body) => WordProbe.With(Docx.OfBody(body), ("rId1", "styles", "styles.xml", Styles), ("rId2", "numbering", "numbering.xml", Lists));

    [Fact]
    public void Styles_and_lists_come_along_into_a_document_that_has_none()
    {
        var document = WordProbe.Open(Docx.Of("{{#include \"a.docx\"}}"), "{}", library: _ => Rider("<w:p><w:pPr><w:pStyle w:val=\"Step\"/></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:p>"));

        WordProbe.Found(document, "styleId=\"(\\w+)\"", "word/styles.xml").ShouldBe(["Plain", "Step"]);
        document.Markup("word/styles.xml").ShouldNotContain("w:default");
        var list = WordProbe.Found(document, "<w:num [^>]*w:numId=\"(\\d+)\"", "word/numbering.xml").ShouldHaveSingleItem();
        WordProbe.Found(document, "numId w:val=\"(\\d+)\"", "word/styles.xml").ShouldBe([list]);
        WordProbe.Found(document, "numId w:val=\"(\\d+)\"").ShouldBe([list]);
    }

    [Fact]
    public void What_an_included_document_includes_comes_along_too()
    {
        var middle = Docx.Of("middle", "{{#include \"inner.docx\"}}");
        var inner = Rider("<w:p><w:pPr><w:pStyle w:val=\"Step\"/></w:pPr><w:r><w:t>{{name}}</w:t></w:r></w:p>");

        var document = WordProbe.Open(Docx.Of("{{#include \"middle.docx\"}}"), """{"name":"Ana"}""", library: name => name == "inner.docx" ? inner : middle);

        ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!).ShouldBe(["middle", "Ana"]);
        document.Names.ShouldContain("word/styles.xml");
        document.Names.ShouldContain("word/numbering.xml");
    }

    [Fact]
    public void Eight_templates_deep_is_the_most()
    {
        byte[]? Library(string name) => Docx.Of(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) is var depth && depth < Last ? $"{{{{#include \"{depth + 1}\"}}}}" : "deepest");

        Last = 8;
        Docx.Lines(Docx.Render(Docx.Of("{{#include \"1\"}}"), "{}", library: Library)).ShouldBe(["deepest"]);
        Last = 9;
        Docx.Render(Docx.Of("{{#include \"1\"}}"), "{}", library: Library).Errors.ShouldHaveSingleItem().Code.ShouldBe("T013");
    }

    private int Last { get; set; }

    [Fact]
    public void An_error_in_an_included_template_names_its_file()
    {
        var error = Docx.Render(Docx.Of("{{#include \"riders/minor.docx\"}}"), "{}", library: _ => Docx.Of("x", "{{zz}}")).Errors.ShouldHaveSingleItem();

        error.File.ShouldBe("riders/minor.docx");
        error.Place.ShouldBe("paragraph 2, column 1");
    }

    [Fact]
    public void Bookmarks_keep_their_names_when_they_are_free_and_references_follow()
    {
        var rider = Docx.OfBody("<w:p><w:bookmarkStart w:id=\"1\" w:name=\"spot\"/><w:r><w:t>x</w:t></w:r><w:bookmarkEnd w:id=\"1\"/><w:fldSimple w:instr=\" REF spot \\h \"><w:r><w:t>x</w:t></w:r></w:fldSimple><w:hyperlink w:anchor=\"spot\"><w:r><w:t>go</w:t></w:r></w:hyperlink></w:p>");

        var document = WordProbe.Open(Docx.Of("{{#include \"a\"}}", "{{#include \"a\"}}"), "{}", library: _ => rider);

        WordProbe.Found(document, "w:name=\"(\\w+)\"").ShouldBe(["spot", "spot_2"]);
        WordProbe.Found(document, "REF (\\w+)").ShouldBe(["spot", "spot_2"]);
        WordProbe.Found(document, "anchor=\"(\\w+)\"").ShouldBe(["spot", "spot_2"]);
    }

    [Fact]
    public void Prefixes_of_an_included_document_are_declared()
    {
        var rider = Repacked.With(Docx.OfBody("<w:p><w:r><x:new/><w:t>x</w:t></w:r></w:p>"), (name, text) => name == "word/document.xml" ? text.Replace("<w:document ", "<w:document xmlns:x=\"urn:x\" ", StringComparison.Ordinal) : text);

        Docx.Lines(Docx.Render(Docx.Of("{{#include \"a\"}}"), "{}", library: _ => rider)).ShouldBe(["x"]);
    }

    [Fact]
    public void An_include_works_in_cells_loops_and_within_a_line()
    {
        var rider = Docx.Of("for {{x}}");
        byte[]? Library(string name) => rider;

        WordProbe.Show(ReadPackage.Blocks(WordProbe.Open(Docx.OfBody(WordProbe.Table(1, WordProbe.Row("{{#row for x in xs}}{{#include \"a\"}}")) + WordProbe.P("")), """{"xs":[1,2]}""", library: Library).Xml("word/document.xml").DocumentElement!.FirstChild!)).ShouldBe("[for 1 / for 2]|");
        Docx.Lines(Docx.Render(Docx.Of("{{#for x in xs}}", "{{#include \"a\"}}", "{{/for}}"), """{"xs":[1,2]}""", library: Library)).ShouldBe(["for 1", "for 2"]);
        Docx.Lines(Docx.Render(Docx.Of("a {{#include \"a\" with { x: 3 }}} b"), "{}", library: Library)).ShouldBe(["a ", "for 3", " b"]);
    }
}
