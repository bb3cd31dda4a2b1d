using System.Text.Json.Nodes;
using ProductionOffice.Engine.Conformance;
using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Tryout.Kept;

/// <summary>What can be seen of a run in an office: that of any case, and who is asked what, which documents were made, who was told what.</summary>
internal static class SeenState
{
    /// <summary>Members that only cases in an office have.</summary>
    public static readonly IReadOnlyList<string> OfficeMembers = ["asked", "documents", "messages", "troubles"];

    public static async Task<JsonObject> OfAsync(TryoutRun run)
    {
        var state = await CaseState.ReadAsync(run.Stage.Store, run.InstanceId, run.Stage.Lines);
        state["asked"] = List((await run.WaitsAsync()).Where(w => w.IsAsked).Select(w => $"{w.Holder}: {w.Title}"));
        state["documents"] = List(run.Stage.Effects.Documents.Select(d => d.Name));
        state["messages"] = List(run.Stage.Effects.Messages.Select(m => $"{Recipients.Names(m.Recipients)}: {m.Subject}"));
        state["troubles"] = List(run.Stage.Effects.Failed.Select(f => f.Reason).Concat(run.Stage.Store.Parked.Select(p => p.Error)));
        return state;
    }

    /// <summary>The part of a state that a kept test holds a later run to.</summary>
    public static JsonObject Expect(JsonObject state)
    {
        var expected = new JsonObject();
        foreach (var name in (string[])["status", "subStatus", "incidents", .. OfficeMembers])
            expected[name] = state[name]?.DeepClone();
        return expected;
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
