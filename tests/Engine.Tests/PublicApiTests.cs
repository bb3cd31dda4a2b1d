using ProductionOffice.Engine.Runtime;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one() => Approved.Match(PublicApi.Describe(typeof(WorkflowRuntime).Assembly), "Engine");
}
