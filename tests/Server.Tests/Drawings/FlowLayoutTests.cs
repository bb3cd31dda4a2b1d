using System.Text.Json.Nodes;
using ProductionOffice.Server.Drawings;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Drawings;

/// <summary>Places of a flow that nobody has drawn.</summary>
public sealed class FlowLayoutTests
{
    [Fact]
    public void Each_step_stands_right_of_all_that_lead_to_it_and_ways_back_do_not_count()
    {
        var places = Layout("a>b", "b>d", "a>c", "c>d2", "d2>d", "d>b", "d>d");

        places.ToDictionary(p => p.Key, p => p.Value.Column).ShouldBe(new Dictionary<string, int> { ["a"] = 0, ["b"] = 1, ["d"] = 3, ["c"] = 1, ["d2"] = 2 }, ignoreOrder: true);
        places["b"].Row.ShouldBe(0);
        places["c"].Row.ShouldBe(1);
    }

    [Fact]
    public void The_order_of_the_connections_is_nothing()
    {
        string[] ways = ["a>b", "a>c", "b>d", "c>d", "d>b", "c>b"];

        FlowLayout.Of(Map(["a", "b", "c", "d"], [.. ways.Reverse()])).ShouldBe(FlowLayout.Of(Map(["a", "b", "c", "d"], ways)));
    }

    [Fact]
    public void A_circle_begins_at_its_first_step() => Layout("a>b", "b>c", "c>a").Values.ShouldBe([(0, 0), (1, 0), (2, 0)]);

    [Fact]
    public void Steps_that_nothing_leads_to_stand_below_each_other() => FlowLayout.Of(Map(["x", "y", "z"], [])).Values.ShouldBe([(0, 0), (0, 1), (0, 2)]);

    [Fact]
    public void A_long_chain_is_no_trouble()
    {
        var ids = Enumerable.Range(0, 5_000).Select(i => $"s{i}").ToArray();

        FlowLayout.Of(Map(ids, [.. ids.Zip(ids.Skip(1), (a, b) => $"{a}>{b}")]))[ids[^1]].Column.ShouldBe(4_999);
    }

    [Fact]
    public void Definitions_of_another_engine_get_a_place_of_its_own_for_each_step_and_the_same_ones_again()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Tools.Root, "tests/Conformance/elsa"), "*.json"))
        {
            var map = FlowMap.Of(JsonNode.Parse(File.ReadAllText(file))!["definition"]!.ToJsonString());
            var places = FlowLayout.Of(map);

            places.Count.ShouldBe(map.Steps.Count, file);
            places.Values.ShouldBeUnique();
            FlowLayout.Of(map).ShouldBe(places);
        }
    }

    private static IReadOnlyDictionary<string, (int Column, int Row)> Layout(params string[] ways) => FlowLayout.Of(Map([.. ways.SelectMany(w => w.Split('>')).Distinct()], ways));

    private static FlowMap Map(string[] steps, string[] ways) => FlowMap.Of(new JsonObject
    {
        ["type"] = "Elsa.Flowchart",
        ["activities"] = new JsonArray([.. steps.Select(s => (JsonNode)new JsonObject { ["id"] = s, ["type"] = "Elsa.WriteLine" })]),
        ["connections"] = new JsonArray([.. ways.Select(w => w.Split('>')).Select(w => (JsonNode)new JsonObject { ["source"] = w[0], ["target"] = w[1] })]),
    });
}
