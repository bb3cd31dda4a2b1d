using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>A fresh store of a kind; a further kind joins the suite by a line in each of the two switches.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string? _folder;

    private TestStore(IWorkflowStore store, string? folder) => (Store, _folder) = (store, folder);

    public static TheoryData<string> Kinds => ["memory", "sqlite"];

    public IWorkflowStore Store { get; }

    public static async Task<TestStore> OpenAsync(string kind)
    {
        if (kind == "memory")
            return new TestStore(new MemoryWorkflowStore(), null);

        var folder = Directory.CreateTempSubdirectory("office-store-").FullName;
        return new TestStore(await SqliteAsync(folder), folder);
    }

    public static async Task<WorkflowStore> SqliteAsync(string folder)
    {
        var clock = new FakeClock("2027-03-09T18:30:00-08:00");
        var options = new DbContextOptionsBuilder<OfficeDbContext>();
        SqliteDatabase.Configure(options, Path.Combine(folder, "office.db"));
        var contexts = new PooledDbContextFactory<OfficeDbContext>(options.Options);
        await using (var context = await contexts.CreateDbContextAsync())
            await SqliteDatabase.MigrateAsync(context, clock, default);
        return new WorkflowStore(contexts, new WriterGate(), new Commits(), clock);
    }

    public ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
