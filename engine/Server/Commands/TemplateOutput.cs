namespace ProductionOffice.Server.Commands;

/// <summary>Writes finished files whole or not at all.</summary>
internal static class TemplateOutput
{
    private const int Piece = 1 << 20;
    private static readonly Lock Writing = new();

    /// <summary>Writes beside the target and renames; an interruption leaves what was there before.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, string path, CancellationToken cancel = default)
    {
        lock (Writing)
        {
            cancel.ThrowIfCancellationRequested();
            var target = Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var part = $"{target}.{Environment.ProcessId}.part";
            try
            {
                using (var file = File.Create(part))
                {
                    for (; bytes.Length > 0; bytes = bytes[Math.Min(Piece, bytes.Length)..])
                    {
                        file.Write(bytes[..Math.Min(Piece, bytes.Length)]);
                        cancel.ThrowIfCancellationRequested();
                    }
                }

                File.Move(part, target, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Waits until no file is being written, so that the process may end.</summary>
    public static void WaitUntilWhole()
    {
        lock (Writing)
        {
        }
    }
}
