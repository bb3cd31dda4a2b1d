namespace ProductionOffice.Server.Hosting;

/// <summary>How the office is served.</summary>
/// <param name="DataFolder">Folder of the store, documents, templates and keys; made when missing.</param>
/// <param name="Urls">Address to listen on; port 0 takes a free one.</param>
/// <param name="IsEmpty">Whether a first start leaves the demo production out.</param>
/// <param name="KeepsDates">Whether a first start imports the demo with its own dates instead of moving them into this week.</param>
internal sealed record ServeOptions(string DataFolder, string Urls = ServeOptions.DefaultUrls, bool IsEmpty = false, bool KeepsDates = false)
{
    /// <summary>Hosts of the own network that workflows may call, <c>host</c> or <c>host:port</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>PostgreSQL connection string of a store that several nodes share; null for the file in the data folder.</summary>
    public string? Db { get; init; }

    /// <summary>Whether this process runs recurring schedules and housekeeping; without them the engine plans timers itself.</summary>
    public bool RunsSchedules { get; init; } = true;

    /// <summary>Folder that gets a backup each night, the newest seven kept; null for none.</summary>
    public string? BackupFolder { get; init; }

    public const string DefaultUrls = "http://127.0.0.1:5210";
}

/// <summary>The office cannot be served: what is wrong and what to do, in one line.</summary>
internal sealed class CannotServeException(string message, Exception? inner = null) : Exception(message, inner);
