using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.TestKit;

namespace ProductionOffice.Workflows.Tests;

public sealed class ShippedDefinitionTests
{
    public static TheoryData<string> Definitions =>
        [.. Directory.EnumerateFiles(Path.Combine(Tools.Root, "workflows", "definitions"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void The_drawing_is_the_approved_one(string name) => Approved.Match(MermaidGraph.Of(Read(name)), name);

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Nothing_is_wrong_with_it(string name) =>
        WorkflowValidator.Validate(Read(name), OfficeActivities.Registry()).Select(p => p.Message).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Definitions))]
    public void What_is_read_is_written_again(string name)
    {
        var text = File.ReadAllText(FileOf(name));

        JsonNode.DeepEquals(JsonNode.Parse(DefinitionWriter.Write(DefinitionReader.Read(text))), JsonNode.Parse(text)).ShouldBeTrue();
    }

    private static WorkflowDefinition Read(string name) => DefinitionReader.Read(File.ReadAllText(FileOf(name)), name + ".json");

    private static string FileOf(string name) => Path.Combine(Tools.Root, "workflows", "definitions", name + ".json");
}
