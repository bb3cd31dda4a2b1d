using System.Globalization;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Hosting;

/// <summary>The one folder an office lives in; held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Root = path;
        Shared = path;
        _lock = held;
    }

    public string Root { get; }

    /// <summary>Folder of what several nodes have in common; the data folder itself unless there is another.</summary>
    public string Shared { get; private set; }

    /// <summary>Names this node among others on one store; the same after a restart.</summary>
    public string Node => $"{Environment.MachineName}:{Root}";

    public string Database => Path.Combine(Root, "office.db");

    /// <summary>When recurring schedules come due next; made anew from the workflows when it is lost.</summary>
    public string Schedule => Path.Combine(Root, ScheduleName);

    public const string ScheduleName = "schedule.db";

    public string Documents => Path.Combine(Root, "documents");

    public string Templates => Path.Combine(Shared, "templates");

    public string Mail => Path.Combine(Shared, "mail");

    public string Keys => Path.Combine(Shared, "keys");

    /// <summary>How programs of the same owner reach this office.</summary>
    public string LocalAccess => Path.Combine(Root, LocalAccessName);

    public const string LocalAccessName = "office-local.json";

    /// <summary>Makes the folder if needed and takes it for this process.</summary>
    /// <exception cref="CannotServeException">It cannot be written, lies on a network, or another process holds it.</exception>
    public static DataFolder Take(string path, string? shared)
    {
        var folder = Take(path);
        if (shared is not null)
            folder.Shared = Directory.CreateDirectory(Path.GetFullPath(shared)).FullName;
        return folder;
    }

    /// <summary>Makes the folder if needed and takes it for this process.</summary>
    /// <exception cref="CannotServeException">It cannot be written, lies on a network, or another process holds it.</exception>
    public static DataFolder Take(string path)
    {
        var root = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(root);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotServeException($"The data folder {root} cannot be made or written: {e.Message} Choose another with --data DIR.", e);
        }

        if (IsOnNetwork(root))
            throw new CannotServeException($"The data folder {root} lies on a network drive, where a crash could damage it. Choose a local one with --data DIR.");

        var lockFile = Path.Combine(root, "office.lock");
        try
        {
            var held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return new DataFolder(root, held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CannotServeException($"The data folder {root} cannot be written: {e.Message} Choose another with --data DIR.", e);
        }
        catch (IOException e)
        {
            throw new CannotServeException($"The data folder {root} is used by another running office. Stop that one first, or choose another folder with --data DIR.", e);
        }
    }

    /// <summary>Removes what a process that ended in the middle of writing left behind; in a shared folder another node may be writing.</summary>
    public void RemoveUnfinished()
    {
        string[] own = Shared == Root ? [Documents, Templates, Mail, Keys] : [Documents];
        foreach (var left in own.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.tmp", SearchOption.AllDirectories)).ToList())
            File.Delete(left);
    }

    /// <summary>Copies shipped templates that are not there yet; one that a coordinator has is never touched.</summary>
    public void AddShippedTemplates()
    {
        Directory.CreateDirectory(Templates);
        foreach (var file in Directory.EnumerateFiles(Shipped("templates")).Where(f => ContentTypes.Of(f) != "application/octet-stream"))
        {
            var target = Path.Combine(Templates, Path.GetFileName(file));
            if (File.Exists(target))
                continue;

            // Whole or not at all: another node may look at the same moment.
            var temporary = $"{target}.{Environment.ProcessId}.tmp";
            File.Copy(file, temporary, overwrite: true);
            CrashPoint.Hit("template.written");
            File.Move(temporary, target, overwrite: true);
        }
    }

    /// <summary>A folder of files that travel with the program.</summary>
    public static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "shipped", name);

    public void Dispose() => _lock.Dispose();

    private static bool IsOnNetwork(string path)
    {
        try
        {
            var drive = DriveInfo.GetDrives().Where(d => path.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length);
            return drive is { DriveType: DriveType.Network };
        }
        catch (IOException)
        {
            return false;
        }
    }
}
