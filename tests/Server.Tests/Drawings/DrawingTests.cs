using System.Text.Json.Nodes;
using ProductionOffice.Server.Drawings;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Drawings;

public sealed class DrawingTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(Tools.Root, "workflows", "gallery"), "*.json").Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_step_has_a_place_of_its_own_within_the_drawing(string file)
    {
        var json = File.ReadAllText(file);
        var drawing = Drawing.Of(json);

        drawing.Boxes.Count.ShouldBe(JsonNode.Parse(json)!["root"]!["activities"]!.AsArray().Count);
        drawing.Boxes.Select(b => (b.X, b.Y)).ShouldBeUnique();
        drawing.Boxes.ShouldAllBe(b => b.X + FlowDrawer.BoxWidth <= drawing.Width && b.Y + FlowDrawer.BoxHeight <= drawing.Height && b.Words.Count <= 2);
        drawing.Lines.Count.ShouldBeGreaterThanOrEqualTo(drawing.Boxes.Count - 1);
    }

    [Theory]
    [InlineData("""{"root":null}""")]
    [InlineData("""{"root":{"id":"s","type":"Elsa.Sequence","activities":[]}}""")]
    [InlineData("""{"root":{"type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.End"}],"connections":[{"source":{"activity":"gone"},"target":{"activity":"a"}},{}]}}""")]
    public void What_cannot_be_drawn_is_left_out(string json) => Drawing.Of(json).Lines.ShouldBeEmpty();
}
