using ProductionOffice.Expressions;
using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Templates.Tests;

public sealed class TemplateCheckTests
{
    [Fact]
    public void Errors_of_a_template_are_found_without_data() =>
        TemplateCheck.Check(Docx.Of("{{a | mony}}", "{{#each x}}", "{{b"), "memo.docx").Select(problem => problem.Code).ShouldBe(["T006", "T011", "T001"], ignoreOrder: true);

    [Fact]
    public void A_sample_shows_unknown_names_and_unused_fields()
    {
        var problems = TemplateCheck.Check(Docx.Of("{{nmae}} {{#for c in crew}}{{c.role}}{{/for}}"), "memo.docx", Value.ParseJson("""{"name":"Ana","crew":[{"name":"Li"}]}"""));

        problems.Select(problem => $"{problem.Code} {problem.Name}").ShouldBe(["T005 nmae", "T005 crew[].role", "W005 name"]);
        problems[0].Suggest.ShouldContain("name");
    }
}
