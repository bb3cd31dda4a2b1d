using ProductionOffice.Expressions;
using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Templates.Tests;

public sealed class TemplateCheckTests
{
    [Fact]
    public void Errors_of_a_template_are_found_without_data() =>
        TemplateCheck.Check(Docx.Of("{{a | mony}}", "{{#each x}}", "{{b"), "memo.docx").Select(problem => problem.Code).ShouldBe(["T006", "T011", "T001"], ignoreOrder: true);

    [Fact]
    public void A_word_without_its_sign_is_told_where_it_was_meant() =>
        TemplateCheck.Check(Docx.Of("{{#if a}}x{{else}}y{{/if}}", "{{else}}"), "memo.docx").ShouldHaveSingleItem().Message.ShouldBe("{{else}} is read as the value “else”. For the other case of an #if, write {{:else}}.");

    [Theory]
    [InlineData("Dear {name},", "Dear {name},", "{{name}}")]
    [InlineData("{#if a}", "{#if a}", "{{#if a}}")]
    [InlineData("Dear {person.name}} and", "Dear {person.name}} and", "{{person.name}}")]
    [InlineData("{rate | money}", "{rate | money}", "{{rate | money}}")]
    public void Words_in_single_braces_are_told_in_Word_and_Excel(string word, string excel, string meant)
    {
        var problems = TemplateCheck.Check(Docx.Of("{{title}}", word), "memo.docx").Concat(TemplateCheck.Check(Xlsx.Of(("B2", excel)), "list.xlsx")).ToList();

        problems.Select(problem => $"{problem.Code} {problem.Severity}").ShouldBe(["T001 Warning", "T001 Warning"]);
        problems[0].Place.ShouldStartWith("paragraph 2, column");
        problems[1].Cell.ShouldBe("B2");
        problems.ShouldAllBe(problem => problem.Message.Contains($"write {meant}."));
    }

    [Fact]
    public void Braces_inside_of_tags_and_braces_that_hold_no_name_are_nobodys_slip() =>
        TemplateCheck.Check(Docx.Of("{{x | map: { a: \"b\" }}} {1} { } {} a } b {"), "memo.docx").ShouldBeEmpty();

    [Fact]
    public void A_sample_shows_unknown_names_and_unused_fields()
    {
        var problems = TemplateCheck.Check(Docx.Of("{{nmae}} {{#for c in crew}}{{c.role}}{{/for}}"), "memo.docx", Value.ParseJson("""{"name":"Ana","crew":[{"name":"Li"}]}"""));

        problems.Select(problem => $"{problem.Code} {problem.Name}").ShouldBe(["T005 nmae", "T005 crew[].role", "W005 name"]);
        problems[0].Suggest.ShouldContain("name");
    }

    [Fact]
    public void An_unknown_name_has_its_whole_place_and_names_as_they_have_to_be_typed()
    {
        var template = Docx.OfBody(WordTables.Table(WordTables.Row("Name", "Rate"), WordTables.Row("{{#row for c in crew}}{{c.nmae}}", "{{rate | money}}")) + "<w:p/>");

        var problems = TemplateCheck.Check(template, "memo.docx", Value.ParseJson("""{"crew":[{"name":"Ana","rate":43}]}"""));

        problems.Count.ShouldBe(2);
        (problems[0].Table, problems[0].Row, problems[0].Cell, problems[0].Column, problems[0].Tag).ShouldBe((1, 2, "1", 23, "{{c.nmae}}"));
        problems[0].Suggest.ShouldBe(["c.name"]);
        problems[1].Suggest.ShouldBe(["c.rate"]);
    }

    [Fact]
    public void A_field_that_not_every_item_has_is_told_unless_the_tag_answers_for_it()
    {
        const string data = """{"crew":[{"name":"Ana","phone":"1"},{"name":"Li"}]}""";

        TemplateCheck.Check(Docx.Of("{{#for c in crew}}{{c.name}} {{c.phone}}{{/for}}"), "memo.docx", Value.ParseJson(data)).ShouldHaveSingleItem().Message.ShouldStartWith("Not every item in the sample has “c.phone”.");
        TemplateCheck.Check(Docx.Of("{{#for c in crew}}{{c.name}} {{? c.phone}}{{/for}}"), "memo.docx", Value.ParseJson(data)).ShouldBeEmpty();
    }

    [Fact]
    public void A_schema_shows_unknown_names_kinds_and_what_may_be_missing()
    {
        const string schema = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["deal","crew"],"$defs":{"person":{"type":"object","properties":{"name":{"type":"string"}}}},
             "properties":{"deal":{"type":"object","required":["rate"],"properties":{"rate":{"type":["number","null"]},"kit":{"type":"number"}}},"crew":{"type":"array","items":{"$ref":"#/$defs/person"}},"sent":{"type":"boolean"},"extra":{}}}
            """;
        var template = Docx.Of("{{deal.rat | money}} {{deal.kit}} {{deal.rate | date}} {{#for c in crew}}{{c.name}} {{c.nam}}{{/for}} {{#for x in deal}}{{/for}} {{deal}} {{extra.any.thing}}");

        TemplateCheck.Check(template, "memo.docx", DataShape.OfSchema(schema), null).Select(problem => $"{problem.Code} {problem.Severity} {problem.Name}").ShouldBe(
            ["T005 Error deal.rat", "T005 Warning deal.kit", "T005 Error crew[].nam", "T009 Error deal", "T008 Error deal", "W005 Warning sent"]);
    }

    [Fact]
    public void The_schema_of_a_template_fits_the_template()
    {
        var template = Docx.Of("{{deal.rate | money}} {{? deal.kit}} {{#for c in crew}}{{c.name}} {{c.start | date}}{{/for}} {{signed | signature: \"UPM\"}}");
        var schema = Template.Compile(template, "memo.docx").ToJsonSchema();

        TemplateCheck.Check(template, "memo.docx", DataShape.OfSchema(schema), null).ShouldBeEmpty();
    }

    [Fact]
    public void Includes_are_followed_and_their_errors_name_their_file()
    {
        var library = new Dictionary<string, byte[]> { ["rider.docx"] = Docx.Of("ok", "{{a | mony}}", "{{nmae}}"), ["loop.docx"] = Docx.Of("{{#include \"loop.docx\"}}") };
        var template = Docx.Of("{{#include \"rider.docx\"}}", "{{#include \"gone.docx\"}}", "{{#include \"loop.docx\"}}");

        var problems = TemplateCheck.Check(template, "memo.docx", null, name => library.GetValueOrDefault(name));

        problems.Select(problem => $"{problem.Code} {problem.File} {problem.Place}").ShouldBe(["T006 rider.docx paragraph 2, column 1", "T013 memo.docx paragraph 2, column 1", "T013 loop.docx paragraph 1, column 1"]);
    }

    [Fact]
    public void An_error_inside_an_included_template_names_its_file_when_it_is_filled() =>
        Docx.Render(Docx.Of("x", "{{#include \"rider.docx\"}}"), "{}", library: _ => Docx.Of("{{gone}}")).Errors.ShouldHaveSingleItem().ToText().ShouldStartWith("rider.docx, paragraph 1, column 1: {{gone}}");
}
