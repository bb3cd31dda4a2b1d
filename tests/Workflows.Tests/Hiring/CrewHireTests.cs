using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Workflows.Tests.Hiring;

/// <summary>Walks every branch of the shipped crew hire.</summary>
public sealed class CrewHireTests
{
    private const string Person = """{"person":"C041"}""";

    [Fact]
    public async Task A_hire_within_budget_runs_from_request_to_filed_memo_and_first_arrival()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync(Person);
        (await office.InstanceAsync(hire)).CorrelationId.ShouldBe("hire:C041:P01");
        (await office.AskedAsync(hire)).ShouldBe(["productionCoordinator: Check the hire of Xiomara Blythe"]);
        office.DealMemoOf("C041")!.State.ShouldBe("awaitingCheck");

        await office.DoAsync(hire, "Checked", "coordinator");
        office.Documents.ShouldHaveSingleItem().Text.ShouldContain("$43.00");
        (await office.AskedAsync(hire)).ShouldBe(["unitProductionManager: Send the deal memo of Xiomara Blythe"]);

        await office.DoAsync(hire, "Approve", "upm");
        office.DealMemoOf("C041")!.State.ShouldBe("awaitingSignature");
        office.DealMemoOf("C041")!.Holder.ShouldBe("Xiomara Blythe");
        office.Messages.ShouldContain("Xiomara Blythe: For your signature: Deal memo - Xiomara Blythe - v1.docx");

        await office.DoAsync(hire, "Signed", "coordinator");
        (await office.AskedAsync(hire)).ShouldBe(["unitProductionManager: Counter-sign Deal memo - Xiomara Blythe - v1.docx"]);

        await office.DoAsync(hire, "Countersign", "upm");
        office.DealMemoOf("C041")!.State.ShouldBe("executed");
        office.DealMemoOf("C041")!.Holder.ShouldBeNull();
        office.Documents[^1].Name.ShouldBe("Deal memo - Xiomara Blythe - v1 signed.docx");
        office.Documents[^1].Text.ShouldContain("Rosalind Achterberg");
        office.Messages.ShouldContain("Walter Okonjo: Deal executed: Xiomara Blythe");
        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Suspended);

        await office.SendAsync(WaitForArrival.Stimulus, WaitForArrival.Payload("C041"), Value.Null);
        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task The_over_budget_line_never_stands_on_the_persons_copy()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync("""{"person":"C030"}""");
        await office.DoAsync(hire, "Approve", "lineproducer", "Director's choice");
        await office.DoAsync(hire, "Checked", "coordinator");

        office.Documents.ShouldHaveSingleItem().Text.ShouldContain("7,200.00");
        office.Documents[0].Text.ShouldNotContain("6,500");
        office.Documents[0].Text.ShouldNotContain("udget");
    }

    [Fact]
    public async Task A_rate_over_the_budget_goes_to_the_line_producer_first()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync("""{"person":"C041","rate":50}""");
        (await office.AskedAsync(hire)).ShouldBe(["lineProducer: Decide on the hire of Xiomara Blythe"]);

        await office.DoAsync(hire, "Approve", "lineproducer", "Two nights of rigging");
        (await office.AskedAsync(hire)).ShouldBe(["productionCoordinator: Check the hire of Xiomara Blythe"]);
        (await office.TimelineAsync(hire)).ShouldContain("Desmond Tillquist: approved (Two nights of rigging)");
    }

    [Fact]
    public async Task A_refused_rate_closes_the_hire_and_tells_who_asked()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync("""{"person":"C041","rate":50}""");
        await office.DoAsync(hire, "Refuse", "lineproducer", "No money left");

        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        office.DealMemoOf("C041")!.State.ShouldBe("declined");
        office.DealMemoOf("C041")!.Note.ShouldBe("No money left");
        office.Messages.ShouldBe(["Philippa Strand: Not hired: Xiomara Blythe"]);
        (await office.TasksAsync(hire)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_the_coordinator_sends_back_comes_again_with_new_terms()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync(Person);
        await office.DoAsync(hire, "Send back", "coordinator", "Wrong account");
        (await office.AskedAsync(hire)).ShouldBe(["productionCoordinator: Revise the deal of Xiomara Blythe"]);

        await office.DoAsync(hire, "Revise", "coordinator", fields: new() { ["accountCode"] = "3100" });
        (await office.AskedAsync(hire)).ShouldBe(["productionCoordinator: Check the hire of Xiomara Blythe"]);
        await office.DoAsync(hire, "Checked", "coordinator");
        office.Documents.ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_is_given_up_closes_the_hire()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync(Person);
        await office.DoAsync(hire, "Send back", "coordinator", "Wrong person");
        await office.DoAsync(hire, "Give up", "coordinator", "Asked for the wrong person");

        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        office.DealMemoOf("C041")!.State.ShouldBe("declined");
    }

    [Fact]
    public async Task A_memo_the_upm_sends_back_comes_again_as_version_two()
    {
        var office = await SentToUpmAsync();
        await office.Office.DoAsync(office.Hire, "Send back", "upm", "Start a day later");
        office.Office.DealMemoOf("C041")!.State.ShouldBe("returned");
        await office.Office.DoAsync(office.Hire, "Revise", "coordinator", fields: new() { ["startDate"] = "2027-03-02" });
        await office.Office.DoAsync(office.Hire, "Checked", "coordinator");

        office.Office.Documents.Count.ShouldBe(2);
        office.Office.Documents[1].Version.ShouldBe(2);
        office.Office.Documents[1].Text.ShouldContain("First day of work");
        (await office.Office.AskedAsync(office.Hire)).ShouldBe(["unitProductionManager: Send the deal memo of Xiomara Blythe"]);
    }

    [Fact]
    public async Task A_memo_the_upm_refuses_closes_the_hire()
    {
        var (office, hire) = await SentToUpmAsync();
        await office.DoAsync(hire, "Refuse", "upm", "Position was cut");

        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        office.DealMemoOf("C041")!.State.ShouldBe("declined");
    }

    [Fact]
    public async Task A_material_change_asked_for_by_the_person_restarts_the_approvals()
    {
        var (office, hire) = await OutForSignatureAsync();
        await office.DoAsync(hire, "Revision requested", "coordinator", "Wants 50 an hour");
        await office.DoAsync(hire, "Revise", "coordinator", fields: new() { ["rate"] = "50" });

        (await office.AskedAsync(hire)).ShouldBe(["lineProducer: Decide on the hire of Xiomara Blythe"]);
        (await office.TimelineAsync(hire)).ShouldContain("Approvals start again (changed: rate)");
        await office.DoAsync(hire, "Approve", "lineproducer", "ok");
        await office.DoAsync(hire, "Checked", "coordinator");
        await office.DoAsync(hire, "Approve", "upm");
        office.Documents.Count.ShouldBe(2);
        office.Documents[1].Text.ShouldContain("$50.00");
        office.DealMemoOf("C041")!.State.ShouldBe("awaitingSignature");
    }

    [Fact]
    public async Task A_minor_change_before_the_memo_does_not_ask_the_line_producer_again()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync("""{"person":"C041","rate":50}""");
        await office.DoAsync(hire, "Approve", "lineproducer", "ok");
        await office.DoAsync(hire, "Send back", "coordinator", "Parking is missing");
        await office.DoAsync(hire, "Revise", "coordinator", fields: new() { ["specialConditions"] = "Parking on lot B" });

        (await office.AskedAsync(hire)).ShouldBe(["productionCoordinator: Check the hire of Xiomara Blythe"]);
    }

    [Fact]
    public async Task A_new_version_says_all_that_differs_from_the_last_one()
    {
        var (office, hire) = await SentToUpmAsync();
        await office.DoAsync(hire, "Send back", "upm", "A day later, and name the parking");
        await office.DoAsync(hire, "Revise", "coordinator", fields: new() { ["startDate"] = "2027-03-02" });
        await office.DoAsync(hire, "Send back", "coordinator", "Parking is missing");
        await office.DoAsync(hire, "Revise", "coordinator", fields: new() { ["specialConditions"] = "Parking on lot B" });
        await office.DoAsync(hire, "Checked", "coordinator");

        office.Documents[1].Text.ShouldContain("1 Mar 2027");
        office.Documents[1].Text.ShouldContain("2 Mar 2027");
        (await office.AskedAsync(hire)).ShouldBe(["unitProductionManager: Send the deal memo of Xiomara Blythe"]);
    }

    [Fact]
    public async Task Who_signs_in_place_of_the_upm_signs_in_their_own_line()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync(Person, "upm");
        await office.DoAsync(hire, "Checked", "coordinator");
        await office.DoAsync(hire, "Approve", "lineproducer");
        await office.DoAsync(hire, "Signed", "coordinator");
        await office.DoAsync(hire, "Countersign", "lineproducer");

        var signed = office.Documents[^1].Text;
        signed.IndexOf("/s/ Desmond Tillquist", StringComparison.Ordinal).ShouldBeGreaterThan(signed.IndexOf("Line producer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_hire_of_the_only_coordinator_goes_over_the_upm()
    {
        var office = await OfficeRun.OpenAsync();
        var coordinator = office.Directory.Account("coordinator")!.PersonId;
        var hire = await office.HireAsync($$"""{"person":"{{coordinator}}","rate":2000,"rateType":"weekly","startDate":"2027-03-08","endDate":"2027-03-16"}""");
        if ((await office.AskedAsync(hire))[0].StartsWith("lineProducer", StringComparison.Ordinal))
            await office.DoAsync(hire, "Approve", "lineproducer", "ok");
        await office.DoAsync(hire, "Checked", "upm");
        await office.DoAsync(hire, "Approve", "upm");
        await office.DoAsync(hire, "Revision requested", "upm", "Parking");
        await office.DoAsync(hire, "Revise", "upm", fields: new() { ["specialConditions"] = "Parking on lot B" });
        await office.DoAsync(hire, "Signed", "upm");
        await office.DoAsync(hire, "Countersign", "upm");

        office.DealMemoOf(coordinator!)!.State.ShouldBe("executed");
    }

    [Fact]
    public async Task A_memo_for_somebody_without_e_mail_is_handed_over()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync("""{"name":"Kei Ito","role":"Set Lighting Technician","department":"ELC","rate":40,"rateType":"hourly","startDate":"2027-03-08","endDate":"2027-03-16"}""");
        await office.DoAsync(hire, "Checked", "coordinator");
        await office.DoAsync(hire, "Approve", "upm");

        office.Messages.ShouldBe(["Ines Valderrama: By hand to Kei Ito: For your signature: Deal memo - Kei Ito - v1.docx"]);
        (await office.TimelineAsync(hire)).ShouldContain("There is no e-mail of Kei Ito (the coordinator was asked to hand it over)");
    }

    [Fact]
    public async Task Who_was_to_sign_is_told_when_the_memo_is_withdrawn()
    {
        var (office, hire) = await OutForSignatureAsync();
        await office.DoAsync(hire, "Withdraw", "upm", "Position was cut");

        office.Messages.ShouldContain("Xiomara Blythe: Withdrawn: your deal memo for Set Lighting Technician");
    }

    [Fact]
    public async Task A_minor_change_keeps_the_approvals_and_goes_out_again_at_once()
    {
        var (office, hire) = await OutForSignatureAsync();
        await office.DoAsync(hire, "Revision requested", "coordinator", "Parking to be named");
        await office.DoAsync(hire, "Revise", "coordinator", fields: new() { ["specialConditions"] = "Parking on lot B" });

        office.DealMemoOf("C041")!.State.ShouldBe("awaitingSignature");
        office.Documents.Count.ShouldBe(2);
        office.Documents[1].Version.ShouldBe(2);
        office.Documents[1].Text.ShouldContain("Parking on lot B");
        (await office.TimelineAsync(hire)).ShouldContain("Approvals given before still stand (no rate, date, payee or account changed)");
        office.Messages.ShouldContain("Xiomara Blythe: For your signature: Deal memo - Xiomara Blythe - v2.docx");
    }

    [Fact]
    public async Task A_person_who_declines_closes_the_hire()
    {
        var (office, hire) = await OutForSignatureAsync();
        await office.DoAsync(hire, "Declined", "coordinator", "Took another show");

        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        office.DealMemoOf("C041")!.State.ShouldBe("declined");
        office.Facts.ShouldContain(f => f.Kind == "document" && f.Payload.Contains("void", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_memo_not_counter_signed_can_be_sent_back()
    {
        var (office, hire) = await OutForSignatureAsync();
        await office.DoAsync(hire, "Signed", "coordinator");
        await office.DoAsync(hire, "Send back", "upm", "Signed the wrong page");

        (await office.AskedAsync(hire)).ShouldBe(["productionCoordinator: Revise the deal of Xiomara Blythe"]);
    }

    [Theory]
    [InlineData("C041", "coordinator Send back", "coordinator Revise", "coordinator Checked", "upm Refuse")]
    [InlineData("C041", "coordinator Send back", "coordinator Revise", "coordinator Checked", "upm Approve", "coordinator Declined")]
    [InlineData("C030", "lineproducer Approve", "coordinator Send back", "coordinator Revise", "lineproducer Approve", "coordinator Send back", "coordinator Give up")]
    [InlineData("C041", "coordinator Checked", "upm Send back", "coordinator Revise", "coordinator Checked", "upm Refuse")]
    public async Task A_refusal_closes_the_hire_however_often_it_was_sent_back_before(string person, params string[] steps)
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync($$"""{"person":"{{person}}"}""");

        foreach (var step in steps.Select(s => s.Split(' ', 2)))
            await office.DoAsync(hire, step[1], step[0], "because", fields: step[1] == "Revise" ? new() { ["accountCode"] = "3100" } : null);

        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        office.DealMemoOf(person)!.State.ShouldBe("declined");
    }

    [Fact]
    public async Task The_person_is_reminded_after_48_hours_and_then_daily()
    {
        var (office, hire) = await OutForSignatureAsync();
        await office.PassAsync(TimeSpan.FromHours(47));
        Reminders(office).ShouldBe(0);

        await office.PassAsync(TimeSpan.FromHours(1));
        Reminders(office).ShouldBe(1);
        await office.PassAsync(TimeSpan.FromHours(24));
        Reminders(office).ShouldBe(2);

        await office.DoAsync(hire, "Signed", "coordinator");
        await office.PassAsync(TimeSpan.FromDays(10));
        Reminders(office).ShouldBe(2);
    }

    [Fact]
    public async Task On_the_first_day_of_work_an_unsigned_memo_is_late_but_can_still_be_signed()
    {
        var (office, hire) = await OutForSignatureAsync();
        await office.PassAsync(TimeSpan.FromDays(6));

        (await office.TimelineAsync(hire)).ShouldContain("Late: Xiomara Blythe has not signed by the first day of work (the coordinator and the UPM were told)");
        office.Messages.ShouldContain("Ines Valderrama: Late: Deal memo - Xiomara Blythe - v1.docx is not signed");
        office.Messages.ShouldContain("Rosalind Achterberg: Late: Deal memo - Xiomara Blythe - v1.docx is not signed");
        await office.DoAsync(hire, "Signed", "coordinator");
        (await office.AskedAsync(hire)).ShouldHaveSingleItem().ShouldStartWith("unitProductionManager: Counter-sign");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Withdrawing_works_at_every_step(int steps)
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync(Person);
        foreach (var (outcome, by) in new[] { ("Checked", "coordinator"), ("Approve", "upm"), ("Signed", "coordinator"), ("Countersign", "upm") }.Take(steps))
            await office.DoAsync(hire, outcome, by);

        await office.DoAsync(hire, "Withdraw", "head-elc", "Scene was cut");

        (await office.InstanceAsync(hire)).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        (await office.TasksAsync(hire)).ShouldBeEmpty();
        office.DealMemoOf("C041")!.State.ShouldBe("withdrawn");
        office.Messages.ShouldContain("Ines Valderrama: Withdrawn: hire of Xiomara Blythe");
        office.Messages.ShouldContain("Philippa Strand: Withdrawn: hire of Xiomara Blythe");
        office.Messages.Contains("Xiomara Blythe: Withdrawn: your deal memo for Set Lighting Technician").ShouldBe(steps >= 2, "who was sent a memo hears of it, nobody else");
    }

    [Fact]
    public async Task A_hire_the_upm_asks_for_is_approved_by_the_line_producer()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync(Person, by: "upm");
        await office.DoAsync(hire, "Checked", "coordinator");

        (await office.AskedAsync(hire)).ShouldBe(["lineProducer: Send the deal memo of Xiomara Blythe"]);
        (await office.TimelineAsync(hire)).ShouldContain("Moved up to the Line producer (the UPM asked for it or it is their own)");
    }

    [Fact]
    public async Task Somebody_new_joins_the_directory_with_the_request()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync("""
            {"person":{"name":"Kei Ito","role":"Set Lighting Technician","department":"Set Lighting","email":"kei@example.com"},
             "rateType":"hourly","rate":40,"startDate":"2027-03-08","endDate":"2027-03-16"}
            """);
        await office.DoAsync(hire, "Checked", "coordinator");

        var person = OfficeValues.To<Person>(Value.ParseJson(office.Facts.Single(f => f.Kind == "person").Payload))!;
        person.Name.ShouldBe("Kei Ito");
        person.DepartmentId.ShouldBe("ELC");
        office.Documents.ShouldHaveSingleItem().Text.ShouldContain("$40.00");
    }

    private static int Reminders(OfficeRun office) => office.Messages.Count(m => m.StartsWith("Xiomara Blythe: Reminder", StringComparison.Ordinal));

    private static async Task<(OfficeRun Office, string Hire)> SentToUpmAsync()
    {
        var office = await OfficeRun.OpenAsync();
        var hire = await office.HireAsync(Person);
        await office.DoAsync(hire, "Checked", "coordinator");
        return (office, hire);
    }

    private static async Task<(OfficeRun Office, string Hire)> OutForSignatureAsync()
    {
        var (office, hire) = await SentToUpmAsync();
        await office.DoAsync(hire, "Approve", "upm");
        return (office, hire);
    }
}
