using System.Collections.Concurrent;
using ProductionOffice.Server.Effects;

namespace ProductionOffice.Server.Tryout;

/// <summary>Documents of a try-out: gone with it.</summary>
internal sealed class MemoryDocuments : DocumentFiles
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public override Stream Open(string sha) => _files.TryGetValue(sha, out var bytes) ? new MemoryStream(bytes, writable: false) : throw new FileNotFoundException($"The try-out made no document {sha}.");

    protected override void Keep(string sha, ReadOnlySpan<byte> bytes) => _files[sha] = bytes.ToArray();
}
