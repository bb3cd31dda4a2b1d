using System.Text;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Board.EngineRoom;
using ProductionOffice.Server.Tests.Persistence;

namespace ProductionOffice.Server.Tests.Board;

public sealed class StepsTodayTests
{
    public static TheoryData<string> Stores => TestStore.DurableKinds;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Bursts_are_counted_from_a_moment_on_each_once(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var runtime = new WorkflowRuntime(test.Office, ActivityRegistry.Standard, test.Clock);
        await runtime.ImportDefinitionAsync("""
            {"id":"w-v1","definitionId":"w","version":1,"isLatest":true,"isPublished":true,"root":{"id":"s","type":"Elsa.Sequence","activities":[
            {"id":"a","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"A"}}},
            {"id":"b","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"B"}}}]}}
            """);
        await runtime.StartAsync(new StartRequest { DefinitionId = "w" });
        await runtime.StartAsync(new StartRequest { DefinitionId = "w", InstanceId = "i" });
        test.Clock.Advance(TimeSpan.FromDays(1));
        var today = test.Clock.GetUtcNow();
        foreach (var name in (string[])["A", "B"])
        {
            await runtime.SendAsync(new Stimulus { Name = "Elsa.Event", Payload = Expressions.Value.ParseJson($$"""{"eventName":"{{name}}"}"""), InstanceId = "i" });
            test.Clock.Advance(TimeSpan.FromHours(1));
        }

        await using var context = await test.Office.ReadAsync(default);
        (await EngineRoomQuery.BurstsSince(context, today).CountAsync()).ShouldBe(2);
        (await EngineRoomQuery.BurstsSince(context, today.AddHours(1)).CountAsync()).ShouldBe(1);
        (await EngineRoomQuery.BurstsSince(context, today.AddDays(1)).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Counting_them_does_not_read_the_journal_of_years()
    {
        await using var test = await TestStore.OpenAsync("sqlite");
        await using var context = await test.Office.ReadAsync(default);
        await context.Database.OpenConnectionAsync();
        await using var command = EngineRoomQuery.BurstsSince(context, test.Clock.GetUtcNow()).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        var plan = new StringBuilder();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                plan.AppendLine(reader.GetString(3));
        }

        plan.ToString().ShouldContain("IX_po_instance_status_updated_at (status=? AND updated_at>?)");
        plan.ToString().ShouldContain("(instance_id=?)");
        plan.ToString().ShouldNotContain("SCAN p");
    }
}
