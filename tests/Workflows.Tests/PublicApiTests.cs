using ProductionOffice.Office.People;
using ProductionOffice.TestKit;

namespace ProductionOffice.Workflows.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_of_the_office_records_is_the_approved_one() => Approved.Match(PublicApi.Describe(typeof(Person).Assembly), "Office");

    [Fact]
    public void The_public_surface_of_the_activities_is_the_approved_one() => Approved.Match(PublicApi.Describe(typeof(OfficeActivities).Assembly), "Workflows");
}
