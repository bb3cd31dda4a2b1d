using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;

namespace ProductionOffice.Engine.Tests.Runtime;

public sealed class InstanceExportTests
{
    private static readonly string Definition = Define.Workflow("w", Define.Sequence("s", Define.Line("a", "a"), Define.Activity("Elsa.Delay", "d", ("timeSpan", Define.Literal("02:00:00"))), Define.Script("z", "'rate ' + getVariable('Rate')")), new System.Text.Json.Nodes.JsonArray(Define.Variable("Rate", "Int32", "40")));

    private readonly TestOffice _from = new();
    private readonly TestOffice _to = new();

    [Fact]
    public async Task An_instance_goes_on_in_another_office_where_it_stood()
    {
        var started = await _from.RunAsync(Definition);
        await _to.Runtime.ImportDefinitionAsync(Definition);

        var imported = await _to.Runtime.ImportInstanceAsync(await _from.Runtime.ExportInstanceAsync(started.InstanceId), "coordinator");
        _to.Clock.Advance(TimeSpan.FromHours(3));
        await _to.RestAsync();

        imported.Id.ShouldBe(started.InstanceId);
        _to.Lines.ShouldBe(["rate 40"]);
        (await _to.Store.FindInstanceAsync(imported.Id, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        var journal = await _to.Store.ListJournalAsync(imported.Id, default);
        journal.Select(e => e.N).ShouldBe(Enumerable.Range(0, journal.Count));
        journal.ShouldContain(e => e.Message == "Taken in from another office" && e.Who == "coordinator");
        journal.ShouldContain(e => e.Message == "a");
    }

    [Fact]
    public async Task What_cannot_be_taken_in_is_refused_with_the_reason()
    {
        var started = await _from.RunAsync(Definition);
        var export = await _from.Runtime.ExportInstanceAsync(started.InstanceId);

        (await RefusedAsync(_from, export)).ShouldContain("There is an instance i1 already");
        (await RefusedAsync(_to, export)).ShouldContain("The workflow w version 1 (id w-v1) is not here");
        await _to.Runtime.ImportDefinitionAsync(Define.Workflow("w", Define.Line("other", "other")));
        (await RefusedAsync(_to, export)).ShouldContain("it has no activity 'Workflow1:s'");
        (await RefusedAsync(_to, export.Replace("\"format\": 1", "\"format\": 9", StringComparison.Ordinal))).ShouldContain("format 9");
        (await RefusedAsync(_to, "{}")).ShouldContain("no exported instance");
        (await RefusedAsync(_to, "[1")).ShouldContain("no exported instance");
        _to.Store.Instances.ShouldBeEmpty();
    }

    private static async Task<string> RefusedAsync(TestOffice office, string export) =>
        (await Should.ThrowAsync<InstanceImportException>(() => office.Runtime.ImportInstanceAsync(export))).Message;
}
