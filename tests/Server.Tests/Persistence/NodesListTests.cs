using Npgsql;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

public sealed class NodesListTests
{
    [PostgresFact]
    public async Task Others_are_listed_while_they_listen_and_this_one_is_not_among_them()
    {
        await using var space = await PostgresSpace.OpenAsync();
        await using var database = new PostgresDatabase(space.Connection);
        await using var own = await ListenAsync(space, NodeName.Own);
        await using var plain = await ListenAsync(space, "office");
        await using var other = await ListenAsync(space, NodeName.Prefix + "stage-4 77 1.2.3");

        var node = (await database.OtherNodesAsync(default)).ShouldHaveSingleItem();

        (node.Machine, node.Process, node.Version).ShouldBe(("stage-4", "77", "1.2.3"));
        NodeName.Own.Length.ShouldBeLessThan(64);
    }

    private static async Task<NpgsqlConnection> ListenAsync(PostgresSpace space, string name)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(space.Connection) { Pooling = false, ApplicationName = name }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
