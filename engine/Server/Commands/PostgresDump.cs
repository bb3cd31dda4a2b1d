using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;

namespace ProductionOffice.Server.Commands;

/// <summary>Copies a PostgreSQL store to a file and back, with the programs PostgreSQL brings for it.</summary>
internal static class PostgresDump
{
    public const string FileName = "office.dump";

    /// <summary>Copies the store at one moment, also while it is written; gives the rows of each table at that moment.</summary>
    /// <exception cref="CommandFailure">The program is not there, or the store cannot be read.</exception>
    public static JsonObject Save(string connection, string target)
    {
        var settings = PostgresConnection.Read(connection);
        using var opened = Open(settings);
        // The counts and the copy are of one snapshot.
        using var transaction = opened.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        if (Scalar(opened, "SELECT to_regclass('po_instance') IS NULL") is true)
            throw new CommandFailure(ExitCode.NotFound, "office-not-found", $"There is no office in the PostgreSQL at {PostgresConnection.Describe(settings)}.", "Name its database with --db, or in OFFICE_DB.");

        var counts = Counts(opened);
        var snapshot = (string)Scalar(opened, "SELECT pg_export_snapshot()")!;
        Run(settings, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", $"--snapshot={snapshot}", "--file", target, "--dbname", settings.Database ?? settings.Username ?? "");
        return counts;
    }

    /// <summary>Reads a copy from end to end.</summary>
    /// <exception cref="CommandFailure">It is damaged, or the program is not there.</exception>
    public static void Verify(string dump) => Run(null, "pg_restore", "--file", OperatingSystem.IsWindows() ? "NUL" : "/dev/null", dump);

    /// <summary>Fills an empty database and compares the rows of each table with what was noted.</summary>
    /// <exception cref="CommandFailure">The database holds an office already, or what arrived differs.</exception>
    public static void Restore(string dump, string connection, JsonObject counts, string moment)
    {
        var settings = PostgresConnection.Read(connection);
        using (var before = Open(settings))
        {
            if (Scalar(before, "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'po\\_%')") is true)
                throw new CommandFailure(ExitCode.Conflict, "target-not-empty", $"The PostgreSQL at {PostgresConnection.Describe(settings)} already holds an office.", "Name an empty database.");
        }

        // One transaction with the pause: a restore that was cut off must not leave an office that sends yesterday's letters.
        Fill(settings, dump, $"INSERT INTO public.po_setting (key, value) VALUES ('office.paused', '{moment.Replace("'", "''", StringComparison.Ordinal)}') ON CONFLICT (key) DO UPDATE SET value = excluded.value;");
        using var opened = Open(settings);
        var arrived = Counts(opened);
        if (!JsonNode.DeepEquals(WithoutSettings(arrived), WithoutSettings(counts)))
            throw new CommandFailure(ExitCode.Failed, "restore-differs", $"What arrived differs from the backup: {arrived.ToJsonString()} instead of {counts.ToJsonString()}.", "Drop the database and restore again.");

        // The pause is a setting.
        static JsonObject WithoutSettings(JsonObject all)
        {
            var rest = all.DeepClone().AsObject();
            rest.Remove("po_setting");
            return rest;
        }
    }

    /// <summary>Plays a copy into a database and adds a statement, all or nothing: what comes to its end early, whichever of the programs ends, is rolled back.</summary>
    private static void Fill(NpgsqlConnectionStringBuilder settings, string dump, string last)
    {
        using var reader = Start(null, "pg_restore", ["--no-owner", "--no-privileges", "--file", "-", dump]);
        using var writer = Start(settings, "psql", ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--output", OperatingSystem.IsWindows() ? "NUL" : "/dev/null", "--dbname", settings.Database ?? settings.Username ?? ""]);
        var (unread, unwritten, said) = (reader.StandardError.ReadToEndAsync(), writer.StandardError.ReadToEndAsync(), writer.StandardOutput.ReadToEndAsync());
        var into = writer.StandardInput.BaseStream;
        try
        {
            into.Write("BEGIN;\n"u8);
            reader.StandardOutput.BaseStream.CopyTo(into);
            reader.WaitForExit();
            CrashPoint.Hit("restore.filled");
            if (reader.ExitCode == 0)
                into.Write(System.Text.Encoding.UTF8.GetBytes($"\n{last}\nCOMMIT;\n"));
            into.Close();
        }
        catch (IOException)
        {
            // The writer ended early and says why.
            reader.Kill();
            reader.WaitForExit();
        }

        writer.WaitForExit();
        if (writer.ExitCode != 0 || reader.ExitCode != 0)
            throw new CommandFailure(ExitCode.Failed, "program-failed", $"pg_restore ended with {reader.ExitCode}, psql with {writer.ExitCode}: {$"{unread.Result}{unwritten.Result}{said.Result}".Trim()}", "Use programs as new as the server; another backup if it is damaged. The database is as it was.");
    }

    private static JsonObject Counts(NpgsqlConnection connection)
    {
        var names = new List<string>();
        using (var list = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'po\\_%' ORDER BY tablename COLLATE \"C\"", connection))
        using (var reader = list.ExecuteReader())
        {
            while (reader.Read())
                names.Add(reader.GetString(0));
        }

        var counts = new JsonObject();
        foreach (var name in names)
            counts[name] = (long)Scalar(connection, $"SELECT count(*) FROM \"{name}\"")!;
        return counts;
    }

    private static NpgsqlConnection Open(NpgsqlConnectionStringBuilder settings)
    {
        try
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, CommandTimeout = 0, Options = null }.ConnectionString);
            connection.Open();
            return connection;
        }
        catch (NpgsqlException e)
        {
            throw new CommandFailure(ExitCode.Unreachable, "store-unreachable", $"The PostgreSQL at {PostgresConnection.Describe(settings)} cannot be used: {e.Message}", "Check that it runs and that user, password and database are right.");
        }
    }

    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static void Run(NpgsqlConnectionStringBuilder? settings, string program, params string[] arguments)
    {
        using var process = Start(settings, program, arguments);
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEndAsync();
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new CommandFailure(ExitCode.Failed, "program-failed", $"{program} ended with {process.ExitCode}: {$"{said.Result}{complaint}".Trim()}", "Use a pg_dump as new as the server; another backup if it is damaged.");
    }

    private static Process Start(NpgsqlConnectionStringBuilder? settings, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (settings is not null)
        {
            foreach (var argument in (string[])["--host", settings.Host!, "--port", settings.Port.ToString(CultureInfo.InvariantCulture), "--username", settings.Username ?? Environment.UserName, "--no-password"])
                start.ArgumentList.Add(argument);
            // Not among the arguments, which everybody on the machine can list.
            if (settings.Password is { } password)
                start.Environment["PGPASSWORD"] = password;
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandFailure(ExitCode.Failed, "program-missing", $"'{program}' is not installed.", "apt-get install postgresql-client");
        }
    }
}
