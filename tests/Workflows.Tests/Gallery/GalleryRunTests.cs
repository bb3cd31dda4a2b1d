using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;
using ProductionOffice.Workflows.Deliveries;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Workflows.Tests.Gallery;

/// <summary>Walks every starting point to each of its ends.</summary>
public sealed class GalleryRunTests
{
    [Theory]
    [InlineData("Approve", "Approved: A second camera cart")]
    [InlineData("Refuse", "Refused: A second camera cart")]
    public async Task Simple_approval_tells_who_asked_what_was_decided(string outcome, string told)
    {
        var office = await OfficeRun.OpenWithAsync("simple-approval");
        var id = await office.StartAsync("simple-approval", """{"subject":"A second camera cart","details":"For the salt flats"}""", "head-elc");
        (await office.AskedAsync(id)).ShouldBe(["unitProductionManager: Decide: A second camera cart"]);

        await office.DoAsync(id, outcome, "upm", "as agreed");

        office.Messages[^1].ShouldBe($"Philippa Strand: {told}");
        await EndedAsync(office, id);
    }

    [Fact]
    public async Task Nobody_decides_on_their_own_request()
    {
        var office = await OfficeRun.OpenWithAsync("simple-approval");

        var id = await office.StartAsync("simple-approval", """{"subject":"A new printer"}""", "upm");

        (await office.AskedAsync(id)).ShouldBe(["lineProducer: Decide: A new printer"]);
        (await office.TimelineAsync(id))[0].ShouldBe("Rosalind Achterberg asked: A new printer");
    }

    [Fact]
    public async Task Spending_within_the_limit_needs_the_upm_alone()
    {
        var office = await OfficeRun.OpenWithAsync("spending-approval");
        var id = await office.StartAsync("spending-approval", """{"subject":"Gels","vendor":"Prop House","amount":2500}""", "head-elc");

        await office.DoAsync(id, "Approve", "upm");

        office.Messages.ShouldBe(["Walter Okonjo: Approved spending: Gels", "Philippa Strand: Approved: Gels"]);
        await EndedAsync(office, id);
    }

    [Theory]
    [InlineData("Approve", 2)]
    [InlineData("Refuse", 1)]
    public async Task Spending_over_the_limit_goes_to_the_line_producer_as_well(string outcome, int messages)
    {
        var office = await OfficeRun.OpenWithAsync("spending-approval");
        var id = await office.StartAsync("spending-approval", """{"subject":"A crane","vendor":"","amount":2500.01}""", "head-elc");
        await office.DoAsync(id, "Approve", "upm");
        (await office.AskedAsync(id)).ShouldBe(["lineProducer: Over the limit: 2500.01 for A crane"]);

        await office.DoAsync(id, outcome, "lineproducer", "seen");

        office.Messages.Count.ShouldBe(messages);
        await EndedAsync(office, id);
    }

    [Fact]
    public async Task A_document_is_sent_reminded_signed_and_filed()
    {
        var office = await OfficeRun.OpenWithAsync("document-for-signature");
        var id = await office.StartAsync("document-for-signature", """{"person":"C041","subject":"Use of a sketchbook","terms":"It goes back after wrap.","deadline":"2027-03-01"}""", "head-elc");
        office.Documents[0].Text.ShouldContain("It goes back after wrap.");
        await office.DoAsync(id, "Approve", "upm");
        await office.PassAsync(TimeSpan.FromHours(49));
        office.Messages[^1].ShouldStartWith("Xiomara Blythe: Reminder: please sign");

        await office.DoAsync(id, "Signed", "coordinator");
        await office.DoAsync(id, "Countersign", "upm");

        office.Documents[^1].Name.ShouldBe("agreement - Xiomara Blythe - v1 signed.docx");
        office.Documents[^1].Text.ShouldContain("/s/ Rosalind Achterberg");
        office.Messages[^1].ShouldBe("Philippa Strand: Signed: Use of a sketchbook");
        await EndedAsync(office, id);
    }

    [Theory]
    [InlineData("Declined")]
    [InlineData("Revision requested")]
    public async Task A_document_that_is_not_signed_goes_back_to_who_asked(string outcome)
    {
        var office = await OfficeRun.OpenWithAsync("document-for-signature");
        var id = await office.StartAsync("document-for-signature", """{"person":"Xiomara Blythe","subject":"Use of a sketchbook","terms":"It is lent."}""", "head-elc");
        await office.DoAsync(id, "Approve", "upm");

        await office.DoAsync(id, outcome, "coordinator", "not for free");

        office.Messages[^1].ShouldBe("Philippa Strand: Not signed: Use of a sketchbook");
        await EndedAsync(office, id);
    }

    [Fact]
    public async Task Paperwork_is_chased_every_two_days_until_it_is_in()
    {
        var office = await OfficeRun.OpenWithAsync("collect-paperwork");
        var id = await office.StartAsync("collect-paperwork", """{"person":"C041","paper":"the signed NDA","deadline":"2027-03-01"}""", "coordinator");
        office.PaperworkOf("C041", "nda")!.State.ShouldBe("requested");
        await office.PassAsync(TimeSpan.FromDays(5));
        office.Messages.ShouldBe(["Xiomara Blythe: Please send us: the signed NDA", "Xiomara Blythe: Reminder: the signed NDA", "Xiomara Blythe: Reminder: the signed NDA"]);

        await office.DoAsync(id, "Received", "coordinator");
        await office.PassAsync(TimeSpan.FromDays(5));

        office.PaperworkOf("C041", "nda")!.State.ShouldBe("received");
        office.Messages.Count.ShouldBe(4);
        await EndedAsync(office, id);
    }

    [Fact]
    public async Task Paperwork_that_is_not_needed_any_more_is_waived()
    {
        var office = await OfficeRun.OpenWithAsync("collect-paperwork");
        var id = await office.StartAsync("collect-paperwork", """{"person":"C041","paper":"the signed NDA"}""", "coordinator");

        // However often it was asked for before.
        await office.PassAsync(TimeSpan.FromDays(7));
        await office.DoAsync(id, "Not needed", "coordinator");

        office.PaperworkOf("C041", "nda")!.State.ShouldBe("waived");
        await EndedAsync(office, id);
    }

    [Theory]
    [InlineData("Complete", "Xiomara Blythe: Your gear is here and complete: K1-0500")]
    [InlineData("Something is missing", "Rosalind Achterberg: Incomplete: K1-0500 for Xiomara Blythe")]
    public async Task Gear_is_checked_in_when_the_desk_logs_it(string outcome, string told)
    {
        var office = await OfficeRun.OpenWithAsync("gear-check-in");
        var id = await LogAsync(office, "gear");

        await office.DoAsync(id, outcome, "coordinator", "two clamps short");

        office.Messages[^1].ShouldBe(told);
        await EndedAsync(office, id);
    }

    [Fact]
    public async Task A_parcel_that_is_no_gear_ends_it_at_once()
    {
        var office = await OfficeRun.OpenWithAsync("gear-check-in");

        await EndedAsync(office, await LogAsync(office, "envelope"));
    }

    [Fact]
    public async Task A_location_is_cleared_when_permit_insurance_and_notice_are_in()
    {
        var office = await OfficeRun.OpenWithAsync("location-permit");
        var id = await office.StartAsync("location-permit", """{"location":"Pier 9","shootDay":"2027-03-09","authority":"FilmLA"}""", "head-elc");
        (await office.AskedAsync(id)).Count.ShouldBe(3);

        await office.DoAsync(id, "Received", "coordinator");
        await office.DoAsync(id, "Filed", "upm");
        await office.DoAsync(id, "Served", "upm");
        office.Messages.ShouldBeEmpty();
        await office.DoAsync(id, "Issued", "upm");

        office.Messages.ShouldBe(["Rosalind Achterberg: Cleared: Pier 9", "Philippa Strand: Cleared: Pier 9"]);
        await EndedAsync(office, id);
    }

    [Fact]
    public async Task A_refused_permit_ends_the_rest_and_asks_for_a_cover_set()
    {
        var office = await OfficeRun.OpenWithAsync("location-permit");
        var id = await office.StartAsync("location-permit", """{"location":"Pier 9"}""", "coordinator");
        await office.DoAsync(id, "Filed", "upm");

        await office.DoAsync(id, "Refused", "upm", "street works");

        office.Messages.ShouldBe(["Rosalind Achterberg: No permit: Pier 9"]);
        await EndedAsync(office, id);
    }

    private static async Task<string> LogAsync(OfficeRun office, string kind)
    {
        var person = office.Directory.Person("C041")!;
        await office.SendAsync(DeliveryLoggedTrigger.Stimulus, Value.Undefined, OfficeValues.Fields(
            ("delivery", OfficeValues.From(new { number = "K1-0500", recipient = person.Name, from = "Prop House", pieces = 2, shelf = "C", kind })),
            ("person", HireTerms.PersonValue(person, office.Directory))));
        return office.Instances.Single(i => i.DefinitionId == "gear-check-in").Id;
    }

    private static async Task EndedAsync(OfficeRun office, string id)
    {
        (await office.InstanceAsync(id)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        (await office.AskedAsync(id)).ShouldBeEmpty();
    }
}
