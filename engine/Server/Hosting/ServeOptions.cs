namespace ProductionOffice.Server.Hosting;

/// <summary>How the office is served.</summary>
/// <param name="DataFolder">Folder of the store, documents, templates and keys; made when missing.</param>
/// <param name="Urls">Address to listen on; port 0 takes a free one.</param>
/// <param name="IsEmpty">Whether a first start leaves the demo production out.</param>
/// <param name="Store">A PostgreSQL that several nodes share; null for the store in the data folder. May hold a password: never shown.</param>
/// <param name="SharedFolder">Folder of templates, keys and mail, the same for all nodes; null for the data folder.</param>
/// <param name="KeepsDates">Whether a first start imports the demo with its own dates instead of moving them into this week.</param>
internal sealed record ServeOptions(string DataFolder, string Urls = ServeOptions.DefaultUrls, bool IsEmpty = false, bool KeepsDates = false, string? Store = null, string? SharedFolder = null)
{
    /// <summary>Hosts of the own network that workflows may call, <c>host</c> or <c>host:port</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether this process runs recurring schedules and housekeeping; without them the engine plans timers itself.</summary>
    public bool RunsSchedules { get; init; } = true;

    /// <summary>Folder that gets a backup each night, the newest seven kept; null for none.</summary>
    public string? BackupFolder { get; init; }

    /// <summary>Where the build put the designer's files; a folder that is not there means that there is no designer.</summary>
    public string StudioFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "studio");

    public const string DefaultUrls = "http://127.0.0.1:5210";

    /// <summary>Where the keys of sessions and of the audit trail are.</summary>
    public string Keys => Path.Combine(Path.GetFullPath(SharedFolder ?? DataFolder), "keys");

    // The generated text would show the password of the store.
    public override string ToString() => $"{DataFolder} at {Urls}";
}

/// <summary>The office cannot be served: what is wrong and what to do, in one line.</summary>
internal sealed class CannotServeException(string message, Exception? inner = null) : Exception(message, inner);
