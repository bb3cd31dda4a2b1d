using System.Collections.Immutable;
using System.Globalization;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Data;

/// <summary>All records of this desk on its own disk, and what the server answered to them. Safe from several threads.</summary>
internal sealed class Journal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _lock;
    private readonly JournalSet<KioskEvent> _events;
    private readonly JournalSet<Ack> _answers;
    private readonly Queue<KioskEvent> _pending;
    private readonly HashSet<long> _taken;
    private readonly TimeProvider _clock;
    private long _lastSeq;

    /// <exception cref="JournalInUseException">Another kiosk owns the directory.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public Journal(string directory, TimeProvider clock)
    {
        _clock = clock;
        DurableFile.MakeDirectory(directory);
        _lock = Own(Path.Combine(directory, "lock"));
        try
        {
            _events = new JournalSet<KioskEvent>(directory, "journal", KioskJson.Default.KioskEvent, e => e.At);
            _answers = new JournalSet<Ack>(directory, "answers", KioskJson.Default.Ack, a => a.At);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }

        Events = _events.Records;
        var answers = _answers.Records;
        var answered = answers.Select(a => a.Seq).ToHashSet();
        _taken = answers.Where(a => a.Result != "rejected").Select(a => a.Seq).ToHashSet();
        _pending = new Queue<KioskEvent>(Events.Where(e => !answered.Contains(e.Seq)));

        // Numbers of lines that cannot be read are not used again: the server may know them.
        foreach (var content in _events.Contents)
            _lastSeq = Math.Max(_lastSeq, content.Records.Count > 0 ? content.Records.Max(e => e.Seq) : 0) + content.Unread;
        _lastSeq = Math.Max(_lastSeq, answered.Count > 0 ? answered.Max() : 0);
        var what = Events.ToDictionary(e => e.Seq);
        Held = [.. answers.Where(a => a.Result == "rejected").Select(a => ToHeld(a, what.GetValueOrDefault(a.Seq)))];
    }

    /// <summary>Records of all files, oldest first, as they were at start, without what was forgotten.</summary>
    public IReadOnlyList<KioskEvent> Events { get; private set; }

    public ImmutableArray<HeldRecord> Held { get; private set; }

    /// <summary>What was wrong with the files at start, in words; null when nothing.</summary>
    public string? Note => _events.Unread == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"DAMAGED: {_events.Unread} line(s) of {string.Join(", ", _events.Damaged)} cannot be trusted and were not read");

    public int PendingCount
    {
        get
        {
            lock (_gate)
                return _pending.Count;
        }
    }

    /// <summary>Every record up to this number was answered by the server.</summary>
    public long AckedThrough
    {
        get
        {
            lock (_gate)
                return _pending.TryPeek(out var first) ? first.Seq - 1 : _lastSeq;
        }
    }

    /// <summary>Writes a record; when this returns it is on the disk.</summary>
    /// <exception cref="IOException">Nothing of it is kept.</exception>
    public KioskEvent Append(string kiosk, string type, object data)
    {
        lock (_gate)
        {
            var now = _clock.GetLocalNow();
            var record = new KioskEvent(1, Guid.CreateVersion7(now).ToString(), kiosk, _lastSeq + 1, now, Session.MonoOf(_clock), "desk", type, KioskJson.ToElement(data), 0);
            _events.Append(record);
            _lastSeq = record.Seq;
            _pending.Enqueue(record);
            return record;
        }
    }

    /// <summary>The oldest records without an answer, in their order.</summary>
    public IReadOnlyList<KioskEvent> Pending(int limit)
    {
        lock (_gate)
            return [.. _pending.Take(limit)];
    }

    /// <summary>Keeps what the server answered.</summary>
    /// <returns>How many records are answered now that were not before.</returns>
    public int Answer(IReadOnlyList<EventResult> results)
    {
        lock (_gate)
        {
            var waiting = _pending.ToDictionary(e => e.Seq);
            var now = _clock.GetUtcNow();
            var acks = results.Where(r => waiting.ContainsKey(r.Seq)).DistinctBy(r => r.Seq).Select(r => new Ack(r.Seq, r.Result, r.Reason, now, 0)).ToArray();
            if (acks.Length == 0)
                return 0;

            _answers.Append(acks);
            var answered = acks.Select(a => a.Seq).ToHashSet();
            var rest = _pending.Where(e => !answered.Contains(e.Seq)).ToArray();
            _pending.Clear();
            foreach (var e in rest)
                _pending.Enqueue(e);
            Held = Held.AddRange(acks.Where(a => a.Result == "rejected").Select(a => ToHeld(a, waiting[a.Seq])));
            return acks.Length;
        }
    }

    /// <summary>Deletes days the server has taken over and whose effect stands in its list. Done at start only.</summary>
    /// <param name="through">The stored list holds own records up to this number.</param>
    /// <param name="before">Called before anything goes, with all records.</param>
    public void Forget(long through, Action<IReadOnlyList<KioskEvent>> before)
    {
        lock (_gate)
        {
            var day = _clock.GetUtcNow() - TimeSpan.FromDays(1);
            var files = _events.Forgettable(e => e.Seq <= through && e.At < day && _taken.Contains(e.Seq));
            if (files.Count == 0)
                return;

            before(Events);
            _events.Forget(files);
            Events = _events.Records;
            var first = Events[0].Seq;
            _answers.Forget(_answers.Forgettable(a => a.Seq < first));
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        _answers.Dispose();
        _lock.Dispose();
    }

    private static HeldRecord ToHeld(Ack ack, KioskEvent? e)
    {
        var desk = e is null ? null : KioskJson.ToDesk(e);
        return new HeldRecord(ack.Seq, desk is null ? "?" : Words.Line(desk, new Desk()), ack.Reason ?? "no reason given");
    }

    private static FileStream Own(string path)
    {
        try
        {
            return DurableFile.Open(path, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path) && e.HResult is 11 or 35 or unchecked((int)0x80070020))
        {
            throw new JournalInUseException(Path.GetDirectoryName(path)!, e);
        }
    }
}

/// <summary>Another kiosk owns the directory.</summary>
internal sealed class JournalInUseException(string directory, Exception inner)
    : Exception($"Another kiosk is already running with {directory}.", inner);
