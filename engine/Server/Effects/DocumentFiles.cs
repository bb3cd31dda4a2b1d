using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Effects;

/// <summary>Bytes of documents, kept under their SHA-256; they never change once they have their name.</summary>
internal abstract class DocumentFiles
{
    /// <summary>Makes the bytes durable and gives their hash; the same bytes again change nothing.</summary>
    public string Save(ReadOnlySpan<byte> bytes)
    {
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Keep(sha, bytes);
        return sha;
    }

    /// <summary>Opens a document's bytes.</summary>
    /// <exception cref="IOException">They are not there.</exception>
    public abstract Stream Open(string sha);

    protected abstract void Keep(string sha, ReadOnlySpan<byte> bytes);
}

/// <summary>Documents as files of a folder, for an office that one process serves.</summary>
/// <param name="folder">Folder that holds them.</param>
internal sealed partial class DocumentFolder(string folder) : DocumentFiles
{
    public override Stream Open(string sha) => new FileStream(PathOf(sha), FileMode.Open, FileAccess.Read, FileShare.Read);

    protected override void Keep(string sha, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(sha);
        if (File.Exists(path))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        CrashPoint.Hit("file.written");
        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
        CrashPoint.Hit("file.named");
    }

    private string PathOf(string sha) => Path.Combine(folder, sha[..2], sha);

    /// <summary>A renamed file survives a power cut only when its folder is on disk too.</summary>
    private static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        const int ReadOnly = 0;
        using var handle = new SafeFileHandle(Open(path, ReadOnly), ownsHandle: true);
        if (!handle.IsInvalid)
            _ = FSync(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle handle);
}
