using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Workflows.Approvals;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Desk;

/// <summary>Lists tasks and does them: the one way to answer, from page, command line or program.</summary>
internal sealed class TaskDesk(WorkflowStore store, WorkflowRuntime runtime, DirectoryCache directory, TimeProvider clock)
{
    /// <summary>One task, open or not.</summary>
    /// <exception cref="OfficeProblem">There is none.</exception>
    public async Task<TaskRow> FindAsync(string taskId, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return await context.Tasks.FirstOrDefaultAsync(t => t.Id == taskId, cancellationToken)
            ?? throw OfficeProblem.NotFound("task", taskId, "List the open ones with 'office task list', or open My approvals.");
    }

    /// <summary>Open tasks, those due first on top.</summary>
    public async Task<IReadOnlyList<TaskRow>> ListOpenAsync(string? instanceId, bool includeOffered, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return await context.Tasks
            .Where(t => t.State == "open" && (instanceId == null || t.InstanceId == instanceId) && (includeOffered || t.IsOffered))
            .OrderBy(t => t.Due == null).ThenBy(t => t.Due).ThenBy(t => t.CreatedAt).ThenBy(t => t.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>What the task asks, in full.</summary>
    public static OfficeTask Read(TaskRow row) => JsonSerializer.Deserialize<OfficeTask>(row.Json, FactWriter.Json)!;

    /// <summary>Why an account may not do a task, in a sentence; null when it may.</summary>
    public static string? WhyNot(TaskRow row, Account account) => WhyNot(Read(row), account);

    /// <summary>Why an account may not do a task, in a sentence; null when it may.</summary>
    public static string? WhyNot(OfficeTask task, Account account)
    {
        if (task.Kind == AllowWithdrawal.TaskKind && (task.RequestedBy == account.Name || account.Is(OfficeRoles.ProductionCoordinator) || account.Is(OfficeRoles.UnitProductionManager)))
            return null;
        if (!ApprovalChain.MayDecide(account, task.Excluded))
            return $"{account.DisplayName} asked for this or it is their own, and nobody decides on their own request.";
        if (task.Account is { } only && only != account.Name)
            return $"This is for {only} alone.";
        return account.Is(task.Role) ? null : $"This is for the {OfficeRoles.Title(task.Role)}; {account.DisplayName} is {string.Join(", ", account.Roles.Select(OfficeRoles.Title))}.";
    }

    /// <summary>The first account that may do a task; for the machine's owner, who acts for somebody.</summary>
    public Account? FirstAllowed(TaskRow row) => directory.Current.Accounts.FirstOrDefault(a => WhyNot(row, a) is null);

    /// <summary>Does a task. Answered only when it is durable; the same key again gets the same answer.</summary>
    /// <exception cref="OfficeProblem">No such task, not allowed, no such outcome, a reason is missing, a value is unreadable, or somebody was first.</exception>
    public async Task<TaskRow> DoAsync(string taskId, TaskAnswer answer, Account by, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var row = await FindAsync(taskId, cancellationToken);
        if (WhyNot(row, by) is { } reason)
            throw OfficeProblem.NotAllowed(reason, FirstAllowed(row) is { } other ? $"{other.DisplayName} ({other.Name}) can do it." : "Nobody else holds the role: give it to an account first.");

        var task = Read(row);
        var outcome = Choose(task, answer);
        // Asked again with the key of an answer that was taken: that answer stands.
        if (await IsAnsweredAsync(row, outcome, idempotencyKey, cancellationToken))
            return row;
        if (row.State != "open")
            throw AlreadyDone(row);
        Check(task, outcome, answer);

        var decision = new TaskDecision(outcome.Name, Trim(answer.Comment), by.Name, by.PersonId, by.DisplayName, clock.GetUtcNow(), answer.Fields);
        try
        {
            await runtime.ResumeAsync(new ResumeRequest { BookmarkId = taskId, Input = decision.ToValue(), Actor = by.Name, IdempotencyKey = idempotencyKey }, cancellationToken);
        }
        catch (IdempotencyKeyReusedException) when (idempotencyKey is not null)
        {
            // The engine compares the moment too, in which twins differ.
            var done = await FindAsync(taskId, cancellationToken);
            if (await IsAnsweredAsync(done, outcome, idempotencyKey, cancellationToken))
                return done;
            throw;
        }
        catch (Exception e) when (e is BookmarkGoneException or ConcurrencyException or InstanceEndedException)
        {
            // A twin with the same key may have been quicker: then its answer is this one's.
            var done = await FindAsync(taskId, cancellationToken);
            return await IsAnsweredAsync(done, outcome, idempotencyKey, cancellationToken) ? done : throw AlreadyDone(done);
        }

        return await FindAsync(taskId, cancellationToken);
    }

    private async Task<bool> IsAnsweredAsync(TaskRow row, TaskOutcome outcome, string? idempotencyKey, CancellationToken cancellationToken) =>
        idempotencyKey is not null && row.Outcome == outcome.Name
        && await store.FindCommandAsync(idempotencyKey, cancellationToken) is { } known && known.Route == $"resume {row.Id}";

    private static OfficeProblem AlreadyDone(TaskRow row) => row.State == "done"
        ? new OfficeProblem(409, "task-done", $"'{row.Title}' was already done: {row.DoneBy} chose {row.Outcome} at {row.DoneAt:yyyy-MM-dd HH:mm} UTC.", "Nothing was changed. Look at the timeline to see where it stands.")
        : new OfficeProblem(409, "task-gone", $"'{row.Title}' is no longer asked for: the workflow went another way.", "Nothing was changed. Look at the timeline to see where it stands.");

    /// <summary>An outcome as the task writes it, however somebody wrote it.</summary>
    public static string NameOf(TaskRow row, string outcome) => Read(row).Outcomes.FirstOrDefault(o => string.Equals(o.Name, outcome, StringComparison.OrdinalIgnoreCase))?.Name ?? outcome;

    /// <summary>The outcome an answer names.</summary>
    /// <exception cref="OfficeProblem">The task offers no such outcome.</exception>
    internal static TaskOutcome Choose(OfficeTask task, TaskAnswer answer) =>
        task.Outcomes.FirstOrDefault(o => string.Equals(o.Name, answer.Outcome, StringComparison.OrdinalIgnoreCase))
            ?? throw new OfficeProblem(422, "outcome-unknown", $"'{answer.Outcome}' cannot be chosen for '{task.Title}'.", $"Choose one of: {string.Join(", ", task.Outcomes.Select(o => o.Name))}.");

    /// <summary>Whether all that the outcome needs was given, and can be read.</summary>
    /// <exception cref="OfficeProblem">A reason is missing, or a value is unreadable.</exception>
    internal static void Check(OfficeTask task, TaskOutcome outcome, TaskAnswer answer)
    {
        if (outcome.NeedsReason && string.IsNullOrWhiteSpace(answer.Comment))
            throw new OfficeProblem(422, "reason-missing", $"'{outcome.Name}' needs a reason.", "Say why in a few words; who asked will read them.");
        foreach (var name in answer.Fields?.Keys ?? [])
        {
            if (task.Fields.All(f => f.Name != name))
                throw new OfficeProblem(422, "field-unknown", $"'{name}' cannot be given with '{task.Title}'.", task.Fields.Count > 0 ? $"Fields are {string.Join(", ", task.Fields.Select(f => f.Name))}." : "This task takes no fields.");
        }

        if (task.Kind != "revision" || answer.Fields is not { Count: > 0 } fields)
            return;

        try
        {
            // What is not given stays: the task's own values complete it.
            var all = task.Fields.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value!);
            foreach (var (name, value) in fields)
                all[name] = value;
            HireTerms.Revise(new DealTerms(all["rateType"], 1, "USD", null, null, 0, "", default, default, null, null), all);
        }
        catch (HireRequestException e)
        {
            throw new OfficeProblem(422, "value-unreadable", e.Problem, e.Remedy);
        }
    }

    internal static string? Trim(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
}

/// <summary>What a person answers to a task.</summary>
/// <param name="Outcome">Name of an outcome; case is ignored.</param>
/// <param name="Comment">Their words.</param>
/// <param name="Fields">Values filled in, by field name.</param>
internal sealed record TaskAnswer(string Outcome, string? Comment, IReadOnlyDictionary<string, string>? Fields = null);
