namespace ProductionOffice.Kiosk.Terminal.Scripted;

/// <summary>A clock that stands still until a script moves it. Waiting for the network takes real time.</summary>
internal sealed class ScriptClock(DateTimeOffset start, TimeZoneInfo zone) : TimeProvider
{
    private long _ticks = start.UtcTicks;
    private long _mono = start.UtcTicks;
    private TimeZoneInfo _zone = zone;

    public override TimeZoneInfo LocalTimeZone => _zone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _mono);

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _ticks, by.Ticks);
        Interlocked.Add(ref _mono, by.Ticks);
    }

    /// <summary>Sets the wall clock and its zone; what never jumps does not jump.</summary>
    public void Set(DateTimeOffset now)
    {
        _zone = now.Offset == TimeSpan.Zero ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone("script", now.Offset, "script", "script");
        Interlocked.Exchange(ref _ticks, now.UtcTicks);
    }
}
