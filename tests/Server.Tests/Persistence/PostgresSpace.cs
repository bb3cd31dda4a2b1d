using Npgsql;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>A database of its own on the test server, dropped in the end.</summary>
internal sealed class PostgresSpace : IAsyncDisposable
{
    private PostgresSpace(string name) => Name = name;

    public string Name { get; }

    public string Connection => new NpgsqlConnectionStringBuilder(PostgresServer.Connection) { Database = Name }.ConnectionString;

    /// <summary>An empty one, or a copy of one that nobody is connected to.</summary>
    public static async Task<PostgresSpace> OpenAsync(PostgresSpace? like = null)
    {
        var space = new PostgresSpace($"office_{Guid.CreateVersion7():N}");
        await ExecuteAsync(PostgresServer.Connection, $"CREATE DATABASE {space.Name}{(like is null ? "" : $" TEMPLATE {like.Name}")}");
        return space;
    }

    public Task ExecuteAsync(string sql) => ExecuteAsync(Connection, sql);

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Unpooled(Connection));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync(PostgresServer.Connection, $"DROP DATABASE {Name} WITH (FORCE)");

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection(Unpooled(connection));
        await opened.OpenAsync();
        await using var command = new NpgsqlCommand(sql, opened);
        await command.ExecuteNonQueryAsync();
    }

    private static string Unpooled(string connection) => new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;
}
