using Microsoft.Data.Sqlite;
using ProductionOffice.Engine.Definitions;

namespace ProductionOffice.Server.Commands;

/// <summary>What a doctor looks at.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="connection">The PostgreSQL of the office; null when its store is in the data folder.</param>
internal sealed class OfficeChecks(string folder, string? connection)
{
    private static readonly (string Program, string Purpose, string Package)[] Tools =
    [
        ("soffice", "PDF copies and previews", "apt-get install libreoffice-writer libreoffice-calc"),
        ("npm", "fetching the workflow designer", "apt-get install npm"),
        ("chromium", "browser tests", "apt-get install chromium"),
        ("tmux", "terminal tests", "apt-get install tmux"),
        ("pg_dump", "backups of a PostgreSQL store", "apt-get install postgresql-client"),
    ];

    private readonly List<Check> _checks = [];

    private string Database => Path.Combine(folder, OfficeFile.DatabaseName);

    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken)
    {
        Folder();
        Disk();
        await ServerAsync(cancellationToken);
        if (connection is not null)
            _checks.AddRange(PostgresChecks.Run(connection));
        var hasStore = connection is null && Store();
        Templates();
        await WorkflowsAsync(hasStore);
        foreach (var (program, purpose, package) in Tools)
            Tool(program, purpose, package);
        return _checks;
    }

    private void Folder()
    {
        if (!Directory.Exists(folder))
        {
            Add("data folder", Check.Warn, $"{folder} is not there yet", "The first 'office serve' makes it.");
            return;
        }

        try
        {
            var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}.tmp");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Add("data folder", Check.Fail, $"{folder} cannot be written: {e.Message}", "Give the office's user the folder: chown -R USER DIR.");
            return;
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & Others) != 0)
            Add("data folder", Check.Warn, $"{folder} can be read by other users of this machine", $"chmod 700 {folder}");
        else
            Add("data folder", Check.Ok, folder, null);
    }

    private void Disk()
    {
        const long Low = 1L << 30;
        var drive = DriveInfo.GetDrives().Where(d => folder.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length);
        if (drive is null)
            return;

        var free = $"{drive.AvailableFreeSpace / (double)(1 << 30):0.0} GB free";
        Add("disk", drive.AvailableFreeSpace < Low ? Check.Warn : Check.Ok, free, drive.AvailableFreeSpace < Low ? "Make room: a full disk stops the office." : null);
    }

    private async Task ServerAsync(CancellationToken cancellationToken)
    {
        if (LocalAccess.Read(folder) is not { } local)
        {
            Add("server", Check.Ok, "no office runs on this folder", null);
            return;
        }

        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
            http.DefaultRequestHeaders.Authorization = new("Bearer", local.Token);
            using var answer = await http.GetAsync(new Uri(new Uri(local.Server), "health/ready"), cancellationToken);
            foreach (var check in System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?["checks"] as System.Text.Json.Nodes.JsonArray ?? [])
                Add($"server: {check!["check"]}", (string)check["result"]!, (string)check["detail"]!, (string?)check["fix"]);
            Add("server", answer.IsSuccessStatusCode ? Check.Ok : Check.Fail, $"{local.Server} answers {(int)answer.StatusCode}", answer.IsSuccessStatusCode ? null : "Look into the server's output.");
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Add("server", Check.Warn, $"{local.Server} does not answer", "It was not stopped properly; nothing is lost. Start it again with 'office serve'.");
        }
    }

    private bool Store()
    {
        if (!File.Exists(Database))
        {
            Add("store", Check.Warn, "there is no store yet", "The first 'office serve' makes it.");
            return false;
        }

        if (OfficeFile.Damage(Database) is { } damage)
        {
            Add("store", Check.Fail, damage, "Stop the office and bring the newest backup back: office restore FROM --data NEW.");
            return false;
        }

        try
        {
            var instances = OfficeFile.Query(Database, "SELECT COUNT(*) FROM po_instance", r => r.GetInt64(0))[0];
            Add("store", Check.Ok, $"sound; {instances} workflows", null);
            Damaged(OfficeFile.DamagedInstances(Database));
            Paused(OfficeFile.Query(Database, "SELECT value FROM po_setting WHERE key = 'office.paused'", r => r.GetString(0)).FirstOrDefault());
            var missing = OfficeFile.MissingDocuments(Database, Path.Combine(folder, "documents"));
            Add("documents", missing.Count == 0 ? Check.Ok : Check.Fail, missing.Count == 0 ? "all there and unchanged" : $"{missing.Count} missing or changed, first '{missing[0]}'", missing.Count == 0 ? null : "Copy the folder documents/ back from a backup.");
            var stuck = OfficeFile.Query(Database, "SELECT COUNT(DISTINCT instance_id) FROM (SELECT instance_id FROM po_outbox WHERE parked_at IS NOT NULL UNION SELECT instance_id FROM po_work WHERE parked_at IS NOT NULL)", r => r.GetInt64(0))[0];
            Add("stuck workflows", stuck == 0 ? Check.Ok : Check.Warn, stuck == 0 ? "none" : $"{stuck}", stuck == 0 ? null : "office instance list --filter 'isStuck=yes', repair the cause, then office instance retry ID.");
            return true;
        }
        catch (SqliteException e)
        {
            Add("store", Check.Fail, e.Message, "This is no store of this program's version. Start the version that wrote it, or restore a backup.");
            return false;
        }
    }

    private void Damaged(List<string> ids) => Add(
        "workflow states", ids.Count == 0 ? Check.Ok : Check.Fail,
        ids.Count == 0 ? "as they were written" : $"{ids.Count} damaged: {string.Join(", ", ids.Take(5))}", ids.Count == 0 ? null : "Bring them back from a backup, or cancel and start them again; the others go on.");

    private void Paused(string? moment)
    {
        if (moment is not null)
            Add("paused", Check.Warn, $"brought back from the backup of {moment}; nothing is sent", "Look at what waits, then: office release");
    }

    private void Templates()
    {
        var path = Path.Combine(folder, "templates");
        if (!Directory.Exists(path))
            path = Shipped("templates");
        if (!Directory.Exists(path))
            return;

        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is ".docx" or ".xlsx" && !Path.GetFileName(f).StartsWith("~$", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var broken = files.Select(f => (File: Path.GetFileName(f), Result: TemplateJob.Check(f, null, null))).Where(f => f.Result.IsError).ToList();
        foreach (var (file, result) in broken)
            Add("template", Check.Fail, $"{file}: {result.Errors[0].Message}", $"office template check {Path.Combine(path, file)}");
        if (broken.Count == 0)
            Add("templates", Check.Ok, $"{files.Count} can be filled", null);
    }

    private async Task WorkflowsAsync(bool hasStore)
    {
        var texts = hasStore
            ? OfficeFile.Query(Database, "SELECT definition_id, json FROM po_definition WHERE is_published = 1 ORDER BY definition_id", r => (r.GetString(0), r.GetString(1)))
            : Directory.Exists(Shipped("workflows")) ? [.. Directory.EnumerateFiles(Shipped("workflows"), "*.json").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllText(f)))] : [];
        var templates = new[] { Path.Combine(folder, "templates"), Shipped("templates") }.FirstOrDefault(Directory.Exists);
        var found = await WorkflowFiles.FindProblemsAsync(texts, templates);
        foreach (var (name, problems) in found)
        {
            if (problems.FirstOrDefault(p => p.IsError) is DefinitionProblem problem)
                Add("workflow", Check.Fail, $"{name}: {problem.Message}", problem.Remedy);
        }

        if (found.All(f => f.Problems.All(p => !p.IsError)))
            Add("workflows", Check.Ok, $"{found.Count} are valid", null);
    }

    private void Tool(string program, string purpose, string package)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(p => Path.Combine(p, OperatingSystem.IsWindows() ? program + ".exe" : program)).FirstOrDefault(File.Exists);
        Add(program, path is null ? Check.Warn : Check.Ok, path ?? $"not installed; only needed for {purpose}", path is null ? package : null);
    }

    private static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "shipped", name);

    private void Add(string name, string result, string detail, string? fix) => _checks.Add(new Check(name, result, detail, fix));
}
