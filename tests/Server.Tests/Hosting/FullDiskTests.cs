using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tests.Api;
using ProductionOffice.Server.Tests.Persistence;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Hosting;

public sealed class FullDiskTests
{
    [Fact]
    public async Task An_office_without_room_says_so_lets_people_read_and_goes_on_by_itself()
    {
        const string Owner = "owner-of-the-full-disk";
        var path = Directory.CreateTempSubdirectory("office-full-").FullName;
        using var folder = DataFolder.Take(path);
        await using var database = new LimitedDatabase(new SqliteDatabase(folder.Database));
        var options = new ServeOptions(path, "http://127.0.0.1:0", KeepsDates: true) { RunsSchedules = false };
        await using var app = OfficeHost.Build(options, folder, TimeProvider.System, b => b.Services.AddSingleton<OfficeDatabase>(database));
        await OfficeHost.PrepareAsync(app, options, default);
        await app.StartAsync();
        await app.Services.GetRequiredService<WorkflowStore>().WriteAsync(context =>
        {
            context.Settings.Add(new SettingRow { Key = OwnerToken.Setting, Value = Secrets.Hash(Owner) });
            return Task.CompletedTask;
        }, default);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var stranger = new HttpClient { BaseAddress = address };
        using var owner = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", Owner) } };
        using var board = new BoardClient(address);
        await board.TakeLinkAsync(await app.Services.GetRequiredService<SignInLinks>().NewAsync("coordinator", default));
        var hire = new JsonObject { ["input"] = new JsonObject { ["person"] = "C041" } };
        (await stranger.GetJsonAsync("/health/ready")).Status.ShouldBe(200);

        database.IsFull = true;
        var strange = await stranger.GetJsonAsync("/health/ready");
        var ready = await owner.GetJsonAsync("/health/ready");
        var refused = await owner.PostJsonAsync("/office/v1/workflows/crew-hire/start", hire, key: "hire");
        using var unsaved = await board.PostAsync("/settings", "/settings/pairing-code");
        (strange.Status, strange.Text).ShouldBe((503, "not ready: store"));
        ready.Status.ShouldBe(503);
        var check = ready.Json["checks"]!.AsArray().Single(c => (string)c!["check"]! == "store")!;
        ((string)check["result"]!, (string)check["detail"]!).ShouldBe(("fail", "cannot be written: SQLite Error 13: 'database or disk is full'."));
        (refused.Status, refused.Code).ShouldBe((507, "disk-full"));
        unsaved.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        (await unsaved.Content.ReadAsStringAsync()).ShouldContain("The disk of the office is full. What you sent was not done.");
        (await board.ReadAsync("/instances")).ShouldContain("The disk is full: nothing can be saved");
        (await owner.GetJsonAsync("/office/v1/tasks")).Status.ShouldBe(200);
        (await stranger.GetJsonAsync("/health/live")).Status.ShouldBe(200);

        database.IsFull = false;
        (await owner.PostJsonAsync("/office/v1/workflows/crew-hire/start", hire, key: "hire")).Status.ShouldBe(200);
        (await stranger.GetJsonAsync("/health/ready")).Status.ShouldBe(200);
        (await board.ReadAsync("/instances")).ShouldNotContain("The disk is full");
        await app.StopAsync();
        TestStore.Release(folder.Database);
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task A_change_without_room_fails_alone_and_the_writer_goes_on_once_there_is_some()
    {
        await using var test = await TestStore.OpenAsync("sqlite");
        await LimitAsync(test, 1);
        await using var reading = await test.Office.ReadAsync(default);
        var failed = await Should.ThrowAsync<Exception>(() => AddAsync(test, "large", new string('x', 1 << 20)));

        DiskFull.Is(failed).ShouldBeTrue();
        (await reading.Settings.CountAsync()).ShouldBe(0);
        await LimitAsync(test, 1_000_000);
        await AddAsync(test, "large", new string('x', 1 << 20));
        (await reading.Settings.Select(s => s.Key).ToListAsync()).ShouldBe(["large"]);
    }

    // The limit belongs to the connection that writes: set where changes run. Less than there are means as many as there are.
    private static Task LimitAsync(TestStore test, int pages) => test.Office.WriteAsync(context => context.Database.ExecuteSqlRawAsync(FormattableString.Invariant($"PRAGMA max_page_count = {pages}")), default);

    private static Task AddAsync(TestStore test, string key, string value) => test.Office.WriteAsync(context =>
    {
        context.Settings.Add(new SettingRow { Key = key, Value = value });
        return Task.CompletedTask;
    }, default);

    /// <summary>A store whose disk can be full.</summary>
    private sealed class LimitedDatabase(SqliteDatabase inner) : OfficeDatabase
    {
        public bool IsFull { get; set; }

        public override string Name => inner.Name;

        public override bool IsShared => inner.IsShared;

        public override int Workers => inner.Workers;

        public override string ClaimOutboxSql => inner.ClaimOutboxSql;

        public override string LeaseEndSql => inner.LeaseEndSql;

        protected override bool NamesParameters => true;

        public override void Configure(DbContextOptionsBuilder options) => inner.Configure(options);

        public override Task MigrateAsync(TimeProvider clock, CancellationToken cancellationToken) => inner.MigrateAsync(clock, cancellationToken);

        public override Task WriteAsync(Func<OfficeDbContext, Task> change, bool isAlone, CancellationToken cancellationToken) =>
            IsFull ? Task.FromException(new SqliteException("SQLite Error 13: 'database or disk is full'.", 13)) : inner.WriteAsync(change, isAlone, cancellationToken);

        public override Task RunAsync(OfficeDbContext context, IReadOnlyList<Statement> statements, CancellationToken cancellationToken) => inner.RunAsync(context, statements, cancellationToken);

        public override ValueTask<WorkClaim?> ClaimWorkAsync(DateTimeOffset now, DateTimeOffset? since, CancellationToken cancellationToken) => inner.ClaimWorkAsync(now, since, cancellationToken);

        public override bool IsConflict(Exception failure) => inner.IsConflict(failure);

        public override bool IsTransient(Exception failure) => inner.IsTransient(failure);

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await inner.DisposeAsync();
        }
    }
}
