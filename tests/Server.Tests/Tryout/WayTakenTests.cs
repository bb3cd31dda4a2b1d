using ProductionOffice.Engine.Journal;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Server.Tryout;

namespace ProductionOffice.Server.Tests.Tryout;

/// <summary>The lit way of a run.</summary>
public sealed class WayTakenTests
{
    private static readonly FlowMap Map = FlowMap.Of("""
        { "root": { "type": "Elsa.Flowchart", "activities": [{ "id": "a" }, { "id": "b" }, { "id": "c" }, { "id": "d" }], "connections": [
            { "source": { "activity": "a", "port": "Yes" }, "target": { "activity": "b" } }, { "source": { "activity": "a", "port": "No" }, "target": { "activity": "c" } },
            { "source": { "activity": "b", "port": "Done" }, "target": { "activity": "d" } }, { "source": { "activity": "c", "port": "Done" }, "target": { "activity": "d" } } ] } }
        """);

    [Fact]
    public void Only_ways_of_outcomes_are_lit_and_of_a_join_all_that_lead_to_it()
    {
        var taken = WayTaken.Of(Map, [Line("a", "Started"), Line("a", "Completed", "Yes", "No"), Line("b", "Started"), Line("b", "Completed", "Done"), Line("c", "Started"), Line("c", "Completed", "Done"), Line("d", "Started")], "i");

        new[] { ("a", "b"), ("a", "c"), ("b", "d"), ("c", "d") }.ShouldAllBe(w => taken.Went(w.Item1, w.Item2));
        taken.ToneOf("d").ShouldBe("waiting");
    }

    [Fact]
    public void A_step_that_is_reached_another_way_does_not_light_the_one_beside()
    {
        // What was begun by hand, or came by another way, is not led to by whatever ended last.
        var taken = WayTaken.Of(Map, [Line("a", "Started"), Line("a", "Completed", "No"), Line("b", "Started"), Line("c", "Started")], "i");

        taken.Went("a", "b").ShouldBeFalse();
        taken.Went("a", "c").ShouldBeTrue();
    }

    private static JournalEntry Line(string activity, string what, params string[] outcomes) => new(
        "i", 0, what, activity, activity, activity, "Elsa.WriteLine", DateTimeOffset.UnixEpoch, Data: outcomes.Length == 0 ? null : $$"""{"outcomes":["{{string.Join("\",\"", outcomes)}}"]}""");
}
