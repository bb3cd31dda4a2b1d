using System.Text.Json.Nodes;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Board.Workflows;

public sealed class DefinitionDrawingTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(Tools.Root, "workflows", "gallery"), "*.json").Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_step_has_a_place_of_its_own_within_the_picture(string file)
    {
        var json = File.ReadAllText(file);
        var drawing = DefinitionDrawing.Of(json);

        drawing.Boxes.Count.ShouldBe(JsonNode.Parse(json)!["root"]!["activities"]!.AsArray().Count);
        drawing.Boxes.Select(b => (b.X, b.Y)).ShouldBeUnique();
        drawing.Boxes.ShouldAllBe(b => b.X + DefinitionDrawing.BoxWidth <= drawing.Width && b.Y + DefinitionDrawing.BoxHeight <= drawing.Height && b.Lines.Count <= 2);
        drawing.Lines.Count.ShouldBeGreaterThanOrEqualTo(drawing.Boxes.Count - 1);
    }

    [Theory]
    [InlineData("""{"root":null}""")]
    [InlineData("""{"root":{"id":"s","type":"Elsa.Sequence","activities":[]}}""")]
    [InlineData("""{"root":{"type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.End"}],"connections":[{"source":{"activity":"gone"},"target":{"activity":"a"}},{}]}}""")]
    public void What_cannot_be_drawn_is_left_out(string json) => DefinitionDrawing.Of(json).Lines.ShouldBeEmpty();
}
