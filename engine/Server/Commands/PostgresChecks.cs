using Npgsql;
using ProductionOffice.Server.Persistence.Postgres;

namespace ProductionOffice.Server.Commands;

/// <summary>What a doctor sees of a PostgreSQL store.</summary>
internal static class PostgresChecks
{
    private static readonly (string Name, string Sql, string? Fix)[] Lists =
    [
        ("documents",
            "SELECT d.name FROM po_document d LEFT JOIN po_document_file f USING (sha256) WHERE f.sha256 IS NULL OR encode(sha256(f.bytes), 'hex') <> d.sha256 ORDER BY 1",
            "Bring the store back from a backup."),
        ("workflow states",
            "SELECT id FROM po_instance WHERE checksum IS NOT NULL AND left(encode(sha256(convert_to(state, 'UTF8')), 'hex'), 16) <> checksum ORDER BY 1",
            "Bring them back from a backup, or cancel and start them again; the others go on."),
    ];

    private static readonly string[] Durable = ["synchronous_commit", "fsync", "full_page_writes"];

    public static IEnumerable<Check> Run(string connection)
    {
        var settings = PostgresConnection.Read(connection);
        var place = PostgresConnection.Describe(settings);
        var checks = new List<Check>();
        try
        {
            using var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString);
            opened.Open();
            var version = opened.PostgreSqlVersion;
            if (!Ask<bool>(opened, "SELECT to_regclass('po_instance') IS NOT NULL"))
                return [new Check("store", Check.Warn, $"PostgreSQL {version} at {place} holds no office yet", "The first 'office serve' makes it.")];

            checks.Add(new Check("store", Check.Ok, $"PostgreSQL {version} at {place}; {Ask<long>(opened, "SELECT count(*) FROM po_instance")} workflows", null));
            foreach (var (name, sql, fix) in Lists)
            {
                var wrong = Read(opened, sql);
                checks.Add(wrong.Count == 0 ? new Check(name, Check.Ok, "all there and unchanged", null) : new Check(name, Check.Fail, $"{wrong.Count} damaged or missing: {string.Join(", ", wrong.Take(5))}", fix));
            }

            foreach (var unsafeSetting in Durable.Where(s => Ask<string>(opened, $"SHOW {s}") == "off"))
                checks.Add(new Check("durability", Check.Fail, $"{unsafeSetting} is off: what was answered may be lost in a power cut", $"Set {unsafeSetting} = on in postgresql.conf."));
            var stuck = Ask<long>(opened, "SELECT count(DISTINCT instance_id) FROM (SELECT instance_id FROM po_outbox WHERE parked_at IS NOT NULL UNION SELECT instance_id FROM po_work WHERE parked_at IS NOT NULL) s");
            checks.Add(new Check("stuck workflows", stuck == 0 ? Check.Ok : Check.Warn, stuck == 0 ? "none" : $"{stuck}", stuck == 0 ? null : "office instance list --filter 'isStuck=yes', repair the cause, then office instance retry ID."));
            if (Read(opened, "SELECT value FROM po_setting WHERE key = 'office.paused'") is [var moment])
                checks.Add(new Check("paused", Check.Warn, $"brought back from the backup of {moment}; nothing is sent", "Look at what waits, then: office release"));
        }
        catch (NpgsqlException e)
        {
            checks.Add(new Check("store", Check.Fail, $"PostgreSQL at {place}: {e.Message}", "Check that it runs and that user, password and database are right."));
        }

        return checks;
    }

    private static T Ask<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    private static List<string> Read(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
