namespace ProductionOffice.Templates.Tests;

/// <summary>Rules of the language that the conformance cases do not show.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("{{Name}}", "Ana")]
    [InlineData("{{\"{{\"}}x", "{{x")]
    [InlineData("{{// don't print}}x", "x")]
    [InlineData("{{#If name}}y{{/IF}}", "y")]
    [InlineData("{{#for d in days}}{{loop.number}}{{d}}{{:between}}-{{/}}", "1Mon-2Tue")]
    [InlineData("{{name | map: { Ana: \"x\" }}}", "x")]
    [InlineData("{{#let n = rate * 2}}{{n}}", "117")]
    [InlineData("{{#for d, i in days}}{{i}}{{/for}}", "01")]
    [InlineData("{{rate > 5 ? “a” : “b”}}", "a")]
    [InlineData("{{#for x in none}}a{{:empty}}b{{/for}}", "b")]
    [InlineData("{{? gone.name}}x", "x")]
    public void Tag_prints(string text, string printed) => Docx.Lines(Docx.Render(Docx.Of(text), Data))[0].ShouldBe(printed);

    [Theory]
    [InlineData("{}", "6:30 PM")]
    [InlineData("""{"timezone":"UTC"}""", "1:30 AM")]
    public void A_moment_prints_in_the_time_zone_of_the_production_unless_another_is_asked_for(string options, string printed) =>
        Docx.Lines(Docx.Render(Docx.Of("{{at | time}}"), """{"at":"2027-01-02T01:30Z","production":{"timezone":"America/Denver"}}""", options)).ShouldBe([printed]);

    [Fact]
    public void A_time_zone_nobody_knows_is_told() =>
        Should.Throw<FormatException>(() => Docx.Render(Docx.Of("x"), """{"production":{"timezone":"Mars/Base"}}""")).Message.ShouldContain("Mars/Base");

    [Fact]
    public void A_missing_name_is_marked_in_the_text_when_asked()
    {
        var result = Docx.Render(Docx.Of("Rate {{rat}} a day"), Data, """{"missing":"mark"}""");

        Docx.Lines(result).ShouldBe(["Rate [rat?] a day"]);
        result.Warnings.ShouldHaveSingleItem().Suggest.ShouldContain("rate");
    }

    [Fact]
    public void Text_before_and_after_a_section_over_paragraphs_stays()
    {
        var template = Docx.Of("Hello {{#if rate}}world", "more{{/if}} bye");

        Docx.Lines(Docx.Render(template, Data)).ShouldBe(["Hello world", "more bye"]);
        Docx.Lines(Docx.Render(template, """{"rate":0}""")).ShouldBe(["Hello  bye"]);
    }

    [Fact]
    public void Lines_give_a_paragraph_each() =>
        Docx.Lines(Docx.Render(Docx.Of("{{t | lines}}", "end"), """{"t":"a\nb"}""")).ShouldBe(["a", "b", "end"]);

    [Fact]
    public void Markdown_becomes_paragraphs() =>
        Docx.Lines(Docx.Render(Docx.Of("{{t | markdown}}"), """{"t":"# Title\n\nSome **bold** text\n\n- one\n- two"}""")).ShouldBe(["Title", "Some bold text", "one", "two"]);

    [Fact]
    public void Loops_that_never_end_well_are_stopped() =>
        Docx.Render(Docx.Of("{{#for a in xs}}{{#for b in xs}}x{{/for}}{{/for}}"), $"{{\"xs\":[{string.Join(',', Enumerable.Repeat("1", 1000))}]}}").Errors.ShouldHaveSingleItem().Code.ShouldBe("T012");

    [Fact]
    public void A_picture_that_is_none_is_told() =>
        Docx.Render(Docx.Of("{{name | image}}"), Data).Errors.ShouldHaveSingleItem().Code.ShouldBe("T010");

    [Fact]
    public void Fields_list_every_path_once()
    {
        var template = Template.Compile(Docx.Of("{{name}} {{deal.rate | money}}", "{{#for c in crew}}{{c.name}}{{/for}}", "{{? note}}"), "memo.docx");

        template.Fields.Select(field => $"{field.Path}:{field.Kind}{(field.Optional ? "?" : "")}").ShouldBe(["name:Text", "deal.rate:Money", "crew:List", "crew[].name:Text", "note:Text?"]);
    }

    [Theory]
    [InlineData("{{crew[0].nam}}", "crew[0].nam", "crew[0].name")]
    [InlineData("{{crew[1].nam | upper}}", "crew[1].nam", "crew[1].name")]
    [InlineData("{{crew[0]['nam']}}", "crew[0]['nam']", null)]
    [InlineData("{{zzz[0]}}", "zzz[0]", null)]
    public void A_name_of_one_item_that_is_not_there_is_told(string tag, string name, string? nearest)
    {
        var error = Docx.Render(Docx.Of(tag), """{"crew":[{"name":"Ana"},{"name":"Li"}]}""").Errors.ShouldHaveSingleItem();

        (error.Code, error.Name).ShouldBe(("T005", name));
        (error.Suggest.Count > 0 ? error.Suggest[0] : null).ShouldBe(nearest);
    }

    [Fact]
    public void An_item_beyond_the_end_of_its_list_prints_nothing_and_a_tag_may_answer_itself() =>
        Docx.Lines(Docx.Render(Docx.Of("{{crew[5]}}{{? crew[0].nam}}{{crew[0].nam ?? 'a'}}{{crew[0].nam | or: 'b'}}{{crew[0].name}}"), """{"crew":[{"name":"Ana"}]}""")).ShouldBe(["abAna"]);

    private const string Data = """{"name":"Ana","rate":58.5,"days":["Mon","Tue"],"none":[]}""";
}
