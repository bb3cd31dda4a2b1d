namespace ProductionOffice.Workflows.Tests.Hiring;

public sealed class DealTermsTests
{
    [Fact]
    public void A_changed_rate_is_material()
    {
        var changes = (Directories.Deal with { Rate = 45m }).ChangesSince(Directories.Deal);

        var change = changes.ShouldHaveSingleItem();
        change.Field.ShouldBe("Rate");
        change.Before.ShouldBe("43.00");
        change.After.ShouldBe("45.00");
        change.IsMaterial.ShouldBeTrue();
    }

    [Fact]
    public void Changed_special_conditions_are_not_material() =>
        (Directories.Deal with { SpecialConditions = "Own vehicle" }).ChangesSince(Directories.Deal).ShouldHaveSingleItem().IsMaterial.ShouldBeFalse();

    [Fact]
    public void A_position_the_budget_does_not_hold_is_over_budget() =>
        (Directories.Deal with { BudgetRate = null }).IsOverBudget.ShouldBeTrue();
}
