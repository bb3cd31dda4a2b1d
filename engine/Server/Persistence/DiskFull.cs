using Microsoft.Data.Sqlite;
using Npgsql;

namespace ProductionOffice.Server.Persistence;

/// <summary>Whether something failed because there was no room for it.</summary>
internal static class DiskFull
{
    private const int SqliteFull = 13;
    private const int UnixNoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool Is(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        IOException { HResult: UnixNoSpace or WindowsDiskFull } => true,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
