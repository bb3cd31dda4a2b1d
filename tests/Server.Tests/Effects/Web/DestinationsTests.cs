using ProductionOffice.Server.Effects.Web;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Effects.Web;

public sealed class DestinationsTests
{
    private readonly FakeClock _clock = new("2027-03-09T18:30:00-08:00");
    private readonly Destinations _destinations;

    public DestinationsTests() => _destinations = new Destinations(_clock);

    [Fact]
    public void Two_failures_are_bad_luck_and_three_are_a_dead_host()
    {
        Fail(2);
        _destinations.MayTry("host").ShouldBeTrue();

        Fail(1);
        _destinations.MayTry("host").ShouldBeFalse();
        _destinations.MayTry("other").ShouldBeTrue();
    }

    [Fact]
    public void After_the_pause_one_try_decides_and_the_pause_doubles_when_it_fails()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(30));

        _destinations.MayTry("host").ShouldBeTrue();
        _destinations.MayTry("host").ShouldBeFalse();
        Fail(1);
        _clock.Advance(TimeSpan.FromSeconds(59));
        _destinations.MayTry("host").ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _destinations.MayTry("host").ShouldBeTrue();
    }

    [Fact]
    public void An_answer_makes_a_host_as_good_as_new()
    {
        Fail(3);
        _destinations.Answered("host");

        Fail(2);
        _destinations.MayTry("host").ShouldBeTrue();
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _destinations.Failed("host");
    }
}
