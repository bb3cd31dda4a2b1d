using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Scheduling;
using ProductionOffice.Server.Tests.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Tests.Scheduling;

public sealed class HousekeepingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-house-").FullName;

    public static TheoryData<string> Stores => TestStore.DurableKinds;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Answers_are_forgotten_after_a_month_and_recent_ones_kept(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var now = test.Clock.GetUtcNow();
        await test.Office.WriteAsync(context =>
        {
            foreach (var days in (int[])[0, 29, 31, 400])
                context.Commands.Add(new StoredCommand(days.ToString(CultureInfo.InvariantCulture), "start", "hash", "{}", now.AddDays(-days)));
            return Task.CompletedTask;
        }, default);

        using var data = DataFolder.Take(_folder);
        await House(test, data, new ServeOptions(_folder)).RunAsync("prune", default);

        await using var context = await test.Office.ReadAsync(default);
        (await context.Commands.Select(c => c.Key).Order().ToListAsync()).ShouldBe(["0", "29"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Only_what_has_ended_long_ago_goes_and_then_with_all_its_rows(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var runtime = new WorkflowRuntime(test.Office, ActivityRegistry.Standard, test.Clock);
        await ImportAsync(runtime, "ends", new JsonObject { ["id"] = "line", ["type"] = "Elsa.WriteLine", ["text"] = Input("x") });
        await ImportAsync(runtime, "waits", new JsonObject { ["id"] = "event", ["type"] = "Elsa.Event", ["eventName"] = Input("Never") });
        await ImportAsync(runtime, "fails", new JsonObject { ["id"] = "line", ["type"] = "Elsa.Fault", ["message"] = Input("no") });
        foreach (var (definition, id) in ((string, string)[])[("ends", "old"), ("ends", "unsent"), ("waits", "running"), ("fails", "failed")])
            await runtime.StartAsync(new StartRequest { DefinitionId = definition, InstanceId = id });
        await AddRowsAsync(test, "old", isSent: true);
        await AddRowsAsync(test, "unsent", isSent: false);
        test.Clock.Advance(TimeSpan.FromDays(31));
        await runtime.StartAsync(new StartRequest { DefinitionId = "ends", InstanceId = "new" });
        await AddRowsAsync(test, "new", isSent: true);
        using var data = DataFolder.Take(_folder);
        var house = House(test, data, new ServeOptions(_folder));

        await house.RunAsync("prune", default);
        (await InstancesAsync(test)).ShouldBe(["failed", "new", "old", "running", "unsent"]);
        await test.Office.WriteAsync(context =>
        {
            context.Settings.Add(new SettingRow { Key = Housekeeping.Retention, Value = "30" });
            return Task.CompletedTask;
        }, default);
        await house.RunAsync("prune", default);

        (await InstancesAsync(test)).ShouldBe(["failed", "new", "running", "unsent"]);
        (await RowsAsync(test, "old")).ShouldBe("0 journal, 0 bookmarks, 0 work, 0 effects, 0 tasks");
        (await RowsAsync(test, "new")).ShouldBe("7 journal, 0 bookmarks, 1 work, 1 effects, 1 tasks");
        (await RowsAsync(test, "unsent")).ShouldBe("7 journal, 0 bookmarks, 1 work, 1 effects, 1 tasks");
        (await RowsAsync(test, "running")).ShouldContain("1 bookmarks");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_newest_seven_nights_are_kept_each_sound_and_nothing_else_is_touched(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var (root, shared) = (Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName, Directory.CreateDirectory(Path.Combine(_folder, "shared")).FullName);
        using var data = DataFolder.Take(root, kind == "sqlite" ? null : shared);
        if (kind == "sqlite")
            OfficeFile.CopyTo(test.File!, data.Database);
        await File.WriteAllTextAsync(Path.Combine(data.Shared, "memo.txt"), "kept with it");
        var target = Path.Combine(_folder, "nights");
        Directory.CreateDirectory(Path.Combine(target, "of mine"));
        Directory.CreateDirectory(Path.Combine(target, "2027-01-01.partial"));
        var house = House(test, data, new ServeOptions(root, Store: kind == "sqlite" ? null : test.Space.Connection) { BackupFolder = target });

        for (var night = 0; night < 9; night++)
        {
            await house.RunAsync("backup", default);
            await house.RunAsync("backup", default);
            test.Clock.Advance(TimeSpan.FromDays(1));
        }

        var kept = Directory.EnumerateDirectories(target).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal).ToList();
        kept.ShouldBe([.. Enumerable.Range(12, 7).Select(day => $"2027-03-{day}"), "of mine"]);
        foreach (var night in kept.SkipLast(1))
        {
            ((bool)OfficeBackup.Verify(Path.Combine(target, night))["verified"]!).ShouldBeTrue();
            (await File.ReadAllTextAsync(Path.Combine(target, night, "memo.txt"))).ShouldBe("kept with it");
        }
    }

    [Fact]
    public void A_backup_into_the_data_folder_is_refused()
    {
        var target = Path.Combine(_folder, "nights", "monday");
        File.WriteAllText(Path.Combine(_folder, OfficeFile.DatabaseName), "");

        var refused = Should.Throw<CommandFailure>(() => OfficeBackup.Save(_folder, null, target, DateTimeOffset.UnixEpoch));

        refused.Message.ShouldContain("lies in the data folder");
        Directory.Exists(Path.GetDirectoryName(target)).ShouldBeFalse();
        OfficeBackup.Lies(_folder + "-next", _folder).ShouldBeFalse();
    }

    private static Housekeeping House(TestStore test, DataFolder data, ServeOptions options) => new(test.Office, options, data, test.Clock, NullLogger<Housekeeping>.Instance);

    private static Task AddRowsAsync(TestStore test, string instance, bool isSent) => test.Office.WriteAsync(context =>
    {
        var now = test.Clock.GetUtcNow();
        context.Work.Add(new WorkItem($"work-{instance}", "continue", instance, null, now.AddYears(1), null));
        context.Tasks.Add(new TaskRow { Id = $"task-{instance}", InstanceId = instance, DefinitionId = "ends", ActivityId = "line", Kind = "task", Title = "", Role = "", Json = "{}", State = "done", CreatedAt = now });
        var effect = context.Outbox.Add(new OutboxMessage($"effect-{instance}", instance, "message", "{}", null));
        effect.Property<DateTimeOffset>(Shadow.CreatedAt).CurrentValue = now;
        effect.Property<DateTimeOffset>(Shadow.DueAt).CurrentValue = now;
        effect.Property<DateTimeOffset?>(Shadow.SentAt).CurrentValue = isSent ? now : null;
        return Task.CompletedTask;
    }, default);

    private static async Task<List<string>> InstancesAsync(TestStore test)
    {
        await using var context = await test.Office.ReadAsync(default);
        return await context.Instances.Select(i => i.Id).Order().ToListAsync();
    }

    private static async Task<string> RowsAsync(TestStore test, string id)
    {
        await using var context = await test.Office.ReadAsync(default);
        return $"{await context.Journal.CountAsync(j => j.InstanceId == id)} journal, {await context.Bookmarks.CountAsync(b => b.InstanceId == id)} bookmarks, {await context.Work.CountAsync(w => w.InstanceId == id)} work, "
            + $"{await context.Outbox.CountAsync(o => o.InstanceId == id)} effects, {await context.Tasks.CountAsync(t => t.InstanceId == id)} tasks";
    }

    private static JsonObject Input(string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    private static Task<StoredDefinition> ImportAsync(WorkflowRuntime runtime, string id, JsonNode activity) => runtime.ImportDefinitionAsync(new JsonObject
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["root"] = new JsonObject { ["id"] = "root", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(activity) },
    }.ToJsonString());
}
