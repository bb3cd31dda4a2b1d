using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;
using ProductionOffice.Workflows.Deliveries;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Workflows.Tests.Deliveries;

/// <summary>Walks every branch of the shipped delivery.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task A_logged_parcel_is_told_reminded_and_handed_over()
    {
        var office = await LogAsync(perishable: false);
        office.Messages.ShouldBe(["Xiomara Blythe: A delivery is waiting for you: K1-0422"]);

        await office.PassAsync(TimeSpan.FromHours(4));
        office.Messages.Count.ShouldBe(2);
        await office.PassAsync(TimeSpan.FromHours(24));
        office.Messages.Count.ShouldBe(3);

        await office.SendAsync(WaitForPickup.Stimulus, WaitForPickup.Payload("K1-0422"), Value.ParseJson("""{"collector":"Xiomara Blythe"}"""));
        var instance = office.Instances.ShouldHaveSingleItem();
        instance.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        (await office.TimelineAsync(instance.Id))[^1].ShouldBe("Handed to Xiomara Blythe");
        await office.PassAsync(TimeSpan.FromDays(3));
        office.Messages.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_perishes_is_reminded_after_half_an_hour()
    {
        var office = await LogAsync(perishable: true);
        await office.PassAsync(TimeSpan.FromMinutes(31));

        office.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_parcel_logged_in_error_is_taken_back()
    {
        var office = await LogAsync(perishable: false);
        await office.SendAsync(WaitForPickup.Stimulus, WaitForPickup.Payload("K1-0422"), Value.ParseJson("""{"takenBack":true,"reason":"typed twice"}"""));

        var instance = office.Instances.ShouldHaveSingleItem();
        instance.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        (await office.TimelineAsync(instance.Id))[^1].ShouldBe("Logged in error and taken back at the desk (typed twice)");
    }

    [Fact]
    public async Task A_handover_of_another_parcel_wakes_nothing()
    {
        var office = await LogAsync(perishable: false);
        await office.SendAsync(WaitForPickup.Stimulus, WaitForPickup.Payload("K1-0423"), Value.Null);

        office.Instances.ShouldHaveSingleItem().SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
    }

    private static async Task<OfficeRun> LogAsync(bool perishable)
    {
        var office = await OfficeRun.OpenAsync();
        var person = office.Directory.Person("C041")!;
        await office.SendAsync(DeliveryLoggedTrigger.Stimulus, Value.Undefined, OfficeValues.Fields(
            ("delivery", OfficeValues.From(new { number = "K1-0422", recipient = person.Name, from = "Prop House", pieces = 1, shelf = "C", perishable })),
            ("person", HireTerms.PersonValue(person, office.Directory))));
        return office;
    }
}
