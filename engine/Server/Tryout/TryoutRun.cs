using ProductionOffice.Engine;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Server.Effects;
using ProductionOffice.Workflows.Approvals;
using ProductionOffice.Workflows.Deliveries;

namespace ProductionOffice.Server.Tryout;

/// <summary>What a try-out is played on.</summary>
/// <param name="Json">The definition, as it is to be published.</param>
/// <param name="Others">Published definitions it may start.</param>
/// <param name="Directory">Who is who.</param>
/// <param name="Registry">The activity types.</param>
/// <param name="Templates">What documents are made of; null makes none, only their names.</param>
internal sealed record TryoutSetting(string Json, IReadOnlyList<StoredDefinition> Others, OfficeDirectory Directory, ActivityRegistry Registry, TemplateShelf? Templates);

/// <summary>A plan played from its beginning.</summary>
internal sealed class TryoutRun
{
    private readonly TryoutSetting _setting;
    private readonly TryoutPlan _plan;

    private TryoutRun(TryoutSetting setting, TryoutPlan plan)
    {
        (_setting, _plan) = (setting, plan);
        Stage = new TryoutStage(setting.Directory, setting.Registry, plan.StartsAt, setting.Templates);
    }

    public TryoutStage Stage { get; }

    /// <summary>The instance under test; null when it could not be started.</summary>
    public string? InstanceId { get; private set; }

    /// <summary>Steps that were played.</summary>
    public int Done { get; private set; }

    /// <summary>Why the next step, or the start, could not be played; null when all were.</summary>
    public OfficeProblem? Problem { get; private set; }

    /// <summary>Plays a plan.</summary>
    /// <param name="setting">What it is played on.</param>
    /// <param name="plan">What is done.</param>
    /// <param name="seen">Told after the start (0) and after each step (1, 2, …); null when nobody listens.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public static async Task<TryoutRun> PlayAsync(TryoutSetting setting, TryoutPlan plan, Func<TryoutRun, int, Task>? seen, CancellationToken cancellationToken)
    {
        var run = new TryoutRun(setting, plan);
        try
        {
            await run.BeginAsync(cancellationToken);
            if (seen is not null)
                await seen(run, 0);
            foreach (var step in plan.Steps)
            {
                await run.PlayAsync(step, cancellationToken);
                run.Done++;
                if (seen is not null)
                    await seen(run, run.Done);
            }
        }
        catch (OfficeProblem problem)
        {
            run.Problem = problem;
        }
        catch (WorkflowException problem)
        {
            run.Problem = new OfficeProblem(422, "cannot-run", problem.Message, "Correct the workflow in the designer, then look again.");
        }

        return run;
    }

    public async Task<WorkflowInstance?> InstanceAsync() => InstanceId is null ? null : await Stage.Store.FindInstanceAsync(InstanceId, default);

    /// <summary>What waits, in all workflows of the try-out, oldest first.</summary>
    public async Task<IReadOnlyList<TryoutWait>> WaitsAsync()
    {
        var bookmarks = new List<Engine.Bookmarks.Bookmark>();
        foreach (var instance in Stage.Store.Instances.Where(i => i.Status == WorkflowStatus.Running))
            bookmarks.AddRange(await Stage.Store.ListBookmarksAsync(instance.Id, default));
        return TryoutWait.Of(bookmarks, Stage.Directory);
    }

    /// <summary>Moments at which time itself does something, or something falls due, soonest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, string What)>> DeadlinesAsync()
    {
        var deadlines = new List<(DateTimeOffset At, string What)>();
        foreach (var wait in (await WaitsAsync()).Where(w => w.IsAsked && w.Due > Stage.Now))
            deadlines.Add((wait.Due!.Value, $"Due: {wait.Title}"));
        foreach (var item in Stage.Store.Work.Where(w => w.DueAt > Stage.Now))
        {
            var bookmark = item.BookmarkId is { } id ? await Stage.Store.FindBookmarkAsync(id, default) : null;
            var place = bookmark is null ? "the workflow" : $"'{FlowMap.NameOf(_setting.Json, bookmark.ActivityId)}'";
            deadlines.Add((item.DueAt, bookmark?.Name == "Office.Reminder" ? $"A reminder or deadline of {place}" : $"{place} goes on by itself"));
        }

        return [.. deadlines.OrderBy(d => d.At)];
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await Stage.OpenAsync(_setting.Json, _setting.Others, cancellationToken);
        var definition = Engine.Definitions.DefinitionReader.Read(_setting.Json);
        var trigger = FlowMap.Trigger(definition.Root);
        var input = Value.ParseJson(_plan.Input.ToJsonString()).AsObject();
        InstanceId = await Stage.StartAsync(new StartRequest
        {
            DefinitionId = definition.DefinitionId,
            Input = trigger is null ? input : null,
            Actor = _plan.StartedBy,
            TriggerActivityId = trigger?.Id,
            TriggerInput = trigger is null ? Value.Undefined : trigger.Value.Type == DeliveryLoggedTrigger.Stimulus ? SampleDelivery.Of(input, Stage.Directory, Stage.Now) : Value.From(input),
        }, cancellationToken);
    }

    private async Task PlayAsync(TryoutStep step, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case TryoutStep.Pass when step.Days > 0:
                await Stage.PassAsync(Stage.After(step.Days), cancellationToken);
                break;
            case TryoutStep.Pass:
                if ((await DeadlinesAsync()) is not [var next, ..])
                    throw new OfficeProblem(422, "no-deadline", "Nothing is due by itself from here on.", "Choose an outcome, or let a day pass.");
                await Stage.PassAsync(next.At, cancellationToken);
                break;
            case TryoutStep.Cancel:
                if (InstanceId is not null)
                    await Stage.CancelAsync(InstanceId, _plan.StartedBy, step.Comment, cancellationToken);
                break;
            case TryoutStep.Answer:
                await AnswerAsync(step, cancellationToken);
                break;
            default:
                throw new OfficeProblem(422, "step-unknown", $"Nobody knows steps of kind '{step.Kind}'.", $"Use {TryoutStep.Answer}, {TryoutStep.Pass} or {TryoutStep.Cancel}.");
        }
    }

    private async Task AnswerAsync(TryoutStep step, CancellationToken cancellationToken)
    {
        var waits = await WaitsAsync();
        var place = FlowMap.NameOf(_setting.Json, step.ActivityId ?? "");
        var wait = waits.Where(w => w.Bookmark.ActivityId == step.ActivityId).ElementAtOrDefault(step.Index)
            ?? throw new OfficeProblem(422, "not-waiting", $"'{step.Choice}' cannot be chosen at '{place}': nothing waits there.",
                waits.Any(w => w.IsAsked) ? $"What waits is {string.Join(" and ", waits.Where(w => w.IsAsked).Select(w => $"“{w.Title}” ({w.Holder})"))}." : "Nothing waits for anybody at this point.");

        if (wait.Task is not { } task)
        {
            var choice = wait.Choices.FirstOrDefault(c => string.Equals(c.Name, step.Choice, StringComparison.OrdinalIgnoreCase))
                ?? throw new OfficeProblem(422, "outcome-unknown", $"'{step.Choice}' cannot be chosen at '{place}'.", $"Choose one of: {string.Join(", ", wait.Choices.Select(c => c.Name))}.");
            await Stage.ResumeAsync(wait.Bookmark.Id, wait.Input(choice.Name, Stage.Now), null, cancellationToken);
            return;
        }

        var answer = new TaskAnswer(step.Choice ?? "", step.Comment, step.Fields);
        var outcome = TaskDesk.Choose(task, answer);
        TaskDesk.Check(task, outcome, answer);
        var by = Stage.Directory.Accounts.FirstOrDefault(a => TaskDesk.WhyNot(task, a) is null);
        var decision = new TaskDecision(outcome.Name, TaskDesk.Trim(step.Comment), by?.Name, by?.PersonId, by?.DisplayName ?? OfficeRoles.Title(task.Role), Stage.Now, step.Fields);
        await Stage.ResumeAsync(wait.Bookmark.Id, decision.ToValue(), by?.Name, cancellationToken);
    }
}
