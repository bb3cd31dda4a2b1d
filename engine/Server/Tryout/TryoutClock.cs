namespace ProductionOffice.Server.Tryout;

/// <summary>A clock that stands still until a try-out lets time pass.</summary>
internal sealed class TryoutClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now.ToUniversalTime();

    public override DateTimeOffset GetUtcNow() => _now;

    public void MoveTo(DateTimeOffset moment)
    {
        if (moment > _now)
            _now = moment.ToUniversalTime();
    }
}
