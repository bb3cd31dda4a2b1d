using System.Globalization;
using System.Text.Json;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Instances;

/// <summary>Why an instance does not move, in one sentence.</summary>
/// <param name="Code">
/// One word for programs: <c>Ended</c>, <c>Cancelled</c>, <c>Faulted</c>, <c>VersionDeleted</c>, <c>Paused</c>, <c>EffectParked</c>, <c>WorkParked</c>,
/// <c>Queued</c>, <c>EffectUnderWay</c>, <c>Incident</c>, <c>Waiting</c>, <c>WaitingForChild</c>, <c>WaitingForTime</c>, <c>MergeUnreachable</c>, <c>NothingCanWakeIt</c>.
/// </param>
/// <param name="Sentence">For people.</param>
/// <param name="ActivityId">The activity it stands at; null when it is about the instance.</param>
/// <param name="Since">UTC moment since when; null when unknown.</param>
public sealed record Diagnosis(string Code, string Sentence, string? ActivityId = null, DateTimeOffset? Since = null);

/// <summary>What the host knows of an instance beside its state.</summary>
public sealed record DiagnosisContext
{
    /// <summary>Its work, due or not.</summary>
    public IReadOnlyList<PendingWork> Work { get; init; } = [];

    /// <summary>Its effects that are not performed yet.</summary>
    public IReadOnlyList<PendingEffect> Effects { get; init; } = [];

    /// <summary>Whether an administrator has stopped the workers.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Says whom or what a bookmark waits for, as in <c>Anna Berg to check the hire</c>; null when the host does not know either.</summary>
    public Func<Bookmark, string?> Describe { get; init; } = static _ => null;
}

/// <summary>Work of an instance.</summary>
/// <param name="Item">The work.</param>
/// <param name="Error">Why it failed last; null when it did not.</param>
/// <param name="ParkedAt">Since when a person has to look; null when it is still tried.</param>
public sealed record PendingWork(WorkItem Item, string? Error, DateTimeOffset? ParkedAt);

/// <summary>An effect that is not performed yet.</summary>
/// <param name="Name">What it is, in words: <c>deal-memo.docx</c>.</param>
/// <param name="Attempts">Failed attempts.</param>
/// <param name="Error">Why it failed last; null when it did not.</param>
/// <param name="ParkedAt">Since when a person has to look; null when it is still tried.</param>
public sealed record PendingEffect(string Name, int Attempts, string? Error, DateTimeOffset? ParkedAt);

/// <summary>Everything a diagnosis looks at, so that it is the same for the same input.</summary>
internal sealed record DiagnosisInput(
    WorkflowInstance Instance, IReadOnlyList<Bookmark> Bookmarks, WorkflowGraph? Graph, IReadOnlyDictionary<string, Diagnosis> Children, DiagnosisContext Context, DateTimeOffset Now);

/// <summary>Finds the diagnosis: what stops everything first, then what a person must repair, then what is under way, then what it waits for.</summary>
internal static class Diagnostician
{
    public static Diagnosis Diagnose(DiagnosisInput input)
    {
        var instance = input.Instance;
        var snapshot = InstanceSnapshot.Of(instance);
        return Ended(input, snapshot)
            ?? Stopped(input)
            ?? Parked(input)
            ?? UnderWay(input)
            ?? Failed(input)
            ?? Waits(input)
            ?? Stuck(input, snapshot);
    }

    private static Diagnosis? Ended(DiagnosisInput input, InstanceSnapshot snapshot)
    {
        var instance = input.Instance;
        if (instance.Status != WorkflowStatus.Finished)
            return null;

        var at = instance.FinishedAt ?? instance.UpdatedAt;
        if (instance.SubStatus == WorkflowSubStatus.Cancelled)
            return new Diagnosis("Cancelled", $"It was cancelled on {Moment(at)}.", null, at);
        if (instance.SubStatus != WorkflowSubStatus.Faulted || snapshot.Incidents.Count == 0)
            return new Diagnosis("Ended", $"It ended on {Moment(at)}.", null, at);

        var incident = snapshot.Incidents[^1];
        return new Diagnosis("Faulted", $"It stopped on {Moment(incident.At)} because {Name(input, incident.ActivityNodeId, incident.ActivityId)} failed: {Sentence(incident.Message)} Try it again, skip the step, or set a value and go on.", incident.ActivityId, incident.At);
    }

    private static Diagnosis? Stopped(DiagnosisInput input)
    {
        if (input.Graph is null)
            return new Diagnosis("VersionDeleted", $"Version {input.Instance.DefinitionVersion} of {input.Instance.DefinitionId} was deleted, so nothing can move it: import that version again, or cancel the instance.");
        return input.Context.IsPaused
            ? new Diagnosis("Paused", "An administrator has paused the office, so no work is done until it is resumed.")
            : null;
    }

    private static Diagnosis? Parked(DiagnosisInput input)
    {
        if (input.Context.Effects.FirstOrDefault(e => e.ParkedAt is not null) is { } effect)
            return new Diagnosis("EffectParked", $"{effect.Name} could not be done and was set aside on {Moment(effect.ParkedAt!.Value)}: {Repairable(effect.Error)}", null, effect.ParkedAt);
        if (input.Context.Work.FirstOrDefault(w => w.ParkedAt is not null) is not { } work)
            return null;

        var bookmark = input.Bookmarks.FirstOrDefault(b => b.Id == work.Item.BookmarkId);
        var where = bookmark is null ? "A step" : $"The step after {Name(input, bookmark.ActivityNodeId, bookmark.ActivityId)}";
        return new Diagnosis("WorkParked", $"{where} could not be done and was set aside on {Moment(work.ParkedAt!.Value)}: {Repairable(work.Error)}", bookmark?.ActivityId, work.ParkedAt);
    }

    private static Diagnosis? UnderWay(DiagnosisInput input)
    {
        var due = input.Context.Work.Where(w => w.ParkedAt is null && w.Item.DueAt <= input.Now).OrderBy(w => w.Item.DueAt).ToList();
        if (due.Count > 0)
            return new Diagnosis("Queued", $"It is about to move: {Count(due.Count, "step is", "steps are")} queued since {Moment(due[0].Item.DueAt)}{(due[0].Error is { } error ? $" (tried {due[0].Item.Attempts} time(s): {Bare(error)})" : "")}.", null, due[0].Item.DueAt);
        if (input.Instance.SubStatus is WorkflowSubStatus.Executing or WorkflowSubStatus.Pending or WorkflowSubStatus.Interrupted)
            return new Diagnosis("Queued", $"It is in the middle of a run since {Moment(input.Instance.UpdatedAt)}.", null, input.Instance.UpdatedAt);
        return input.Context.Effects is [var effect, ..]
            ? new Diagnosis("EffectUnderWay", $"It waits until {effect.Name} is done{(effect.Attempts > 0 ? $"; {Count(effect.Attempts, "attempt has", "attempts have")} failed, last: {Bare(effect.Error ?? "no reason is known")}" : "")}.", null, input.Instance.UpdatedAt)
            : null;
    }

    private static Diagnosis? Failed(DiagnosisInput input)
    {
        using var document = JsonDocument.Parse(input.Instance.State);
        var failed = FailedIds(document.RootElement);
        if (InstanceSnapshot.ReadIncidents(document.RootElement).LastOrDefault(i => failed.Contains(i.ActivityInstanceId)) is not { } incident)
            return null;

        var others = input.Bookmarks.Count == 0 ? "" : $" Meanwhile it waits for {List(input, input.Bookmarks)}.";
        return new Diagnosis("Incident", $"A branch stands still since {Moment(incident.At)} because {Name(input, incident.ActivityNodeId, incident.ActivityId)} failed: {Sentence(incident.Message)} Try it again, skip the step, or set a value and go on.{others}", incident.ActivityId, incident.At);
    }

    private static HashSet<string> FailedIds(JsonElement state) => state.TryGetProperty("t", out var contexts)
        ? [.. contexts.EnumerateArray().Where(c => c.TryGetProperty("s", out var s) && s.GetInt32() == (int)ActivityStatus.Faulted).Select(c => c.GetProperty("i").GetInt32().ToString(CultureInfo.InvariantCulture))]
        : [];

    private static Diagnosis? Waits(DiagnosisInput input)
    {
        // What people decide comes before reminders and deadlines of the same activity.
        var bookmarks = input.Bookmarks.OrderBy(b => b.DueAt is not null && b.Callback is not null).ThenBy(b => b.CreatedAt).ToList();
        if (bookmarks.Count == 0)
            return null;

        var first = bookmarks[0];
        var shown = bookmarks.Where(b => b == first || b.ActivityInstanceId != first.ActivityInstanceId).ToList();
        if (Child(first) is { } childId && shown.Count == 1)
        {
            var child = input.Children.TryGetValue(childId, out var known) ? $" {known.Sentence}" : "";
            return new Diagnosis("WaitingForChild", $"It waits since {Moment(first.CreatedAt)} for the end of the workflow it started, {childId}.{(child.Length > 0 ? $" There:{child}" : "")}", first.ActivityId, first.CreatedAt);
        }

        var code = shown.TrueForAll(b => b.DueAt is not null) ? "WaitingForTime" : "Waiting";
        return new Diagnosis(code, $"It waits since {Moment(first.CreatedAt)} for {List(input, shown)}.", first.ActivityId, first.CreatedAt);
    }

    private static Diagnosis Stuck(DiagnosisInput input, InstanceSnapshot snapshot)
    {
        if ((UnreachableMerge(input) ?? EmptyLoop(input, snapshot)) is var (activity, why))
            return new Diagnosis("MergeUnreachable", $"{why} Nothing can wake it: skip {Name(activity)} by starting what follows it by hand, or cancel the instance.", activity.Id, input.Instance.UpdatedAt);

        var at = snapshot.ActiveNodeIds.Count == 0 ? null : input.Graph!.Find(snapshot.ActiveNodeIds[^1]);
        return new Diagnosis("NothingCanWakeIt", $"Nothing can wake it{(at is null ? "" : $" at {Name(at)}")}: no bookmark is open and nothing is left to run. Start a step by hand, or cancel the instance.", at?.Id, input.Instance.UpdatedAt);
    }

    /// <summary>A merge that has a token of one branch and can get none of another.</summary>
    private static (Activity Activity, string Why)? UnreachableMerge(DiagnosisInput input)
    {
        using var document = JsonDocument.Parse(input.Instance.State);
        if (!document.RootElement.TryGetProperty("t", out var contexts))
            return null;

        foreach (var context in contexts.EnumerateArray())
        {
            if (!context.TryGetProperty("f", out var flow) || input.Graph!.Find(context.GetProperty("n").GetString()!) is not Flowcharts.Flowchart flowchart)
                continue;

            var open = Flowcharts.FlowState.Read(flow).Tokens.Where(t => t.IsOpen).ToList();
            foreach (var token in open)
            {
                var missing = flowchart.Connections.Where(c => c.Target.Id == token.To && !open.Exists(t => t.To == token.To && t.From == c.Source.Id && t.Port == c.Port)).Select(c => c.Source).Distinct().ToList();
                var merge = flowchart.Activities.First(a => a.Id == token.To);
                if (missing.Count > 0)
                    return (merge, $"{Name(merge)} waits for {string.Join(" and ", missing.Select(Name))}, whose branch was skipped or has ended.");
            }
        }

        return null;
    }

    private static (Activity Activity, string Why)? EmptyLoop(DiagnosisInput input, InstanceSnapshot snapshot) =>
        snapshot.ActiveNodeIds.Select(n => input.Graph!.Find(n)).OfType<For>().FirstOrDefault(l => l.Body is null) is { } loop
            ? (loop, $"The loop {Name(loop)} has no body, so it never ends.")
            : null;

    private static string List(DiagnosisInput input, IReadOnlyList<Bookmark> bookmarks)
    {
        var parts = bookmarks.Take(3).Select(b => What(input, b)).ToList();
        var more = bookmarks.Count > 3 ? $" and {Count(bookmarks.Count - 3, "more thing", "more things")}" : "";
        return string.Join(", or ", parts) + more;
    }

    private static string What(DiagnosisInput input, Bookmark bookmark)
    {
        var at = $" (at {Name(input, bookmark.ActivityNodeId, bookmark.ActivityId)})";
        if (input.Context.Describe(bookmark) is { Length: > 0 } described)
            return described + at;
        if (bookmark.DueAt is { } due)
            return (due <= input.Now ? $"its turn: the time came on {Moment(due)}" : $"{Moment(due)} to come") + at;
        if (Child(bookmark) is { } child)
            return $"the end of the workflow {child}" + at;
        return bookmark.Name switch
        {
            Event.TypeName => $"the event '{Field(bookmark.Stimulus, "eventName")}'{(bookmark.CorrelationId is { } c ? $" with correlation id {c}" : "")}",
            RunTask.TypeName => $"the task '{Field(bookmark.Payload, "taskName")}' to be reported done",
            HttpEndpoint.TypeName => $"a {Field(bookmark.Stimulus, "method")?.ToUpperInvariant()} request to '{Field(bookmark.Stimulus, "path")}'",
            "Elsa.DispatchWorkflow" => "the workflow it dispatched to end",
            "Elsa.BulkDispatchWorkflows" => "the workflows it dispatched to end",
            var name => $"a stimulus of kind {name}",
        } + at;
    }

    private static string? Child(Bookmark bookmark) => bookmark.Name == "Elsa.ExecuteWorkflow" ? Field(bookmark.Stimulus, "workflowInstanceId") : null;

    private static string? Field(string? json, string name)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var field) ? field.ToString() : null;
    }

    private static string Name(DiagnosisInput input, string nodeId, string id) => input.Graph?.Find(nodeId) is { } activity ? Name(activity) : $"'{id}'";

    private static string Name(Activity activity) => $"'{(activity.DisplayText.Length > 0 ? activity.DisplayText : activity.Id)}'";

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count} {many}");

    private static string Bare(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.', ' ');

    private static string Sentence(string text) => Bare(text) + ".";

    /// <summary>Many errors end with their own remedy: <c>Correct the template, then retry.</c></summary>
    private static string Repairable(string? error) => Sentence(error ?? "no reason is known") is var reason && reason.EndsWith("then retry.", StringComparison.Ordinal) ? reason : reason + " Repair it and try again.";
}
