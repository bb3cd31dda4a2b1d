using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("17-missing-error")]
    [InlineData("18-broken-tags")]
    [InlineData("19-broken-sections")]
    [InlineData("20-broken-crossing")]
    [InlineData("45-x-errors")]
    public void Errors_read_as_a_coordinator_needs_them(string name)
    {
        var (job, _) = Cases.Read(name);

        var result = job.Run();

        Approved.Match(string.Join("\n", result.Errors.Select(error => error.ToText())), name);
    }
}
