using System.Text.Json.Serialization.Metadata;

namespace ProductionOffice.Kiosk.Data;

/// <summary>What a journal file holds.</summary>
/// <param name="Records">All before the first that is damaged.</param>
/// <param name="Unread">Lines from the first damaged one on; 0 when the file is sound.</param>
/// <param name="WasTorn">Whether the end of the last line was missing and has been cut off.</param>
internal sealed record JournalContent<T>(IReadOnlyList<T> Records, int Unread, bool WasTorn);

/// <summary>An append-only file of lines; what <see cref="Append"/> has returned from survives a power cut.</summary>
internal sealed class JournalFile<T> : IDisposable where T : class
{
    private readonly FileStream _file;
    private readonly JsonTypeInfo<T> _type;
    private long _end;

    public JournalFile(string path, JsonTypeInfo<T> type)
    {
        _type = type;
        _file = DurableFile.Open(path);
        Content = Load();
    }

    public JournalContent<T> Content { get; }

    /// <summary>Writes the lines and waits until they are on the disk.</summary>
    /// <exception cref="IOException">Nothing of it is kept.</exception>
    public void Append(params ReadOnlySpan<T> records)
    {
        var lines = new List<byte>();
        foreach (var record in records)
            lines.AddRange(JournalLine.Write(record, _type));
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, [.. lines], _end);
            _file.Flush(flushToDisk: true);
            _end += lines.Count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryCut();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private JournalContent<T> Load()
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var records = new List<T>();
        var at = 0;
        while (at < bytes.Length)
        {
            var length = bytes.AsSpan(at).IndexOf((byte)'\n');
            var record = JournalLine.Read(length < 0 ? bytes.AsSpan(at) : bytes.AsSpan(at, length), _type);
            if (length < 0 && record is null)
            {
                _end = at;
                _file.SetLength(at);
                _file.Flush(flushToDisk: true);
                return new JournalContent<T>(records, 0, true);
            }

            if (record is null)
            {
                _end = bytes.Length;
                return new JournalContent<T>(records, CountLines(bytes.AsSpan(at)), false);
            }

            records.Add(record);
            at += length + 1;
            if (length < 0)
            {
                // Only the line feed was lost.
                RandomAccess.Write(_file.SafeFileHandle, "\n"u8, bytes.Length);
                _file.Flush(flushToDisk: true);
                at = bytes.Length;
                _end = bytes.Length + 1;
                return new JournalContent<T>(records, 0, true);
            }
        }

        _end = bytes.Length;
        return new JournalContent<T>(records, 0, false);
    }

    private static int CountLines(ReadOnlySpan<byte> bytes) => bytes.Count((byte)'\n') + (bytes[^1] == '\n' ? 0 : 1);

    private void TryCut()
    {
        try
        {
            _file.SetLength(_end);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // The next start cuts it.
        }
    }
}
