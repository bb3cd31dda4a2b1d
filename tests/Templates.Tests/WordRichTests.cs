using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>Markdown, HTML, links, signatures: content that formatters make.</summary>
public sealed class WordRichTests
{
    private static ReadPackage Markdown(string text, string before = "") => Open(Docx.OfBody(before + P("{{t | markdown}}")), $$"""{"t":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""");

    private static string Shown(ReadPackage document) => Show(ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!));

    [Theory]
    [InlineData("a **b** *c* ~~d~~ `e` snake_case_name", "a b c d e snake_case_name")]
    [InlineData("one  \ntwo\nthree", "one\ntwo three")]
    [InlineData("1. a\n   - b\n   - c\n2. d", "a|b|c|d")]
    [InlineData("| a | b |\n|---|:-:|\n| 1 | **2** |", "[a,b / 1,2]|")]
    [InlineData("```\nx  = 1\n* no list\n```", "x  = 1\n* no list")]
    [InlineData("> said\n\n---\n\nend", "said||end")]
    [InlineData("\\*no\\*", "*no*")]
    [InlineData("", "")]
    public void Markdown_becomes(string text, string printed) => Shown(Markdown(text)).ShouldBe(printed);

    [Fact]
    public void Lists_are_real_lists_and_each_begins_anew()
    {
        var document = Markdown("1. a\n2. b\n   1. c\n\ntext\n\n3. d\n\n- e");

        Found(document, "<w:ilvl w:val=\"(\\d)\"").ShouldBe(["0", "0", "1", "0", "0"]);
        var lists = Found(document, "<w:numId w:val=\"(\\d+)\"");
        lists[0].ShouldBe(lists[1]);
        lists.Distinct().Count().ShouldBe(4);
        document.Markup("word/numbering.xml").ShouldContain($"<w:num w:numId=\"{lists[3]}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/>");
    }

    [Fact]
    public void Rich_runs_keep_the_format_of_the_tag()
    {
        var document = Open(Docx.OfBody(P(Run("{{t | markdown}}", "<w:color w:val=\"FF0000\"/><w:sz w:val=\"40\"/>"))), """{"t":"a **b** [c](https://h.org/x)"}""");

        document.Markup("word/document.xml").ShouldContain("<w:b/><w:color w:val=\"FF0000\"/><w:sz w:val=\"40\"/>");
    }

    [Theory]
    [InlineData("<p>a <b>b</b><br>c</p><ul><li>d<ul><li>e</li></ul></li></ul>", "a b\nc|d|e")]
    [InlineData("<ol start='3'><li>x</li></ol><script>bad()</script><!-- no -->&amp;", "x|&")]
    [InlineData("<table><tr><th>h</th><th>i</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "[h,i / 1,2]|")]
    [InlineData("<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("<h2>t</h2><blockquote>q</blockquote><div>x<iframe src=y></iframe></div>", "t|q|x")]
    public void Html_becomes(string html, string printed) =>
        Shown(Open(Docx.Of("{{t | html}}"), $$"""{"t":{{System.Text.Json.JsonSerializer.Serialize(html)}}}""")).ShouldBe(printed);

    [Theory]
    [InlineData("https://h.org/a b", "https://h.org/a%20b")]
    [InlineData("mailto:a@h.org", "mailto:a@h.org")]
    [InlineData("tel:+1 505", "tel:+1%20505")]
    public void A_link_goes_to_a_safe_address(string address, string target) =>
        Found(Open(Docx.Of("{{t | link: \"go\"}}"), $$"""{"t":"{{address}}"}"""), "Target=\"([^\"]+)\"", "word/_rels/document.xml.rels").ShouldBe([target]);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    public void An_unsafe_address_is_printed_as_text(string address)
    {
        var result = Docx.Render(Docx.Of("{{t | link: \"go\"}} {{'[x](' + t + ')' | markdown}}"), $$"""{"t":"{{address}}"}""");

        Docx.Lines(result).ShouldBe(["go x"]);
        result.Warnings.Select(warning => warning.Code).Distinct().ShouldBe(["W006"]);
    }

    [Theory]
    [InlineData("mailto:%7B%7Bmail%7D%7D?subject=%7B%7Bcity%7D%7D", "mailto:a@h.org?subject=Santa%20Fe")]
    [InlineData("{{site}}/map?q={{city}}", "https://h.org/map?q=Santa%20Fe")]
    [InlineData("https://h.org/{{#if city}}in/{{city | lower}}{{/if}}", "https://h.org/in/santa%20fe")]
    [InlineData("{{site}}", "https://h.org")]
    [InlineData("{{bad}}", "#")]
    public void The_address_of_a_link_may_hold_tags(string address, string target)
    {
        var template = With(Docx.OfBody(P($"<w:hyperlink r:id=\"rId1\">{Run("go")}</w:hyperlink>")), ("rId1", "hyperlink", "", address));

        Found(new ReadPackage(Docx.Render(template, """{"mail":"a@h.org","city":"Santa Fe","site":"https://h.org","bad":"javascript:x"}""").Document!), "Target=\"([^\"]+)\"", "word/_rels/document.xml.rels").ShouldBe([target]);
    }

    [Fact]
    public void Links_in_copies_go_where_their_item_says()
    {
        var template = With(Docx.OfBody(P("{{#for x in xs}}") + P($"<w:hyperlink r:id=\"rId1\">{Run("{{x}}")}</w:hyperlink>") + P("{{/for}}")), ("rId1", "hyperlink", "", "https://h.org/%7B%7Bx%7D%7D"));

        Found(Open(template, """{"xs":["a","b"]}"""), "Target=\"([^\"]+)\"", "word/_rels/document.xml.rels").ShouldBe(["https://h.org/a", "https://h.org/b"]);
    }

    [Fact]
    public void A_signature_is_a_line_until_somebody_signs()
    {
        Show(P("{{s | signature: \"Producer\"}}"), """{"s":null}""").ShouldBe("______________________________\nProducer");
        Show(P("{{s | signature: \"Producer\"}}"), """{"s":{"name":"Ana","date":"2026-03-14"}}""").ShouldBe("Ana\nProducer\n2026-03-14");
    }

    [Fact]
    public void A_missing_value_is_marked_with_the_format_of_its_tag() =>
        Open(Docx.OfBody(P(Run("{{zz}}", "<w:b/><w:sz w:val=\"40\"/>"))), "{}", """{"missing":"mark"}""").Markup("word/document.xml").ShouldContain("<w:b/><w:sz w:val=\"40\"/><w:highlight w:val=\"yellow\"/></w:rPr><w:t>[zz?]");
}
