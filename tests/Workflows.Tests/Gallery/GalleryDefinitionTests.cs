using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Templates;
using ProductionOffice.TestKit;
using ProductionOffice.Workflows.Documents;

namespace ProductionOffice.Workflows.Tests.Gallery;

/// <summary>What holds for every starting point: it is sound, well laid out, and reads as an office speaks.</summary>
public sealed class GalleryDefinitionTests
{
    private static readonly string Folder = Path.Combine(Tools.Root, "workflows", "gallery");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Fact]
    public void There_are_at_least_five() => Names.Count.ShouldBeGreaterThanOrEqualTo(5);

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_wrong_with_it(string name)
    {
        var templates = Path.Combine(Tools.Root, "templates", "documents");
        var check = new TemplateFieldCheck(n => File.Exists(Path.Combine(templates, n)) ? Template.Compile(File.ReadAllBytes(Path.Combine(templates, n)), n) : null, () => []);

        WorkflowValidator.Validate(Read(name), OfficeActivities.Registry(), [check.Check]).Select(p => p.Message).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_is_for_and_names_every_step_and_question(string name)
    {
        var definition = Read(name);

        definition.DefinitionId.ShouldBe(name);
        definition.Name.ShouldNotBeNullOrWhiteSpace();
        definition.Description!.Length.ShouldBeGreaterThan(40);
        definition.IsPublished.ShouldBeFalse();
        definition.Inputs.ShouldAllBe(i => i.DisplayName != null && i.Description != null);
        Activities(definition).ShouldAllBe(a => !string.IsNullOrWhiteSpace((string?)a["metadata"]!["displayText"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_steps_stand_apart_so_that_the_designer_draws_no_arrow_around_a_step(string name)
    {
        var steps = Activities(Read(name)).Select(a => (Id: (string)a["id"]!, X: (double)a["metadata"]!["designer"]!["position"]!["x"]!, Y: (double)a["metadata"]!["designer"]!["position"]!["y"]!)).ToList();

        foreach (var one in steps)
        {
            foreach (var other in steps.Where(s => s.Id != one.Id))
                (Math.Abs(one.X - other.X) >= 350 || Math.Abs(one.Y - other.Y) >= 120).ShouldBeTrue($"{one.Id} and {other.Id}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_drawing_is_the_approved_one(string name) => Approved.Match(MermaidGraph.Of(Read(name)), name);

    private static IEnumerable<JsonObject> Activities(WorkflowDefinition definition) => definition.Root!["activities"]!.AsArray().Select(a => a!.AsObject());

    private static WorkflowDefinition Read(string name) => DefinitionReader.Read(File.ReadAllText(Path.Combine(Folder, name + ".json")), name + ".json");
}
