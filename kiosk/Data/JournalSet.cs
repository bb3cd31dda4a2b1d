using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace ProductionOffice.Kiosk.Data;

/// <summary>
/// Numbered journal files of one kind, a new one each day that something is written. A damaged one is left as it is and the next is begun.
/// </summary>
internal sealed class JournalSet<T> : IDisposable where T : class
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(1);
    private readonly string _directory;
    private readonly string _prefix;
    private readonly JsonTypeInfo<T> _type;
    private readonly Func<T, DateTimeOffset> _at;
    private readonly List<(string Path, JournalContent<T> Content)> _files = [];
    private JournalFile<T> _current;
    private DateTimeOffset? _begun;

    public JournalSet(string directory, string prefix, JsonTypeInfo<T> type, Func<T, DateTimeOffset> at)
    {
        (_directory, _prefix, _type, _at) = (directory, prefix, type, at);
        JournalFile<T>? last = null;
        foreach (var path in Directory.GetFiles(directory, prefix + "-*.jsonl").Order(StringComparer.Ordinal))
        {
            last?.Dispose();
            last = new JournalFile<T>(path, type);
            _files.Add((path, last.Content));
        }

        _current = last ?? Begin();
        if (_current.Content.Unread > 0)
        {
            _current.Dispose();
            _current = Begin();
        }

        _begun = _current.Content.Records.Count > 0 ? at(_current.Content.Records[0]) : null;
        Unread = _files.Sum(f => f.Content.Unread);
        Damaged = [.. _files.Where(f => f.Content.Unread > 0).Select(f => Path.GetFileName(f.Path))];
    }

    /// <summary>What could be read at start, oldest first, without what was forgotten since.</summary>
    public IReadOnlyList<T> Records => [.. _files.SelectMany(f => f.Content.Records)];

    /// <summary>The files one by one, oldest first.</summary>
    public IEnumerable<JournalContent<T>> Contents => _files.Select(f => f.Content);

    /// <summary>Lines that could not be trusted.</summary>
    public int Unread { get; }

    /// <summary>Names of the files with such lines.</summary>
    public IReadOnlyList<string> Damaged { get; }

    public void Append(params ReadOnlySpan<T> records)
    {
        var now = _at(records[0]);
        if (now - _begun > Span)
        {
            var next = Begin();
            _current.Dispose();
            _current = next;
            _begun = null;
        }

        _current.Append(records);
        _begun ??= now;
    }

    /// <summary>The oldest files of which nothing is needed any more. The last one with a record and damaged ones stay.</summary>
    public IReadOnlyList<string> Forgettable(Func<T, bool> isDone)
    {
        var last = _files.FindLastIndex(f => f.Content.Records.Count > 0);
        return [.. _files.Take(Math.Max(0, last)).TakeWhile(f => f.Content.Unread == 0 && f.Content.Records.All(isDone)).Select(f => f.Path)];
    }

    /// <summary>Deletes files that <see cref="Forgettable"/> named, oldest first.</summary>
    public void Forget(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            File.Delete(path);
            _files.RemoveAll(f => f.Path == path);
        }
    }

    public void Dispose() => _current.Dispose();

    private JournalFile<T> Begin()
    {
        var last = Directory.GetFiles(_directory, _prefix + "-*.jsonl").Max(StringComparer.Ordinal);
        var number = last is null ? 0 : int.Parse(Path.GetFileNameWithoutExtension(last)[(_prefix.Length + 1)..], CultureInfo.InvariantCulture);
        return new JournalFile<T>(Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{number + 1:000000}.jsonl")), _type);
    }
}
