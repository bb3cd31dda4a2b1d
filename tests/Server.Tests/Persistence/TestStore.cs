using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>A fresh store of a kind; the suite is the same for all.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly List<OfficeDatabase> _nodes = [];
    private string? _folder;
    private PostgresSpace? _space;

    private TestStore(string kind) => Kind = kind;

    /// <summary>PostgreSQL takes part where it is installed; <c>PostgresSuiteTests</c> says so where it is not.</summary>
    public static string[] Names => PostgresServer.Missing() is null ? ["memory", "sqlite", "postgres"] : ["memory", "sqlite"];

    public static TheoryData<string> Kinds => [.. Names];

    /// <summary>The kinds that outlive a process.</summary>
    public static TheoryData<string> DurableKinds => PostgresServer.Missing() is null ? ["sqlite", "postgres"] : ["sqlite"];

    public string Kind { get; }

    public FakeClock Clock { get; } = new("2027-03-09T18:30:00-08:00");

    public IWorkflowStore Store { get; private set; } = null!;

    /// <summary>The store with what the office adds; not for the memory store.</summary>
    public WorkflowStore Office => (WorkflowStore)Store;

    public OfficeDatabase Database => _nodes[0];

    public string? File => _folder is null ? null : Path.Combine(_folder, "office.db");

    public PostgresSpace Space => _space!;

    public static async Task<TestStore> OpenAsync(string kind)
    {
        var test = new TestStore(kind);
        if (kind == "memory")
        {
            test.Store = new MemoryWorkflowStore();
            return test;
        }

        if (kind == "sqlite")
            test._folder = Directory.CreateTempSubdirectory("office-store-").FullName;
        else
            test._space = await PostgresSpace.OpenAsync();
        test.Store = test.NewNode();
        await test.Database.MigrateAsync(test.Clock, default);
        return test;
    }

    /// <summary>Another program on the same data.</summary>
    public WorkflowStore NewNode()
    {
        OfficeDatabase database = Kind == "sqlite" ? new SqliteDatabase(File!) : new PostgresDatabase(_space!.Connection);
        _nodes.Add(database);
        return new WorkflowStore(database, new Commits(), Clock);
    }

    /// <summary>Closes what a store keeps open of a file, so that it can be deleted; offices of other tests keep theirs.</summary>
    public static void Release(string file)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(SqliteDatabase.ConnectionString(file));
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (_folder is not null)
        {
            Release(File!);
            Directory.Delete(_folder, recursive: true);
        }

        if (_space is not null)
            await _space.DisposeAsync();
    }
}
