using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace ProductionOffice.Kiosk.Data;

/// <summary>Numbered journal files of one kind. A damaged one is left as it is and the next is begun.</summary>
internal sealed class JournalSet<T> : IDisposable where T : class
{
    private readonly JournalFile<T> _current;

    public JournalSet(string directory, string prefix, JsonTypeInfo<T> type)
    {
        var paths = Directory.GetFiles(directory, prefix + "-*.jsonl").Order(StringComparer.Ordinal).ToList();
        var records = new List<T>();
        JournalFile<T>? last = null;
        foreach (var path in paths)
        {
            last?.Dispose();
            last = new JournalFile<T>(path, type);
            records.AddRange(last.Content.Records);
            Unread += last.Content.Unread;
            if (last.Content.Unread > 0)
                Damaged.Add(Path.GetFileName(path));
        }

        if (last is null || last.Content.Unread > 0)
        {
            last?.Dispose();
            last = new JournalFile<T>(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{prefix}-{paths.Count + 1:000000}.jsonl")), type);
        }

        _current = last;
        Records = records;
    }

    /// <summary>What could be read at start, oldest first.</summary>
    public IReadOnlyList<T> Records { get; }

    /// <summary>Lines that could not be trusted.</summary>
    public int Unread { get; }

    /// <summary>Names of the files with such lines.</summary>
    public List<string> Damaged { get; } = [];

    public void Append(params ReadOnlySpan<T> records) => _current.Append(records);

    public void Dispose() => _current.Dispose();
}
