using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Templates.Tests;

/// <summary>Inspection: copies with comments, the schema of the data, clashes with a sample.</summary>
public sealed class AnnotationTests
{
    private static ReadPackage Annotated(byte[] template, string name)
    {
        using var copy = new MemoryStream();
        TemplateAnnotation.Annotate(template, name, TemplateCheck.Check(template, name), copy);
        var document = new ReadPackage(copy.ToArray());
        Template.Compile(copy.ToArray(), name).ShouldNotBeNull();
        return document;
    }

    [Fact]
    public void A_Word_template_gets_a_comment_at_every_error()
    {
        var document = Annotated(Docx.Of("fine {{a}}", "{{b | mony}}", "", "{{#each x}}"), "memo.docx");

        document.Markup("word/comments.xml").ShouldContain("Did you mean “money”?   [T006]");
        document.Markup("word/comments.xml").ShouldContain("[T011]");
        var body = document.Markup("word/document.xml");
        body.IndexOf("commentRangeStart w:id=\"0\"", StringComparison.Ordinal).ShouldBeInRange(body.IndexOf("fine", StringComparison.Ordinal), body.IndexOf("mony", StringComparison.Ordinal));
    }

    [Fact]
    public void A_content_control_that_is_bound_to_nothing_gets_its_comment_where_it_stands()
    {
        var template = Docx.OfBody("<w:p><w:r><w:t>first</w:t></w:r></w:p><w:p><w:sdt><w:sdtPr><w:tag w:val=\"a |\"/><w:id w:val=\"1\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>second</w:t></w:r></w:sdtContent></w:sdt></w:p>");

        var body = Annotated(template, "memo.docx").Markup("word/document.xml");

        body.IndexOf("commentRangeStart", StringComparison.Ordinal).ShouldBeGreaterThan(body.IndexOf("first", StringComparison.Ordinal));
    }

    [Fact]
    public void A_workbook_gets_a_note_at_every_cell_in_error()
    {
        var document = Annotated(Xlsx.Of(("A1", "{{a}}"), ("B7", "{{b | mony}} {{c +}}")), "crew.xlsx");

        document.Markup("xl/comments1.xml").ShouldContain("<comment ref=\"B7\"");
        document.Markup("xl/comments1.xml").ShouldContain("[T007]");
        document.Markup("xl/worksheets/sheet1.xml").ShouldContain("<legacyDrawing");
    }

    [Fact]
    public void The_fields_of_a_template_are_a_schema()
    {
        var schema = System.Text.Json.Nodes.JsonNode.Parse(Template.Compile(Docx.Of("{{deal.rate | money}} {{? deal.kit}} {{#for c in crew}}{{c.name}} {{c.start | date}}{{/for}}"), "memo.docx").ToJsonSchema())!;

        schema["$schema"]!.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema["required"]!.ToJsonString().ShouldBe("[\"deal\",\"crew\"]");
        schema["properties"]!["deal"]!["required"]!.ToJsonString().ShouldBe("[\"rate\"]");
        schema["properties"]!["deal"]!["properties"]!["rate"]!["type"]!.ToJsonString().ShouldBe("[\"number\",\"null\"]");
        schema["properties"]!["crew"]!["items"]!["properties"]!["start"]!["pattern"].ShouldNotBeNull();
    }

    [Fact]
    public void A_sample_of_another_kind_clashes_with_the_tags() =>
        TemplateCheck.Check(Docx.Of("{{rate | money}} {{start | date}} {{#for c in crew}}{{c}}{{/for}}"), "memo.docx", Expressions.Value.ParseJson("""{"rate":"a lot","start":"soon","crew":"Ana"}"""))
            .Select(problem => $"{problem.Code} {problem.Name}").ShouldBe(["T006 rate", "T006 start", "T009 crew"]);

    [Fact]
    public void One_compiled_template_renders_on_many_threads_at_once()
    {
        foreach (var name in new[] { "15-group-sort", "34-unique-ids", "37-x-row-formulas", "41-x-sheet-for" })
        {
            var (job, _) = Cases.Read(name);
            var compiled = Template.Compile(job.Template, job.Name);
            var expected = job.Run().Document!;

            Parallel.For(0, 64, _ => job.Run(compiled).Document.ShouldBe(expected));
        }
    }
}
