using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Tests.Activities;

/// <summary>What the office's own activities rely on.</summary>
public sealed class OwnActivityTests
{
    private static readonly string Approve = Define.Workflow("approve", Define.Flowchart(
        "f",
        [Define.Activity("Test.Approval", "ask", ("paperwork", Define.JavaScript("'deal-' + 42"))), Define.Line("yes", "yes"), Define.Line("no", "no")],
        "ask.Approved>yes", "ask.Refused>no"));

    private readonly TestOffice _office = new(ActivityRegistry.Standard.With(typeof(Approval)), o => o with { Services = new Directory() });

    [Fact]
    public async Task An_activity_waits_tells_the_office_and_goes_the_way_it_is_answered()
    {
        var instance = await _office.RunAsync(Approve);
        var bookmark = (await _office.Store.ListBookmarksAsync(instance.InstanceId, default))[0];

        var answer = new ObjectValue();
        answer.Set("approved", Value.True);
        var resumed = await _office.Runtime.ResumeAsync(new ResumeRequest { BookmarkId = bookmark.Id, Input = Value.From(answer), Actor = "upm" });

        bookmark.Payload.ShouldBe("""{"title":"deal-42 for upm@office"}""");
        bookmark.Callback.ShouldBe("Decided");
        _office.Store.Facts.Select(f => $"{f.Kind} {f.Key} {f.Payload}").ShouldBe(["paperwork deal-42 {\"state\":\"waits\"}"]);
        _office.Store.Outbox.ShouldHaveSingleItem().EffectKey.ShouldBe("i1:3:0");
        _office.Lines.ShouldBe(["yes"]);
        resumed.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        (await _office.Store.ListJournalAsync(instance.InstanceId, default)).ShouldContain(e => e.Event == "Note" && e.Message == "Approved" && e.Why == "within budget" && e.Who == "upm");
    }

    [Fact]
    public async Task A_reminder_by_time_leaves_the_question_open()
    {
        var instance = await _office.RunAsync(Approve);

        _office.Clock.Advance(TimeSpan.FromDays(3));
        await _office.RestAsync();

        (await _office.Store.ListBookmarksAsync(instance.InstanceId, default)).Select(b => b.Name).ShouldBe(["Test.Approval"]);
        _office.Store.Outbox.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lambda_as_callback_is_refused_with_the_remedy()
    {
        var office = new TestOffice(ActivityRegistry.Standard.With(typeof(Forgetful)));

        var result = await office.RunAsync(Define.Workflow("lambda", Define.Activity("Test.Forgetful", "x")));

        InstanceSnapshot.Of(office.Store.Instances.Single()).Incidents.ShouldHaveSingleItem().Message.ShouldContain("make it a method");
        result.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
    }

    [Fact]
    public void Descriptors_carry_what_the_designer_needs()
    {
        var descriptor = ActivityRegistry.Standard.With(typeof(Approval)).Find("Test.Approval")!;

        descriptor.DisplayName.ShouldBe("Ask for approval");
        descriptor.Ports.Where(p => !p.IsEmbedded).Select(p => p.Name).ShouldBe(["Approved", "Refused"]);
        descriptor.Inputs.Select(i => $"{i.Name} {i.UIHint} {i.Required}").ShouldBe(["Paperwork singleline True", "Days singleline False"]);
        descriptor.Outputs.ShouldHaveSingleItem().Name.ShouldBe("Decision");
    }

    [Activity("Test.Approval", "Approvals", DisplayName = "Ask for approval", Description = "Waits for a decision.")]
    [Outcomes("Approved", "Refused")]
    private sealed class Approval : Activity
    {
        [Input(Required = true)]
        public required Input<string> Paperwork { get; init; }

        [Input(DefaultValue = 2)]
        public Input<int>? Days { get; init; }

        [Output]
        public Output<string>? Decision { get; init; }

        protected override void Execute(ActivityExecutionContext context)
        {
            var paperwork = context.Get(Paperwork)!;
            var payload = new ObjectValue();
            payload.Set("title", Value.From($"{paperwork} for {context.GetService<Directory>()?.Upm}"));
            context.CreateBookmark(new BookmarkRequest { Payload = Value.From(payload), Callback = Decided });
            context.CreateBookmark(new BookmarkRequest { Name = "Test.Reminder", DueAt = context.Workflow.Now.AddDays(context.Get(Days)), Callback = Remind });
            var fact = new ObjectValue();
            fact.Set("state", Value.From("waits"));
            context.Record("paperwork", paperwork, Value.From(fact));
            context.State.Set("asked", Value.From(paperwork));
            context.Send("message", Value.From(paperwork));
        }

        private void Remind(ActivityExecutionContext context) => context.Send("message", Value.From($"still open: {context.State["asked"]}"));

        private void Decided(ActivityExecutionContext context)
        {
            var approved = context.Resumed["approved"].IsTruthy;
            context.Burn(b => b.Name == "Test.Reminder");
            context.Set(Decision, Value.From(approved ? "Approved" : "Refused"));
            context.Note(approved ? "Approved" : "Refused", "within budget");
            context.Complete(approved ? "Approved" : "Refused");
        }
    }

    [Activity("Test.Forgetful", "Tests")]
    private sealed class Forgetful : Activity
    {
        protected override void Execute(ActivityExecutionContext context) => context.CreateBookmark(new BookmarkRequest { Callback = c => c.Complete() });
    }

    private sealed class Directory : IServiceProvider
    {
        public string Upm { get; } = "upm@office";

        public object? GetService(Type serviceType) => serviceType == typeof(Directory) ? this : null;
    }
}
