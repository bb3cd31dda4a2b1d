using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Commands;

/// <summary>A copy of an office in a folder: the store at one moment, all files, and <c>manifest.json</c> with their SHA-256.</summary>
/// <remarks>The store comes first and documents never change, so every document the copied store speaks of is copied too. A copy cut off in the middle keeps the ending <c>.partial</c>.</remarks>
internal static class OfficeBackup
{
    private const string Manifest = "manifest.json";
    private const int Format = 1;

    /// <exception cref="CommandFailure">There is no office, the target is taken, or the copy is not sound.</exception>
    public static JsonObject Save(string data, string? store, string target, DateTimeOffset now)
    {
        var source = Path.GetFullPath(data);
        var database = Path.Combine(source, OfficeFile.DatabaseName);
        if (store is null && !File.Exists(database))
            throw new CommandFailure(ExitCode.NotFound, "office-not-found", $"There is no office in '{source}'.", "Name its data folder with --data DIR.");
        if (IsTaken(target))
            throw new CommandFailure(ExitCode.Conflict, "target-not-empty", $"'{target}' already holds something.", "Name a new folder.");
        if (Lies(target, source))
            throw CommandFailure.Usage($"'{target}' lies in the data folder, which would be saved into itself.", "Name a folder outside of it, best on another disk.");

        var partial = Begin(target);
        var tables = store is null ? null : PostgresDump.Save(store, Path.Combine(partial, PostgresDump.FileName));
        if (store is null)
            OfficeFile.CopyTo(database, Path.Combine(partial, OfficeFile.DatabaseName));
        CrashPoint.Hit("backup.store");
        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(p => IsKept(Path.GetRelativePath(source, p))))
        {
            var copy = Path.Combine(partial, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        CrashPoint.Hit("backup.files");
        var files = Describe(partial);
        var manifest = new JsonObject
        {
            ["format"] = Format,
            ["createdAt"] = now.ToString("O"),
            ["program"] = typeof(OfficeBackup).Assembly.GetName().Version?.ToString(3),
            ["files"] = new JsonArray([.. files.Select(JsonNode (f) => f.ToJson())]),
        };
        if (tables is not null)
            manifest["tables"] = tables;
        File.WriteAllText(Path.Combine(partial, Manifest), JsonText.Indented(manifest) + "\n");
        CrashPoint.Hit("backup.listed");
        CheckStore(partial);
        Finish(partial, target);
        CrashPoint.Hit("backup.named");
        return Answer(target, files, (string)manifest["createdAt"]!);
    }

    /// <summary>Checks every file against the list, the store by itself, and that no document is missing.</summary>
    /// <exception cref="CommandFailure">It is no backup, or not sound; each difference is told.</exception>
    public static JsonObject Verify(string folder)
    {
        var (manifest, listed) = Read(folder);
        var present = Describe(folder).Where(f => f.Path != Manifest).ToDictionary(f => f.Path);
        var wrong = new List<string>();
        foreach (var file in listed)
        {
            if (!present.Remove(file.Path, out var found))
                wrong.Add($"{file.Path} is missing");
            else if (found != file)
                wrong.Add($"{file.Path} was changed");
        }

        wrong.AddRange(present.Keys.Select(p => $"{p} does not belong to it"));
        if (wrong.Count > 0)
        {
            throw new CommandFailure(ExitCode.Invalid, "backup-damaged", $"The backup '{folder}' is not as it was made: {string.Join("; ", wrong.Take(5))}{(wrong.Count > 5 ? $" and {wrong.Count - 5} more" : "")}.", "Use another backup.");
        }

        CheckStore(folder);
        var answer = Answer(folder, listed, (string)manifest["createdAt"]!);
        answer["verified"] = true;
        return answer;
    }

    /// <exception cref="CommandFailure">The backup is not sound, or the target holds something.</exception>
    public static JsonObject Restore(string from, string target, string? store)
    {
        if (IsTaken(target))
            throw new CommandFailure(ExitCode.Conflict, "target-not-empty", $"The data folder '{Path.GetFullPath(target)}' already holds something.", "Name an empty folder with --data DIR, or move the old one away.");

        var answer = Verify(from);
        var (manifest, listed) = Read(from);
        var tables = manifest["tables"]?.AsObject();
        if (tables is not null && store is null)
            throw CommandFailure.Usage($"The backup '{from}' is of a PostgreSQL.", "Name an empty database with --db, or in OFFICE_DB.");

        var partial = Begin(target);
        foreach (var file in listed.Where(f => f.Path != PostgresDump.FileName))
        {
            var copy = Path.Combine(partial, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(from, file.Path), copy);
        }

        CrashPoint.Hit("restore.files");
        if (tables is not null)
        {
            PostgresDump.Restore(Path.Combine(from, PostgresDump.FileName), store!, tables, (string)answer["createdAt"]!);
        }
        else
        {
            CheckStore(partial);
            OfficeFile.Pause(Path.Combine(partial, OfficeFile.DatabaseName), (string)answer["createdAt"]!);
        }

        CrashPoint.Hit("restore.store");
        Finish(partial, target);
        CrashPoint.Hit("restore.named");
        answer["path"] = Path.GetFullPath(target);
        return answer;
    }

    /// <summary>Whether a folder is another one, or lies in it.</summary>
    public static bool Lies(string folder, string outer) =>
        (Path.GetFullPath(folder) + Path.DirectorySeparatorChar).StartsWith(Path.GetFullPath(outer).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsTaken(string target) => File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any());

    // The store is copied by itself; schedules are made anew from it; lock and access of a running office are of that run alone.
    private static bool IsKept(string path) =>
        !path.StartsWith(OfficeFile.DatabaseName, StringComparison.Ordinal)
        && !path.StartsWith(Hosting.DataFolder.ScheduleName, StringComparison.Ordinal)
        && path is not (LocalAccess.FileName or "office.lock")
        && !path.EndsWith(".tmp", StringComparison.Ordinal);

    private static string Begin(string target)
    {
        var partial = Path.GetFullPath(target).TrimEnd(Path.DirectorySeparatorChar) + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(partial);
        else
            Directory.CreateDirectory(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return partial;
    }

    private static void Finish(string partial, string target)
    {
        var path = Path.GetFullPath(target);
        if (Directory.Exists(path))
            Directory.Delete(path);
        Directory.Move(partial, path);
    }

    private static void CheckStore(string folder)
    {
        var dump = Path.Combine(folder, PostgresDump.FileName);
        if (File.Exists(dump))
        {
            PostgresDump.Verify(dump);
            return;
        }

        var database = Path.Combine(folder, OfficeFile.DatabaseName);
        if (OfficeFile.Damage(database) is { } damage)
            throw new CommandFailure(ExitCode.Invalid, "store-damaged", $"The store in '{folder}' is damaged: {damage}.", "Use another backup.");
        if (OfficeFile.MissingDocuments(database, Path.Combine(folder, "documents")) is { Count: > 0 } missing)
            throw new CommandFailure(ExitCode.Invalid, "documents-missing", $"{missing.Count} documents of the store are missing or damaged in '{folder}', first '{missing[0]}'.", "Use another backup, or repair the documents and save again.");
    }

    private static (JsonObject Manifest, IReadOnlyList<BackupFile> Files) Read(string folder)
    {
        var path = Path.Combine(folder, Manifest);
        if (!File.Exists(path))
            throw new CommandFailure(ExitCode.NotFound, "backup-not-found", $"'{folder}' is no backup: it has no {Manifest}.", "Name the folder that 'office backup' made.");

        var manifest = JsonText.ReadObject(path);
        if ((int?)manifest["format"] != Format)
            throw new CommandFailure(ExitCode.Invalid, "backup-newer", $"'{folder}' was made by another version of the program.", "Restore it with that version.");

        var files = manifest["files"]!.AsArray().Select(f => new BackupFile((string)f!["path"]!, (long)f["size"]!, (string)f["sha256"]!)).ToList();
        // The list is data: it may name nothing outside the backup.
        if (files.FirstOrDefault(f => Path.IsPathRooted(f.Path) || f.Path.Split('/', '\\').Contains("..")) is { } outside)
            throw new CommandFailure(ExitCode.Invalid, "backup-damaged", $"The backup names '{outside.Path}', which lies outside of it.", "Use another backup.");
        return (manifest, files);
    }

    private static List<BackupFile> Describe(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path =>
        {
            using var file = File.OpenRead(path);
            return new BackupFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
        })];

    private static JsonObject Answer(string path, IReadOnlyList<BackupFile> files, string createdAt) => new()
    {
        ["path"] = Path.GetFullPath(path),
        ["files"] = files.Count,
        ["bytes"] = files.Sum(f => f.Size),
        ["createdAt"] = createdAt,
    };

    private sealed record BackupFile(string Path, long Size, string Sha256)
    {
        public JsonObject ToJson() => new JsonObject { ["path"] = Path, ["size"] = Size, ["sha256"] = Sha256 };
    }
}
