using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Conformance;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Workflows;

namespace ProductionOffice.Server.Tryout.Kept;

/// <summary>A case that plays in an office: a try-out written down, with what was seen after each step.</summary>
/// <remarks>
/// The schema of <c>tests/Conformance/elsa/README.md</c>, and besides: <c>office</c> {startsAt, startedBy, people}; stimuli of the kinds
/// <c>answer</c> {activityId, index?, choice, comment?, fields?}, <c>pass</c> {days?} (none: until the next deadline) and <c>cancel</c> {comment?};
/// and in states <c>asked</c>, <c>documents</c>, <c>messages</c>, <c>troubles</c>.
/// </remarks>
internal static class OfficeCase
{
    /// <summary>Runs a case as it is written, with the definition it holds; documents are named, not made.</summary>
    public static Task<WorkflowCaseResult> RunAsync(JsonObject @case, string file, CancellationToken cancellationToken)
    {
        var definition = @case["definition"] as JsonObject ?? throw new InvalidOperationException("The case has no definition.");
        var others = (@case["dependencies"] as JsonArray ?? []).OfType<JsonObject>().Select(Stored).ToList();
        return RunAsync(@case, file, definition.ToJsonString(), others, null, cancellationToken);
    }

    /// <summary>Runs a case on a definition, which may be another than when it was kept. Says what differs up to the first step that comes out otherwise.</summary>
    public static async Task<WorkflowCaseResult> RunAsync(
        JsonObject @case, string file, string definition, IReadOnlyList<StoredDefinition> others, TemplateShelf? templates, CancellationToken cancellationToken)
    {
        var plan = ReadPlan(@case);
        var stimuli = (@case["stimuli"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var differences = new List<string>();
        var (states, compared) = (new JsonArray(), 0);
        JsonObject? afterStart = null;
        var setting = new TryoutSetting(definition, others, ReadPeople(@case), OfficeActivities.Registry(), templates);
        var run = await TryoutRun.PlayAsync(setting, plan, async (played, number) =>
        {
            var state = await SeenState.OfAsync(played);
            var step = number == 0 ? null : plan.Steps[number - 1];
            var expected = (number == 0 ? @case["expectAfterStart"] : stimuli[number - 1]["expect"]) as JsonObject;
            // What follows from a difference is not told again.
            if (expected is not null && differences.Count == 0)
                differences.AddRange(SeenComparison.Differences(expected, state, @case, StepWords.When(number, step, definition)));
            compared = number;
            if (number == 0)
                afterStart = state;
            else
                states.Add(state.DeepClone());
        }, cancellationToken);

        if (run.Problem is { } problem)
        {
            var what = run.InstanceId is null ? "It does not start" : $"Step {compared + 1} ({StepWords.Of(plan.Steps[compared], definition)}) cannot be done";
            differences.Add($"{what}: {problem.Problem} {problem.Remedy}".TrimEnd());
        }

        var final = await SeenState.OfAsync(run);
        if (differences.Count == 0 && @case["expect"] is JsonObject expectation)
            differences.AddRange(SeenComparison.Differences(expectation, final, @case, "At the end"));
        var actual = new JsonObject { ["afterStart"] = afterStart, ["afterStimuli"] = states, ["final"] = final };
        return new WorkflowCaseResult(Name(@case, file), file, differences, [], actual);
    }

    /// <summary>Writes a try-out down as it comes out now; without the definition, which may change.</summary>
    public static async Task<JsonObject> WriteAsync(string name, string definitionId, TryoutPlan plan, TryoutSetting setting, CancellationToken cancellationToken)
    {
        var whole = await TryoutRun.PlayAsync(setting, plan, null, cancellationToken);
        var people = SampleDirectory.Of(setting.Directory, plan, whole);
        var states = new List<JsonObject>();
        var run = await TryoutRun.PlayAsync(setting with { Directory = people }, plan, async (played, _) => states.Add(SeenState.Expect(await SeenState.OfAsync(played))), cancellationToken);
        if (!JsonNode.DeepEquals(Seen(await SeenState.OfAsync(whole)), Seen(await SeenState.OfAsync(run))))
        {
            // More of the directory counts than those it is about.
            people = setting.Directory;
            states.Clear();
            await TryoutRun.PlayAsync(setting, plan, async (played, _) => states.Add(SeenState.Expect(await SeenState.OfAsync(played))), cancellationToken);
        }

        return new JsonObject
        {
            ["name"] = name,
            ["category"] = "kept",
            ["definitionId"] = definitionId,
            ["office"] = new JsonObject
            {
                ["startsAt"] = plan.StartsAt.ToString("O", CultureInfo.InvariantCulture),
                ["startedBy"] = plan.StartedBy,
                ["people"] = Write(people),
            },
            ["input"] = plan.Input.DeepClone(),
            ["expectAfterStart"] = states.Count > 0 ? states[0] : null,
            ["stimuli"] = new JsonArray([.. plan.Steps.Select((s, i) => (JsonNode)Write(s, states.ElementAtOrDefault(i + 1)))]),
        };

        static JsonObject Seen(JsonObject state) => SeenState.Expect(state);
    }

    public static TryoutPlan ReadPlan(JsonObject @case)
    {
        var office = @case["office"] as JsonObject ?? throw new JsonException("The case has no member 'office'.");
        var startsAt = DateTimeOffset.TryParse(office["startsAt"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment : throw new JsonException("'office.startsAt' is no moment. Write it like 2027-03-01T18:00:00Z.");
        return new TryoutPlan(
            @case["input"] as JsonObject is { } input ? (JsonObject)input.DeepClone() : [], office["startedBy"]?.ToString(), startsAt,
            [.. (@case["stimuli"] as JsonArray ?? []).OfType<JsonObject>().Select(s => s.Deserialize<TryoutStep>(FactWriter.Json) ?? throw new JsonException("A stimulus is empty."))]);
    }

    private static OfficeDirectory ReadPeople(JsonObject @case) => @case["office"]?["people"].Deserialize<People>(FactWriter.Json) is { } people
        ? new OfficeDirectory(people.Production, people.Departments ?? [], people.Persons ?? [], people.Accounts ?? [], people.Budget ?? [])
        : OfficeDirectory.Empty;

    private static JsonNode? Write(OfficeDirectory directory) =>
        JsonSerializer.SerializeToNode(new People(directory.Production, directory.Departments, directory.People, directory.Accounts, directory.Budget), FactWriter.Json);

    private static JsonObject Write(TryoutStep step, JsonObject? state)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(step, FactWriter.Json)!;
        foreach (var name in json.Where(f => f.Value is null || f.Value.ToJsonString() == "0").Select(f => f.Key).ToList())
            json.Remove(name);
        json["expect"] = state;
        return json;
    }

    private static StoredDefinition Stored(JsonObject json)
    {
        var definition = DefinitionReader.Read(json.ToJsonString());
        (definition.IsPublished, definition.IsLatest) = (true, true);
        return new StoredDefinition(definition.Id, definition.DefinitionId, definition.Version, true, true, definition.Name, DefinitionWriter.Write(definition), default);
    }

    private static string Name(JsonObject @case, string file) => @case["name"]?.ToString() ?? Path.GetFileNameWithoutExtension(file);

    private sealed record People(
        Production? Production, IReadOnlyList<Department>? Departments, IReadOnlyList<Person>? Persons, IReadOnlyList<Account>? Accounts, IReadOnlyList<BudgetAccount>? Budget);
}
