using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Tests.Approvals;

public sealed class ApprovalChainTests
{
    [Fact]
    public void The_role_asked_for_decides_when_somebody_else_asked()
    {
        var decider = ApprovalChain.Decider(OfficeRoles.UnitProductionManager, ["C041"], Directories.Small);

        decider.ShouldBe(OfficeRoles.UnitProductionManager);
    }

    [Fact]
    public void A_request_of_the_upm_moves_up_to_the_line_producer()
    {
        var decider = ApprovalChain.Decider(OfficeRoles.UnitProductionManager, ["C003"], Directories.Small);

        decider.ShouldBe(OfficeRoles.LineProducer);
    }

    [Fact]
    public void Nobody_may_decide_on_their_own_request_by_account_or_by_person()
    {
        var upm = Directories.Small.Account("upm")!;

        ApprovalChain.MayDecide(upm, ["upm"]).ShouldBeFalse();
        ApprovalChain.MayDecide(upm, ["C003"]).ShouldBeFalse();
        ApprovalChain.MayDecide(upm, ["C002"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(OfficeRoles.UnitProductionManager, null, "ELC", true)]
    [InlineData(OfficeRoles.ProductionAccountant, null, "ELC", true)]
    [InlineData(OfficeRoles.DepartmentHead, "ELC", "ELC", true)]
    [InlineData(OfficeRoles.DepartmentHead, "CAM", "ELC", false)]
    [InlineData(OfficeRoles.OfficePa, null, "ELC", false)]
    [InlineData(OfficeRoles.TravelCoordinator, null, "ELC", false)]
    [InlineData(OfficeRoles.LocationManager, null, "LOC", false)]
    public void Rates_are_for_the_money_line_and_for_heads_of_the_own_department(string role, string? own, string of, bool may) =>
        OfficeRoles.MaySeeRates(new Account("x", null, "X", [role], own), of).ShouldBe(may);
}
