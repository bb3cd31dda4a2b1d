using System.Globalization;

namespace ProductionOffice.TestKit;

/// <summary>A throw-away PostgreSQL of one owner, which may be stopped and started as a test likes; durable, as a real one.</summary>
public sealed class PostgresCluster : IDisposable
{
    private readonly string _folder;
    private readonly string _port = PostgresServer.FreePort().ToString(CultureInfo.InvariantCulture);

    private PostgresCluster(string folder) => _folder = folder;

    /// <summary>A connection of its superuser.</summary>
    public string Connection => $"Host=127.0.0.1;Port={_port};Username=office;Database=postgres";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes one and starts it on a free port.</summary>
    public static PostgresCluster Start()
    {
        var cluster = new PostgresCluster(PostgresServer.NewFolder());
        PostgresServer.Run(PostgresServer.Program("initdb", "-D", cluster.Data, "-A", "trust", "-U", "office", "-E", "UTF8", "--locale=C.UTF-8", "-N"));
        cluster.Control("start");
        return cluster;
    }

    /// <summary>Ends it as a crash would, and starts it again.</summary>
    public void CrashAndRestart()
    {
        Control("stop");
        Control("start");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Control("stop");
        Directory.Delete(_folder, recursive: true);
    }

    // -l: what outlives pg_ctl must not hold its output open.
    private void Control(string action) => PostgresServer.Run(PostgresServer.Program(
        "pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-m", "immediate", "-o", $"-p {_port} -h 127.0.0.1 -k {_folder} -c max_connections=300", action));
}
