using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api;
using ProductionOffice.Server.Commands;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Scheduling;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Telemetry;

namespace ProductionOffice.Server.Hosting;

/// <summary>Whether the office can do its work: for whoever watches over it, and for <c>office doctor</c>.</summary>
/// <remarks>Strangers learn ready or not, and in a word why; the lines are for the owner and those who run the office.</remarks>
internal sealed class OfficeHealth(WorkflowStore store, DataFolder folder, OfficeLoop loop, Scheduler scheduler, ServeOptions options, TimeProvider clock)
{
    private const long LeastFree = 64L << 20;
    private const long LowFree = 1L << 30;
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => "live").AllowAnonymous();
        app.MapGet("/health/ready", async (HttpContext http, OfficeHealth health) =>
        {
            var checks = await health.CheckAsync(http.RequestAborted);
            var failed = checks.FirstOrDefault(c => c.Result == Check.Fail);
            var status = failed is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            if (http.CallerOrNull() is { } caller && (caller.IsPlainOwner() || caller.IsAny(OfficeRoles.UnitProductionManager, OfficeRoles.ProductionCoordinator)))
                return Results.Text(Json(failed is null, checks).ToJsonString(OfficeApi.Json), "application/json", statusCode: status);
            return Results.Text(failed is null ? "ready" : $"not ready: {failed.Name}", statusCode: status);
        }).AllowAnonymous();
    }

    public async Task<IReadOnlyList<Check>> CheckAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check> { Disk(), await WritableAsync(cancellationToken), Loop(), Schedule() };
        if (checks.All(c => c.Result != Check.Fail))
            checks.AddRange(await BacklogAsync(cancellationToken));
        return checks;
    }

    private Check Disk()
    {
        var drive = DriveInfo.GetDrives().Where(d => folder.Root.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length);
        if (drive is null)
            return new Check("disk", Check.Ok, "not known", null);

        var free = drive.AvailableFreeSpace;
        return new Check("disk", free < LeastFree ? Check.Fail : free < LowFree ? Check.Warn : Check.Ok, $"{free / (double)(1 << 30):0.0} GB free", free < LowFree ? "Make room: a full disk stops the office." : null);
    }

    /// <summary>Writes what stands there already: a full disk, a lost file or a held lock shows in that.</summary>
    private async Task<Check> WritableAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await store.WriteAsync(context => context.Settings.Where(s => s.Key == OwnerToken.Setting).ExecuteUpdateAsync(s => s.SetProperty(r => r.Value, r => r.Value), either.Token), either.Token);
            return new Check("store", Check.Ok, "can be written", null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new Check("store", Check.Fail, $"cannot be written: {e.GetBaseException().Message}", "Make room on the disk and see to the rights of the data folder; the office goes on by itself.");
        }
    }

    private Check Loop() => loop.ExecuteTask is { IsCompleted: false }
        ? new Check("engine", Check.Ok, "at work", null)
        : new Check("engine", Check.Fail, "stopped", "Start the office again and look into its output.");

    private Check Schedule() => !options.RunsSchedules || scheduler.IsRunning == true
        ? new Check("scheduler", Check.Ok, options.RunsSchedules ? "at work" : "not used", null)
        : new Check("scheduler", Check.Warn, "not running: nothing starts by the clock", "It begins a moment after the office opens; if it stays so, look into the output and start again.");

    private async Task<IReadOnlyList<Check>> BacklogAsync(CancellationToken cancellationToken)
    {
        var backlog = await Backlog.ReadAsync(store, clock.GetUtcNow(), cancellationToken);
        await using var context = await store.ReadAsync(cancellationToken);
        var schema = await context.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM po_migration").ToListAsync(cancellationToken);
        return
        [
            new Check("schema", Check.Ok, schema.Max(StringComparer.Ordinal) ?? "none", null),
            new Check("effects", backlog.OutboxAge > Late ? Check.Warn : Check.Ok, backlog.OutboxAge > Late ? $"the oldest has waited {backlog.OutboxAge.TotalMinutes:0} minutes" : "none is late", backlog.OutboxAge > Late ? "Look at the engine room." : null),
            new Check("timers", backlog.TimerLag > Late ? Check.Warn : Check.Ok, backlog.TimerLag > Late ? $"the most overdue is {backlog.TimerLag.TotalMinutes:0} minutes late" : "none is late", backlog.TimerLag > Late ? "Look at the engine room." : null),
            new Check("set aside", backlog.Parked > 0 ? Check.Warn : Check.Ok, backlog.Parked == 0 ? "nothing" : $"{backlog.Parked}", backlog.Parked > 0 ? "Repair the cause and retry it in the engine room, or with 'office parked list' and 'office parked retry ID'." : null),
        ];
    }

    private static JsonObject Json(bool isReady, IReadOnlyList<Check> checks) => new()
    {
        ["ready"] = isReady,
        ["checks"] = new JsonArray([.. checks.Select(c => new JsonObject { ["check"] = c.Name, ["result"] = c.Result, ["detail"] = c.Detail, ["fix"] = c.Fix })]),
    };
}
