using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ProductionOffice.Server.Effects;

/// <summary>Bytes of documents, kept under their SHA-256; a file never changes once it has its name.</summary>
/// <param name="folder">Folder that holds them.</param>
internal sealed partial class DocumentFiles(string folder)
{
    /// <summary>Makes the bytes durable and gives their hash; the same bytes again change nothing.</summary>
    public string Save(ReadOnlySpan<byte> bytes)
    {
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = PathOf(sha);
        if (File.Exists(path))
            return sha;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
        return sha;
    }

    /// <summary>Opens a document's bytes.</summary>
    public FileStream Open(string sha) => new(PathOf(sha), FileMode.Open, FileAccess.Read, FileShare.Read);

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
