using System.Globalization;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/instances</c>: running and finished workflows.</summary>
internal static class InstancesApi
{
    private const int LongestWait = 30;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/instances", ListAsync);
        api.MapGet("/instances/{id}", ShowAsync);
        api.MapGet("/instances/{id}/timeline", TimelineAsync);
        api.MapPost("/instances/{id}/withdraw", WithdrawAsync);
        api.MapPost("/instances/{id}/retry", RetryAsync);
    }

    /// <summary>Newest change first, at most 1000. <c>definition</c> and <c>status=Running|Finished</c> narrow.</summary>
    private static async Task<IResult> ListAsync(HttpContext http, WorkflowStore store, DirectoryCache cache, CancellationToken cancellationToken) =>
        OfficeApi.Answer(await InstanceReader.ListAsync(store, cache, ApiBody.Text(http, "definition"), ApiBody.Text(http, "status"), cancellationToken));

    /// <summary>One instance; with <c>wait=SECONDS</c> (at most 30) answered when it is at rest or the time is over.</summary>
    private static async Task<IResult> ShowAsync(string id, HttpContext http, WorkflowStore store, WorkflowRuntime runtime, DirectoryCache cache, Commits commits, TimeProvider clock, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Wait(http);
        while (true)
        {
            // Asked for before reading, so that no commit falls between.
            var committed = commits.NextAsync();
            var instance = await InstanceReader.FindAsync(id, store, cache, clock, cancellationToken);
            var left = until - clock.GetUtcNow();
            if (instance.AtRest == true || left <= TimeSpan.Zero)
                return OfficeApi.Answer(instance with { Diagnosis = (await InstanceDiagnosis.ReadAsync(id, runtime, store, cache, cancellationToken)).Sentence });

            using var sleep = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(committed, Task.Delay(left, clock, sleep.Token));
            await sleep.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task<IResult> TimelineAsync(string id, HttpContext http, WorkflowStore store, DirectoryCache cache, WorkflowDesk workflows, CancellationToken cancellationToken)
    {
        await workflows.FindAsync(id, cancellationToken);
        return OfficeApi.Answer(await Timeline.ReadAsync(id, store, cache.Current, http.Caller(), cancellationToken));
    }

    private static Task<IResult> WithdrawAsync(
        string id, HttpContext http, WorkflowDesk workflows, TaskDesk tasks, WorkflowStore store, DirectoryCache cache, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken) => Once.AnswerAsync(http, async _ =>
    {
        var reason = (await ApiBody.ReadAsync<Reasoned>(http)).Reason;
        var caller = http.Caller();
        var by = caller.IsPlainOwner() ? await WhoWithdrawsAsync(id, tasks, cache.Current, cancellationToken) ?? caller.Account : caller.Account;
        using var deed = audit.Begin(caller.IsOwner ? Caller.OwnerName : by.Name, caller.IsOwner ? by.Name : null, "withdraw", _ => (id, reason));
        await workflows.WithdrawAsync(id, by, reason, cancellationToken);
        return await InstanceReader.FindAsync(id, store, cache, clock, CancellationToken.None);
    });

    private static Task<IResult> RetryAsync(string id, HttpContext http, WorkflowDesk workflows, AuditTrail audit, CancellationToken cancellationToken) => Once.AnswerAsync(http, async _ =>
    {
        var reason = (await ApiBody.ReadAsync<Reasoned>(http)).Reason;
        var caller = http.Caller();
        caller.Need("try again what is stuck", OfficeRoles.ProductionCoordinator, OfficeRoles.UnitProductionManager);
        using var deed = audit.Begin(caller, "retry", id, reason);
        return new RetriedJson(id, await workflows.RetryAsync(id, caller.Account, cancellationToken));
    });

    private static async Task<Account?> WhoWithdrawsAsync(string id, TaskDesk tasks, OfficeDirectory directory, CancellationToken cancellationToken)
    {
        var offered = (await tasks.ListOpenAsync(id, includeOffered: true, cancellationToken)).FirstOrDefault(t => t.Kind == AllowWithdrawal.TaskKind);
        return offered is not null ? tasks.FirstAllowed(offered) : directory.Holders(OfficeRoles.UnitProductionManager).Concat(directory.Holders(OfficeRoles.ProductionCoordinator)).FirstOrDefault();
    }

    private static TimeSpan Wait(HttpContext http)
    {
        if (ApiBody.Text(http, "wait") is not { } text)
            return TimeSpan.Zero;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestWait))
            : throw new OfficeProblem(422, "parameter-unreadable", $"'{text}' is no value for wait.", $"Give seconds, at most {LongestWait}.");
    }
}
