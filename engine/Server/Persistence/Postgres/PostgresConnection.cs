using Npgsql;

namespace ProductionOffice.Server.Persistence.Postgres;

/// <summary>Reads where a PostgreSQL is: <c>Host=…;Database=…</c> or <c>postgres://user:password@host:port/database</c>.</summary>
internal static class PostgresConnection
{
    /// <summary>Whether a text means a PostgreSQL at all.</summary>
    public static bool Is(string text) => IsUrl(text) || text.Contains("Host=", StringComparison.OrdinalIgnoreCase) || text.Contains("Server=", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FormatException">It cannot be read; the message repeats nothing of it, for it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        try
        {
            var settings = IsUrl(text) ? FromUrl(text) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(settings.Host))
                throw new FormatException("The connection names no host.");
            settings.ApplicationName ??= "office";
            if (!text.Contains("Keepalive", StringComparison.OrdinalIgnoreCase))
                settings.KeepAlive = 10;
            if (!text.Contains("Command Timeout", StringComparison.OrdinalIgnoreCase) && !text.Contains("CommandTimeout", StringComparison.OrdinalIgnoreCase))
                settings.CommandTimeout = 15;
            // A node that hangs or is cut off must not hold its locks: the server frees them.
            settings.Options ??= "-c idle_in_transaction_session_timeout=30000 -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or UriFormatException)
        {
            throw new FormatException("The connection cannot be read.");
        }
    }

    /// <summary>Where it is, for people: without user and password.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder settings) => FormattableString.Invariant($"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}");

    private static bool IsUrl(string text) => text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);

    private static NpgsqlConnectionStringBuilder FromUrl(string text)
    {
        var url = new Uri(text);
        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host.Trim('[', ']'), Port = url.Port > 0 ? url.Port : NpgsqlConnection.DefaultPort };
        if (url.AbsolutePath.Trim('/') is { Length: > 0 } database)
            settings.Database = Uri.UnescapeDataString(database);
        var who = url.UserInfo.Split(':', 2);
        if (who[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(who[0]);
        if (who.Length == 2)
            settings.Password = Uri.UnescapeDataString(who[1]);
        foreach (var (name, value) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query))
            settings[name == "sslmode" ? "SSL Mode" : name] = value.ToString();
        return settings;
    }
}
