namespace ProductionOffice.Engine.Conformance;

/// <summary>A clock that stands still until a case moves it.</summary>
internal sealed class CaseClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void MoveTo(DateTimeOffset moment)
    {
        if (moment > _now)
            _now = moment;
    }
}
