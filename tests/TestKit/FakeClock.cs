using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProductionOffice.TestKit;

/// <summary>A clock that moves only when told; timers and <c>Task.Delay(…, clock)</c> end in due order as it passes them.</summary>
/// <param name="now">First moment.</param>
/// <remarks>Safe to use from several threads; callbacks run on the thread that advances the clock.</remarks>
public sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = now;

    /// <summary>Starts at an ISO 8601 moment, for example <c>2027-03-09T18:30:00-08:00</c>.</summary>
    public FakeClock(string now) : this(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))
    {
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now.ToUniversalTime();
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves on by a span, firing each timer at its own moment.</summary>
    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    /// <summary>Moves on to a moment, firing each timer at its own moment; an earlier moment is ignored.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        while (TryTakeNextDue(moment, out var timer))
            timer.Fire();

        lock (_gate)
            _now = moment > _now ? moment : _now;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private bool TryTakeNextDue(DateTimeOffset moment, [NotNullWhen(true)] out FakeTimer? next)
    {
        lock (_gate)
        {
            next = _timers.Where(t => t.Due <= moment).MinBy(t => t.Due);
            if (next is null)
                return false;

            _now = next.Due > _now ? next.Due : _now;
            next.Rearm();
            return true;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
                Due += _period;
            else
                clock._timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;

                Due = clock._now + dueTime;
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
