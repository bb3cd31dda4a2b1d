using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Persistence;

public sealed class PostgresSuiteTests
{
    [PostgresFact]
    public void The_suite_of_the_stores_runs_on_PostgreSQL_too() => TestStore.Names.ShouldContain("postgres");
}
