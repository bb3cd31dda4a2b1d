using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_what_was_agreed() => Approved.Match(PublicApi.Describe(typeof(Template).Assembly), "Templates");
}
