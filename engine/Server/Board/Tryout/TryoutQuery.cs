using System.Globalization;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>Try-outs as their page shows them.</summary>
internal sealed class TryoutQuery(WorkflowRuntime runtime)
{
    public async Task<TriedWorkflow> WorkflowAsync(StoredDefinition definition, CancellationToken cancellationToken)
    {
        var versions = await runtime.ListVersionsAsync(definition.DefinitionId, cancellationToken);
        return new TriedWorkflow(
            definition.DefinitionId, definition.Name ?? definition.DefinitionId, definition.Version, State(definition),
            [.. versions.Select(v => new Choice(v.Version.ToString(CultureInfo.InvariantCulture), $"Version {v.Version}, {State(v)}"))]);
    }

    /// <summary>What is wrong with a workflow before it is tried.</summary>
    public async Task<IReadOnlyList<ProblemView>> FaultsAsync(string json, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await runtime.ValidateAsync(DefinitionReader.Read(json), cancellationToken)).Where(p => p.IsError).Select(p => new ProblemView(p.Message, p.Remedy))];
        }
        catch (DefinitionFormatException e)
        {
            return [new ProblemView(e.Problem, e.Remedy)];
        }
    }

    public static async Task<TryoutView> ViewAsync(TriedWorkflow workflow, TryoutSession session, TryoutRun run, string json, string seal, Caller caller, Typed typed)
    {
        var stage = run.Stage;
        var people = stage.Directory;
        var instance = await run.InstanceAsync();
        var seesTerms = SeesTerms(caller, instance, session, people);
        var waits = await run.WaitsAsync();
        var map = FlowMap.Of(json);
        var taken = WayTaken.Of(map, stage.Journal, run.InstanceId);
        var here = waits.FirstOrDefault(w => w.IsAsked)?.Bookmark.ActivityId;
        var moments = new Moments(stage.Zone, stage.Now);
        var deadlines = await run.DeadlinesAsync();
        var standsStill = instance is { Status: WorkflowStatus.Running } && deadlines.Count == 0 && !waits.Any(w => w.IsAsked) && stage.Effects.Failed.Count == 0;
        var troubles = Troubles(run, session, json, instance);
        if (standsStill)
            troubles.Add(new ProblemView(
                $"It stands still{(stage.Journal.FindLast(j => j.InstanceId == run.InstanceId && j.Event == "Completed") is { } last ? $" after '{FlowMap.NameOf(json, last.ActivityId)}'" : "")}: nobody is asked for anything, and nothing is due.",
                "In the real office it would stay so until somebody notices. Look in the designer where this outcome leads."));
        return new TryoutView(
            workflow, session.Id, seal, [.. session.Plan.Steps.Select(s => StepWords.Of(s, json))],
            instance?.Name ?? workflow.Name, StateOf(run, instance, waits, standsStill), moments,
            FlowDrawer.Draw(map, taken.ToneOf, taken.Went, here),
            [.. waits.OrderByDescending(w => w.IsAsked).Select(w => Wait(w, json, seesTerms, session, typed))],
            [.. deadlines.Take(6).Select(d => new DeadlineView(d.At, d.What))],
            [.. stage.Journal.Where(j => j.Message is not null || j.Event == "Faulted").Reverse()
                .Select(j => new TimelineLine(j.At, Name(j.Who, people), j.Message ?? "Something failed", seesTerms ? j.Why : null, j.Event == "Faulted"))],
            [.. stage.Effects.Documents.Select((d, i) => Document(run, d, i, caller, seesTerms)).Reverse()],
            [.. stage.Effects.Messages.AsEnumerable().Reverse().Select(m => new SampleMessage(m.At, m.Recipients, m.Subject, m.Body, stage.Effects.Documents.Find(d => d.Id == m.DocumentId)?.Name))],
            [.. stage.Effects.Requests.Select(r => new RequestLine(r.At, r.Request["method"].ToString(), r.Request["url"].ToString(), r.Request["content"].IsNullish ? null : r.Request["content"].ToString()))],
            [.. stage.Paperwork.Values.Select(p => new DetailLine($"{PaperworkKind.NameOf(p.Kind)} of {people.Person(p.PersonId)?.Name ?? p.PersonId}", PaperworkState.Of(p.State).Word + (p.Holder is null ? "" : $", with {p.Holder}")))],
            troubles, standsStill,
            instance is { Status: WorkflowStatus.Running } && waits.All(w => w.Task?.Kind != AllowWithdrawal.TaskKind),
            !seesTerms, typed.Problem, typed.Notice, typed.KeepName);
    }

    /// <summary>Terms of somebody of the directory are for those who may see them; what was made up is no secret.</summary>
    public static bool SeesTerms(Caller caller, WorkflowInstance? instance, TryoutSession session, OfficeDirectory people)
    {
        var about = Subjects.Of(instance?.CorrelationId, people) ?? (session.Plan.Input["person"] is JsonValue given ? people.FindPerson(given.ToString()) : null);
        return about is null || about.Id.StartsWith("N-", StringComparison.Ordinal) || caller.MaySeeRates(about.DepartmentId);
    }

    private static WaitView Wait(TryoutWait wait, string json, bool seesTerms, TryoutSession session, Typed typed)
    {
        var key = KeyOf(wait);
        var offered = typed.Wait == key ? null : session.TakenBack is { } back && back.ActivityId == wait.Bookmark.ActivityId && back.Index == wait.Index ? back : null;
        return new WaitView(
            key, wait.Title, FlowMap.NameOf(json, wait.Bookmark.ActivityId), wait.Holder, wait.Bookmark.CreatedAt, wait.Due, wait.IsAsked, wait.Task is not null,
            [.. wait.Choices.Select(c => new OutcomeView(c.Name, c.NeedsReason))],
            [.. (wait.Task?.Detail ?? []).Where(d => seesTerms || !d.IsDealTerm).Select(d => new DetailLine(d.Label, d.Value))],
            seesTerms ? [.. (wait.Task?.Fields ?? []).Select(f => new FieldView(f.Name, f.Label, f.Type, Value(f.Name) ?? f.Value ?? "", [.. f.Options.Select(o => new Choice(o, o))]))] : [],
            typed.Wait == key ? typed.Comment : offered?.Comment ?? "");

        string? Value(string name) => typed.Wait == key ? typed.Fields.GetValueOrDefault(name) : offered?.Fields?.GetValueOrDefault(name);
    }

    public static string KeyOf(TryoutWait wait) => string.Create(CultureInfo.InvariantCulture, $"{wait.Index}:{wait.Bookmark.ActivityId}");

    private static List<ProblemView> Troubles(TryoutRun run, TryoutSession session, string json, WorkflowInstance? instance)
    {
        var troubles = new List<ProblemView>();
        if (run.Problem is { } problem)
        {
            troubles.Add(run.InstanceId is null
                ? new ProblemView($"It does not start: {problem.Problem}", problem.Remedy)
                : new ProblemView(
                    $"Step {run.Done + 1} ({StepWords.Of(session.Plan.Steps[run.Done], json)}) cannot be done on this version any more: {problem.Problem}",
                    $"{problem.Remedy} What stands below is how it was before that step; take back to go on from there."));
        }

        troubles.AddRange(run.Stage.Effects.Failed.Select(f => new ProblemView(f.Reason, "In the real office it would be set aside for a person; here take back, correct it, and look again.")));
        troubles.AddRange(run.Stage.Store.Parked.Select(p => new ProblemView(p.Error, "Correct the workflow, then start over.")));
        if (instance is not null)
            troubles.AddRange(InstanceSnapshot.Of(instance).Incidents.Select(i => new ProblemView($"'{FlowMap.NameOf(json, i.ActivityId)}' failed: {i.Message}", "Correct the step in the designer, or what it was given, then look again.")));
        return troubles;
    }

    private static StateView StateOf(TryoutRun run, WorkflowInstance? instance, IReadOnlyList<TryoutWait> waits, bool standsStill) => instance switch
    {
        null => StateView.Stuck,
        _ when standsStill || run.Stage.Effects.Failed.Count > 0 || instance.SubStatus == WorkflowSubStatus.Faulted => StateView.Stuck,
        { SubStatus: WorkflowSubStatus.Cancelled } => StateView.Cancelled,
        { Status: WorkflowStatus.Finished } => run.Stage.Paperwork.Values.LastOrDefault() is { } item && PaperworkState.Of(item.State) is { IsOpen: false } state ? StateView.Of(state) : StateView.Done,
        _ => StateView.Waiting(waits.FirstOrDefault(w => w.IsAsked) is { } wait ? $"Waiting: {wait.Holder}" : "Waiting"),
    };

    private static SampleDocument Document(TryoutRun run, DocumentRow row, int number, Caller caller, bool seesTerms)
    {
        var line = DocumentQuery.Line(row, caller, run.Stage.Directory);
        var mayOpen = (seesTerms || !row.HasDealTerms) && row.Sha256.Length > 0;
        if (!mayOpen || !row.Name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase))
            return new SampleDocument(number, row.Name, line.State, row.CreatedAt, line.SizeWords, mayOpen, []);

        using var file = run.Stage.Effects.Open(row);
        return new SampleDocument(number, row.Name, line.State, row.CreatedAt, line.SizeWords, mayOpen, WordText.Read(file));
    }

    private static string State(StoredDefinition definition) => definition.IsPublished ? "published" : definition.IsLatest ? "draft" : "earlier";

    private static string? Name(string? who, OfficeDirectory people) => who switch
    {
        null => null,
        Caller.OwnerName => Caller.Owner.DisplayName,
        _ => people.Account(who)?.DisplayName ?? who,
    };

    /// <summary>What was sent with a form that did not work, to be shown again.</summary>
    public sealed record Typed(string? Wait, string Comment, IReadOnlyDictionary<string, string> Fields, string KeepName, ProblemView? Problem, string? Notice)
    {
        public static Typed Nothing { get; } = new(null, "", new Dictionary<string, string>(), "", null, null);
    }
}
