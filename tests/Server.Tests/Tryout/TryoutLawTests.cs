using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Workflows.Hiring;
using static ProductionOffice.Server.Tests.Tryout.TryoutOffice;

namespace ProductionOffice.Server.Tests.Tryout;

[Collection(SharedBoardOffice.Name)]
public sealed class TryoutLawTests(BoardOffice office)
{
    private static readonly TryoutStep[] Signed = [Choose("check", "Checked"), Choose("approveMemo", "Approve"), Days(3), Choose("signature", "Signed"), Choose("countersign", "Countersign"), Choose("arrival", "Checks in")];

    [Fact]
    public async Task Played_again_it_comes_out_the_same_byte_for_byte()
    {
        var first = await office.PlayAsync(office.Plan("C041", Signed));
        var second = await office.PlayAsync(office.Plan("C041", Signed));

        first.Problem.ShouldBeNull();
        (await first.InstanceAsync())!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        first.Stage.Effects.Documents.Count.ShouldBe(2);
        first.Stage.Effects.Documents.ShouldAllBe(d => d.Size > 5000);
        (await second.FingerprintAsync()).ShouldBe(await first.FingerprintAsync());
    }

    [Fact]
    public async Task A_step_taken_back_is_as_if_it_had_never_been_done()
    {
        for (var steps = 0; steps < Signed.Length; steps++)
        {
            var never = await office.PlayAsync(office.Plan("C041", Signed[..steps]));
            var back = await office.PlayAsync(office.Plan("C041", Signed[..(steps + 1)]).Before(steps));

            (await back.FingerprintAsync()).ShouldBe(await never.FingerprintAsync());
        }
    }

    [Fact]
    public async Task Time_passes_on_a_clock_of_its_own_and_every_reminder_comes_at_its_moment()
    {
        var before = office.Clock.GetUtcNow();
        var run = await office.PlayAsync(office.Plan("C041", Choose("check", "Checked"), Choose("approveMemo", "Approve"), new TryoutStep(TryoutStep.Pass), Days(1)));

        run.Stage.Effects.Messages.Where(m => m.Subject.StartsWith("Reminder", StringComparison.Ordinal)).Select(m => m.At - before).ShouldBe([TimeSpan.FromHours(48), TimeSpan.FromHours(72)]);
        run.Stage.Now.ShouldBe(before.AddDays(3));
        office.Clock.GetUtcNow().ShouldBe(before);
    }

    [Fact]
    public async Task What_cannot_be_chosen_is_refused_with_what_can()
    {
        var outcome = await office.PlayAsync(office.Plan("C041", Choose("check", "Maybe")));
        var place = await office.PlayAsync(office.Plan("C041", Choose("countersign", "Countersign")));
        var reason = await office.PlayAsync(office.Plan("C041", Choose("check", "Send back", null)));

        outcome.Problem!.Remedy.ShouldContain("Checked, Send back");
        place.Problem!.Problem.ShouldContain("nothing waits there");
        place.Problem.Remedy.ShouldContain("Check the hire of Xiomara Blythe");
        reason.Problem!.Code.ShouldBe("reason-missing");
    }

    /// <summary>Each way through the crew hire: person, input and steps. Together they choose every outcome of every decision.</summary>
    public static TheoryData<string, string[]> Ways => new()
    {
        { "C041", ["check:Checked", "approveMemo:Approve", "signature:Signed", "countersign:Countersign", "arrival:Checks in"] },
        { "C041", ["check:Send back", "reviseRequest:Revise", "check:Checked", "approveMemo:Send back", "revise:Revise", "approveMemo:Approve"] },
        { "C041", ["check:Send back", "reviseRequest:Give up"] },
        { "C041", ["check:Checked", "approveMemo:Refuse"] },
        { "C041", ["check:Checked", "approveMemo:Approve", "signature:Revision requested", "revise:Revise", "signature:Declined"] },
        { "C041", ["check:Checked", "approveMemo:Approve", "signature:Signed", "countersign:Send back", "revise:Give up"] },
        { "C041", ["check:Checked", "approveMemo:Approve", "withdraw:Withdraw"] },
        { "C030", ["approveBudget:Approve", "check:Checked", "approveMemo:Approve"] },
        { "C030", ["approveBudget:Refuse"] },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_comes_out_as_the_real_run_does(string person, string[] way)
    {
        var steps = way.Select(w => w.Split(':')).Select(w => Choose(w[0], w[1])).ToArray();
        var tried = await office.PlayAsync(office.Plan(person, steps) with { StartedBy = "upm" });
        tried.Problem.ShouldBeNull();

        var instance = await office.HireAsync(person, "upm");
        foreach (var step in steps)
        {
            if (step.ActivityId == "arrival")
            {
                await office.SettledAsync();
                await office.Services.GetRequiredService<WorkflowRuntime>().SendAsync(new Stimulus { Name = WaitForArrival.Stimulus, Payload = WaitForArrival.Payload(person) });
            }
            else
            {
                await office.DoAsync(instance, step.Choice!);
            }
        }

        await office.SettledAsync();
        await using var context = await office.Store.ReadAsync(default);
        var timeline = await context.Journal.Where(j => j.InstanceId == instance && j.Message != null).OrderBy(j => j.N).ToListAsync();
        tried.Timeline().ShouldBe(timeline.Select(j => $"{j.Message} ({j.Why}) [{j.Who}]"));
        var documents = await context.Documents.Where(d => d.InstanceId == instance).OrderBy(d => d.Name).ToListAsync();
        tried.Stage.Effects.Documents.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => $"{d.Name} {d.State} {d.Sha256}").ShouldBe(documents.Select(d => $"{d.Name} {d.State} {d.Sha256}"));
        var messages = await context.Messages.Where(m => m.InstanceId == instance).ToListAsync();
        tried.Stage.Effects.Messages.Select(m => $"{m.Recipients}: {m.Subject} {m.Body}").Order(StringComparer.Ordinal).ShouldBe(messages.Select(m => $"{m.Recipients}: {m.Subject} {m.Body}").Order(StringComparer.Ordinal));
        var real = await context.Instances.FirstAsync(i => i.Id == instance);
        (await tried.InstanceAsync())!.SubStatus.ShouldBe(real.SubStatus);
        tried.Stage.Paperwork[$"{person}:dealMemo"].State.ShouldBe((await context.Paperwork.FirstAsync(p => p.PersonId == person && p.Kind == "dealMemo")).State);
    }

    [Fact]
    public void The_ways_choose_every_outcome_of_every_decision()
    {
        var chosen = Ways.SelectMany(w => (string[])w[1]).ToHashSet();

        foreach (var needed in new[]
        {
            "approveBudget:Approve", "approveBudget:Refuse", "check:Checked", "check:Send back", "reviseRequest:Revise", "reviseRequest:Give up", "approveMemo:Approve", "approveMemo:Send back",
            "approveMemo:Refuse", "revise:Revise", "revise:Give up", "signature:Signed", "signature:Revision requested", "signature:Declined", "countersign:Countersign", "countersign:Send back", "withdraw:Withdraw", "arrival:Checks in",
        })
            chosen.ShouldContain(needed);
    }

    [Fact]
    public async Task A_delivery_is_tried_from_its_trigger()
    {
        var plan = new TryoutPlan(new System.Text.Json.Nodes.JsonObject { ["person"] = "C041", ["pieces"] = 2 }, null, office.Clock.GetUtcNow(), [Days(1), Choose("pickup", "Picked up")]);

        var run = await TryoutRun.PlayAsync(await office.SettingAsync("delivery"), plan, null, default);

        run.Problem.ShouldBeNull();
        run.Stage.Effects.Messages.Select(m => m.Subject).ShouldBe(["A delivery is waiting for you: SAMPLE-1", "Still waiting for you: SAMPLE-1"]);
        (await run.InstanceAsync())!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task A_broken_template_is_told_with_the_remedy_and_nothing_goes_on()
    {
        var setting = await office.SettingAsync();
        var run = await TryoutRun.PlayAsync(setting with { Json = setting.Json.Replace("deal-memo.docx", "no-such.docx", StringComparison.Ordinal) }, office.Plan("C041", Choose("check", "Checked")), null, default);

        run.Stage.Effects.Failed.ShouldHaveSingleItem().Reason.ShouldContain("There is no template 'no-such.docx'");
        (await run.WaitsAsync()).ShouldNotContain(w => w.IsAsked);
    }
}
