using ProductionOffice.Engine.Definitions;
using ProductionOffice.Templates;
using ProductionOffice.TestKit;
using ProductionOffice.Workflows.Documents;

namespace ProductionOffice.Workflows.Tests.Documents;

/// <summary>A template asks for something: does the workflow provide it?</summary>
public sealed class TemplateFieldCheckTests
{
    private static readonly string Templates = Path.Combine(Tools.Root, "templates", "documents");
    private static readonly string Hire = File.ReadAllText(Path.Combine(Tools.Root, "workflows", "definitions", "crew-hire.json"));

    [Fact]
    public void The_shipped_hire_provides_all_that_the_shipped_deal_memo_asks_for() => Problems(Hire).ShouldBeEmpty();

    [Fact]
    public void A_template_that_is_not_there_is_named_with_those_that_are()
    {
        var problem = Problems(Hire.Replace("deal-memo.docx", "deal-meno.docx", StringComparison.Ordinal))[0];

        problem.Code.ShouldBe("UnknownTemplate");
        problem.IsError.ShouldBeTrue();
        problem.Remedy.ShouldContain("deal-memo.docx");
        problem.Path.ShouldEndWith(".template");
    }

    [Fact]
    public void A_field_that_nothing_provides_is_named_with_its_place()
    {
        // Without the activity that takes the request, nobody sets person and deal.
        var definition = """
            {"id":"w-v1","definitionId":"w","version":1,"variables":[{"id":"deal","name":"deal","typeName":"Object"}],
             "root":{"id":"memo","type":"Office.GenerateDocument","version":1,
              "template":{"typeName":"String","expression":{"type":"Literal","value":"deal-memo.docx"}},
              "kind":{"typeName":"String","expression":{"type":"Literal","value":"dealMemo"}}}}
            """;

        var problems = Problems(definition);

        problems.ShouldAllBe(p => p.Code == "UnknownField" && p.Value!.StartsWith("person", StringComparison.Ordinal) && p.ActivityId == "memo");
        problems.ShouldContain(p => p.Value == "person.name" && p.Message.Contains("deal-memo.docx") && p.Remedy.Contains("'person'"));
    }

    private static List<DefinitionProblem> Problems(string definition)
    {
        var check = new TemplateFieldCheck(
            name => File.Exists(Path.Combine(Templates, name)) ? Template.Compile(File.ReadAllBytes(Path.Combine(Templates, name)), name) : null,
            () => Directory.EnumerateFiles(Templates).Select(f => Path.GetFileName(f)));
        return [.. WorkflowValidator.Validate(DefinitionReader.Read(definition), OfficeActivities.Registry(), [check.Check])];
    }
}
