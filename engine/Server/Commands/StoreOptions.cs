using System.Runtime.CompilerServices;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;

namespace ProductionOffice.Server.Commands;

/// <summary>Which store a verb works on.</summary>
internal static class StoreOptions
{
    /// <summary>The variable that names a PostgreSQL, so that its password stands in no list of processes.</summary>
    public const string Variable = "OFFICE_DB";

    public static string? OfEnvironment => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;

    /// <summary>Opens the store of an office: the PostgreSQL when one is named, else the file in its data folder.</summary>
    /// <exception cref="CommandFailure">There is none, or the connection cannot be read.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static OfficeDatabase Open(string folder, string? connection)
    {
        if (connection is not null)
        {
            Check(connection);
            return new PostgresDatabase(connection);
        }

        var file = Path.Combine(Path.GetFullPath(folder), OfficeFile.DatabaseName);
        return File.Exists(file) ? new SqliteDatabase(file)
            : throw new CommandFailure(ExitCode.NotFound, "office-not-found", $"There is no office in '{Path.GetFullPath(folder)}'.", "Name its data folder with --data DIR.");
    }

    /// <exception cref="CommandFailure">It cannot be read; nothing of it is repeated, for it may hold a password.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Check(string connection)
    {
        try
        {
            if (!PostgresConnection.Is(connection))
                throw new FormatException("It names no PostgreSQL.");
            PostgresConnection.Read(connection);
        }
        catch (FormatException e)
        {
            throw CommandFailure.Usage($"The store cannot be used: {e.Message}", "Write --db \"Host=…;Database=…;Username=…\" or postgres://user@host/database; the password best in OFFICE_DB.");
        }
    }
}
