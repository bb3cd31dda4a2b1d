using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/tasks</c>: what people have to do or decide.</summary>
internal static class TasksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tasks", ListAsync);
        api.MapGet("/tasks/{id}", ShowAsync);
        api.MapPost("/tasks/{id}", DoAsync);
    }

    /// <summary>Open tasks, those due first on top. <c>instance</c>, <c>mine=true</c> and <c>state=open|done|cancelled|all</c> narrow or widen.</summary>
    private static async Task<IResult> ListAsync(HttpContext http, WorkflowStore store, DirectoryCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (caller, directory) = (http.Caller(), cache.Current);
        var (instance, isMine) = (ApiBody.Text(http, "instance"), ApiBody.Flag(http, "mine"));
        var state = ApiBody.Text(http, "state") ?? "open";
        if (state is not ("open" or "done" or "cancelled" or "all"))
            throw new OfficeProblem(422, "parameter-unreadable", $"'{state}' is no value for state.", "Give open, done, cancelled or all.");

        await using var context = await store.ReadAsync(cancellationToken);
        var rows = await context.Tasks
            .Where(t => t.IsOffered && (state == "all" || t.State == state) && (instance == null || t.InstanceId == instance))
            .OrderBy(t => t.Due == null).ThenBy(t => t.Due).ThenBy(t => t.CreatedAt).ThenBy(t => t.Id)
            .ToListAsync(cancellationToken);
        var seen = rows.Where(t => isMine ? TaskDesk.WhyNot(t, caller.Account) is null : IsFor(t, caller, directory));
        return OfficeApi.Answer(seen.Select(t => TaskJson.Of(t, caller, directory, clock.GetUtcNow())));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, TaskDesk tasks, DirectoryCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        var row = await tasks.FindAsync(id, cancellationToken);
        var caller = http.Caller();
        return IsFor(row, caller, cache.Current)
            ? OfficeApi.Answer(TaskJson.Of(row, caller, cache.Current, clock.GetUtcNow()))
            : throw OfficeProblem.NotAllowed(TaskDesk.WhyNot(row, caller.Account) ?? "This task is not yours.", "List yours with 'office task list --mine'.");
    }

    private static Task<IResult> DoAsync(string id, HttpContext http, TaskDesk tasks, WorkflowStore store, DirectoryCache cache, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken) => Once.AnswerAsync(http, async key =>
    {
        var body = await ApiBody.ReadAsync<DoTask>(http);
        var caller = http.Caller();
        var row = await tasks.FindAsync(id, cancellationToken);
        if (string.IsNullOrWhiteSpace(body.Outcome))
            throw new OfficeProblem(422, "outcome-missing", $"It is not said what is chosen for '{row.Title}'.", $"Give outcome: {string.Join(", ", TaskDesk.Read(row).Outcomes.Select(o => o.Name))}.");

        // Done before, but the server died before it could remember the answer: the task itself still knows.
        var isDone = key is not null && await store.FindCommandAsync(key, cancellationToken) is { } known && known.Route == $"resume {id}" && string.Equals(row.Outcome, body.Outcome, StringComparison.OrdinalIgnoreCase);
        var by = caller.IsPlainOwner() ? tasks.FirstAllowed(row) ?? caller.Account : caller.Account;
        using var deed = audit.Begin(caller.IsOwner ? Caller.OwnerName : by.Name, caller.IsOwner ? by.Name : null, "do-task", _ => (id, $"{row.Title}: {TaskDesk.NameOf(row, body.Outcome)}"));
        var done = isDone ? row : await tasks.DoAsync(id, new TaskAnswer(body.Outcome, body.Comment, body.Fields), by, key, cancellationToken);
        return TaskJson.Of(done, caller, cache.Current, clock.GetUtcNow());
    });

    /// <summary>The office sees every task; others those they may do, asked for, or that are about their department.</summary>
    private static bool IsFor(TaskRow row, Caller caller, OfficeDirectory directory) =>
        caller.SeesAll()
        || TaskDesk.WhyNot(row, caller.Account) is null
        || TaskDesk.Read(row).RequestedBy == caller.Account.Name
        || (caller.Account.DepartmentId is { } department && directory.Person(row.Subject)?.DepartmentId == department);
}
