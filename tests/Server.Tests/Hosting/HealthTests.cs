using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Hosting;

[Collection(OfficeServerTests.Name)]
public sealed class HealthTests(OfficeServer office)
{
    [Fact]
    public async Task Strangers_learn_a_word_and_the_owner_every_line()
    {
        using var stranger = office.Client(null, null);
        using var owner = office.Client();
        using var pa = office.Client("pa");

        (await stranger.GetJsonAsync("/health/ready")).Text.ShouldBe("ready");
        (await pa.GetJsonAsync("/health/ready")).Text.ShouldBe("ready");
        var checks = (await owner.GetJsonAsync("/health/ready")).Json["checks"]!.AsArray();

        checks.Select(c => (string)c!["check"]!).ShouldBe(["disk", "store", "engine", "scheduler", "schema", "effects", "timers", "set aside"]);
        checks.Where(c => (string)c!["check"]! is "store" or "engine" or "schema").ShouldAllBe(c => (string)c!["result"]! == "ok");
    }
}
