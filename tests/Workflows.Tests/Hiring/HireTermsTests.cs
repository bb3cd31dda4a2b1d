using ProductionOffice.Expressions;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Workflows.Tests.Hiring;

public sealed class HireTermsTests
{
    [Fact]
    public void Terms_default_to_the_last_deal()
    {
        var (person, deal) = HireTerms.Read(Value.From("C041"), Value.ParseJson("{}"), Directories.Small, "i1");

        person.Name.ShouldBe("Xiomara Blythe");
        deal.ShouldBe(Directories.Deal);
    }

    [Fact]
    public void Each_term_can_be_given_as_text_or_number()
    {
        var (_, deal) = HireTerms.Read(Value.From("Xiomara Blythe"), Value.ParseJson("""{"rate":45.5,"startDate":"2027-03-02","guaranteedHoursPerDay":"10"}"""), Directories.Small, "i1");

        deal.Rate.ShouldBe(45.5m);
        deal.StartDate.ShouldBe(new DateOnly(2027, 3, 2));
        deal.GuaranteedHoursPerDay.ShouldBe(10);
        deal.IsOverBudget.ShouldBeTrue();
    }

    [Fact]
    public void A_new_person_with_the_position_of_another_gets_that_budget()
    {
        var (person, deal) = HireTerms.Read(
            Value.ParseJson("""{"name":"Kei Ito","role":"Set Lighting Technician","department":"Set Lighting","rate":40,"rateType":"hourly","startDate":"2027-03-08","endDate":"2027-03-16"}"""),
            Value.Undefined, Directories.Small, "i1");

        person.DepartmentId.ShouldBe("ELC");
        deal.AccountCode.ShouldBe("3000");
        deal.BudgetRate.ShouldBe(43m);
        deal.IsOverBudget.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"rate":40,"rateType":"daily"}""")]
    [InlineData("""{"rate":40,"currency":"JPY"}""")]
    public void Nobody_asks_their_way_around_the_budget(string terms)
    {
        var (_, deal) = HireTerms.Read(Value.From("C041"), Value.ParseJson(terms), Directories.Small, "i1");

        deal.IsOverBudget.ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"C410\"", "{}", "person", "C041 (Xiomara Blythe)")]
    [InlineData("\"C041\"", "{\"rate\":\"much\"}", "rate", "'much' is not an amount")]
    [InlineData("\"C041\"", "{\"rate\":0}", "rate", "more than 0")]
    [InlineData("\"C041\"", "{\"rateType\":\"monthly\"}", "rateType", "hourly, daily, weekly or flat")]
    [InlineData("\"C041\"", "{\"guaranteedHoursPerDay\":12.7}", "guaranteedHoursPerDay", "whole number")]
    [InlineData("\"C041\"", "{\"guaranteedHoursPerDay\":25}", "guaranteedHoursPerDay", "at most 24")]
    [InlineData("{\"name\":\"Kei\\u001bIto\"}", "{}", "name", "cannot be printed")]
    [InlineData("\"C041\"", "{\"budgetRate\":99}", "budgetRate", "no term 'budgetRate'")]
    [InlineData("\"C041\"", "{\"startdate\":\"2027-03-02\"}", "startdate", "no term 'startdate'")]
    [InlineData("\"C041\"", "{\"startDate\":\"1 March\"}", "startDate", "year-month-day")]
    [InlineData("\"C041\"", "{\"endDate\":\"2027-02-01\"}", "endDate", "before the first")]
    [InlineData("{\"name\":\"Kei Ito\"}", "{}", "role", "needs a role")]
    [InlineData("{\"name\":\"Kei Ito\",\"role\":\"Grip\",\"department\":\"Griping\"}", "{}", "department", "Set Lighting (ELC)")]
    [InlineData("{\"name\":\"Kei Ito\",\"role\":\"Grip\",\"department\":\"ELC\"}", "{}", "rate", "no earlier deal")]
    public void What_is_wrong_is_said_with_a_remedy(string person, string terms, string field, string says)
    {
        var error = Should.Throw<HireRequestException>(() => HireTerms.Read(Value.ParseJson(person), Value.ParseJson(terms), Directories.Small, "i1"));

        error.Field.ShouldBe(field);
        error.Message.ShouldContain(says);
    }
}
