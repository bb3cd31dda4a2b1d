using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ProductionOffice.TestKit;

/// <summary>A PostgreSQL for tests: the one that <c>OFFICE_TEST_POSTGRES</c> names, else a throw-away one of this test run, ended with it.</summary>
public static class PostgresServer
{
    private const string Variable = "OFFICE_TEST_POSTGRES";
    private const string User = "postgres";

    private static readonly Lazy<string> Started = new(Start);
    private static readonly string? Programs = FindPrograms();

    /// <summary>A connection of its superuser, <c>Host=…;Port=…;Username=…;Database=…</c>.</summary>
    public static string Connection => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : Started.Value;

    /// <summary>Why tests that need it are skipped, or null when it is there. In CI nothing may be missing.</summary>
    public static string? Missing()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || Programs is not null)
            return null;

        return Environment.GetEnvironmentVariable("CI") == "true"
            ? throw new InvalidOperationException($"CI must set {Variable}, or have the package postgresql.")
            : $"needs PostgreSQL: install the package postgresql, or set {Variable}";
    }

    /// <summary>Runs a program of the server's own, as the user it needs.</summary>
    /// <param name="program">Name, for example <c>pg_ctl</c>.</param>
    /// <param name="arguments">What it is given.</param>
    public static ProcessStartInfo Program(string program, params IEnumerable<string> arguments)
    {
        // PostgreSQL refuses to run as root.
        var path = Path.Combine(Programs!, program);
        string[] words = Environment.UserName == "root" ? ["runuser", "-u", User, "--", path] : [path];
        return new ProcessStartInfo(words[0], [.. words[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
    }

    /// <summary>An empty folder that the server's user may write.</summary>
    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("office-postgres-").FullName;
        if (Environment.UserName == "root")
            Run(new ProcessStartInfo("chown", [User, folder]));
        return folder;
    }

    /// <summary>Runs to the end; fails with what it said.</summary>
    public static void Run(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {said.Result}{complained}");
    }

    /// <summary>A port nobody uses at the moment.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Start()
    {
        var cluster = PostgresCluster.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        return cluster.Connection;
    }

    private static string? FindPrograms()
    {
        if (Tools.Find("initdb") is { } found)
            return Path.GetDirectoryName(found);

        const string Debian = "/usr/lib/postgresql";
        return Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
    }
}

/// <summary>A test that needs a PostgreSQL.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Skips where neither the variable nor the programs are.</summary>
    public PostgresFactAttribute() => Skip = PostgresServer.Missing();
}

/// <summary>A theory that needs a PostgreSQL.</summary>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips where neither the variable nor the programs are.</summary>
    public PostgresTheoryAttribute() => Skip = PostgresServer.Missing();
}
