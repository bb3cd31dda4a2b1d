using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ProductionOffice.Server.Commands;

/// <summary>Looks at an office's store from outside, without the model the server uses.</summary>
internal static class OfficeFile
{
    public const string DatabaseName = "office.db";

    /// <summary>Copies a store at one moment, also while it is written.</summary>
    public static void CopyTo(string database, string target)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $target";
        command.Parameters.AddWithValue("$target", target);
        command.ExecuteNonQuery();
    }

    /// <summary>What is damaged, in SQLite's words; null when nothing is.</summary>
    public static string? Damage(string database)
    {
        try
        {
            var answer = Query(database, "PRAGMA integrity_check", r => r.GetString(0));
            return answer is ["ok"] ? null : string.Join("; ", answer.Take(3));
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    /// <summary>Names of documents whose file is not there or not what it was.</summary>
    public static List<string> MissingDocuments(string database, string folder)
    {
        var missing = new List<string>();
        foreach (var (name, sha) in Query(database, "SELECT name, sha256 FROM po_document ORDER BY name", r => (r.GetString(0), r.GetString(1))))
        {
            var path = Path.Combine(folder, sha[..2], sha);
            if (!File.Exists(path) || !IsSame(path, sha))
                missing.Add(name);
        }

        return missing;
    }

    /// <summary>Marks a restored store: it acts only when somebody has looked and released it.</summary>
    public static void Pause(string database, string moment)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO po_setting (key, value) VALUES ('office.paused', $moment) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        command.Parameters.AddWithValue("$moment", moment);
        command.ExecuteNonQuery();
    }

    /// <summary>Ids of instances whose state is not what was written; none in a store of before there were checksums.</summary>
    public static List<string> DamagedInstances(string database)
    {
        if (Query(database, "SELECT 1 FROM pragma_table_info('po_instance') WHERE name = 'checksum'", r => r.GetInt32(0)).Count == 0)
            return [];

        return [.. Query(database, "SELECT id, state, checksum FROM po_instance WHERE checksum IS NOT NULL ORDER BY id", r => (Id: r.GetString(0), Sound: Persistence.CommitStatements.Checksum(r.GetString(1)) == r.GetString(2)))
            .Where(i => !i.Sound).Select(i => i.Id)];
    }

    public static List<T> Query<T>(string database, string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 10 }.ToString());
        connection.Open();
        return connection;
    }

    private static bool IsSame(string path, string sha)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == sha;
    }
}
