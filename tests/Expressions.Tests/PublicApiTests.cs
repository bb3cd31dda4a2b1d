using ProductionOffice.TestKit;

namespace ProductionOffice.Expressions.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_as_approved() => Approved.Match(PublicApi.Describe(typeof(Value).Assembly), "surface");
}
