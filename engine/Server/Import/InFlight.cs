using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Import;

/// <summary>Brings what was in flight to its step by living through it: the same engine, desks and documents, on a clock that follows the file.</summary>
internal sealed class InFlight(IServiceProvider services)
{
    private readonly HistoryClock _clock = new();
    private readonly WorkflowStore _store = services.GetRequiredService<WorkflowStore>();
    private readonly OfficeDatabase _database = services.GetRequiredService<OfficeDatabase>();
    private readonly DirectoryCache _directory = services.GetRequiredService<DirectoryCache>();

    public async Task BringAsync(JsonObject file, CancellationToken cancellationToken)
    {
        var runtime = new WorkflowRuntime(_store, services.GetRequiredService<ActivityRegistry>(), _clock, OfficeHost.RuntimeOptions(services));
        var outbox = new OutboxWorker(_store, _database, services.GetServices<IEffect>(), _clock, NullLogger<OutboxWorker>.Instance);
        var loop = new OfficeLoop(runtime, _store, _database, outbox, _directory, new Commits(), _clock, NullLogger<OfficeLoop>.Instance);
        var tasks = new TaskDesk(_store, runtime, _directory, _clock);
        var workflows = new WorkflowDesk(_store, runtime, tasks, _directory, _clock);

        foreach (var step in Steps(file).OrderBy(s => s.At))
        {
            await LiveUntilAsync(loop, step.At, cancellationToken);
            await step.Do(new Hands(runtime, loop, tasks, workflows), cancellationToken);
            await loop.RunDueAsync(cancellationToken);
        }

        await LiveUntilAsync(loop, ProductionImport.AsOf(file), cancellationToken);
    }

    private sealed record Hands(WorkflowRuntime Runtime, OfficeLoop Loop, TaskDesk Tasks, WorkflowDesk Workflows);

    private sealed record Step(DateTimeOffset At, Func<Hands, CancellationToken, Task> Do);

    private IEnumerable<Step> Steps(JsonObject file) => Deals(file).Concat(Deliveries(file));

    /// <summary>A deal not yet executed: asked for by the department, checked, approved, sent; and sent back where the file says so.</summary>
    private IEnumerable<Step> Deals(JsonObject file)
    {
        foreach (var crew in file["crew"]!.AsArray().Where(c => (string)c!["deal"]!["status"]! != "executed"))
        {
            var id = (string)crew!["id"]!;
            var isReturned = (string)crew["deal"]!["status"]! == "revision-requested";
            var first = DateOnly.ParseExact((string)crew["deal"]!["startDate"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            var zone = ProductionImport.Zone(file);
            var instance = "";
            yield return new Step(At(first, -4, 10), async (h, ct) =>
                instance = await h.Workflows.StartAsync("crew-hire", new JsonObject { ["person"] = id }, Requester(id), null, ct));
            yield return new Step(At(first, -4, 15), (h, ct) => DoAsync(h, instance, "Checked", null, ct));
            yield return new Step(At(first, -3, 11), (h, ct) => DoAsync(h, instance, "Approve", null, ct));
            if (isReturned)
                yield return new Step(At(first, -1, 16), (h, ct) => DoAsync(h, instance, "Revision requested", "Kit rental should cover the second cart", ct));

            DateTimeOffset At(DateOnly day, int days, int hour)
            {
                var local = day.AddDays(days).ToDateTime(new TimeOnly(hour, 0));
                return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            }
        }
    }

    private IEnumerable<Step> Deliveries(JsonObject file) => file["deliveries"]!.AsArray()
        .Where(d => (string)d!["status"]! is "notified" or "received" && d["recipientId"] is not null)
        .Select(d => new Step(DateTimeOffset.Parse((string)d!["receivedAt"]!, CultureInfo.InvariantCulture), async (_, ct) =>
        {
            var number = (string)d["id"]!;
            var desk = new KioskDesk(_store, _directory, _clock);
            await _store.WriteAsync(async context => desk.Announce(context, $"import:{number}", (await context.Deliveries.FindAsync([number], ct))!), ct);
        }));

    private Account Requester(string personId)
    {
        var directory = _directory.Current;
        var person = directory.Person(personId)!;
        return directory.Holders(OfficeRoles.DepartmentHead).FirstOrDefault(a => a.DepartmentId == person.DepartmentId && a.PersonId != personId)
            ?? directory.Holders(OfficeRoles.LineProducer).First();
    }

    private static async Task DoAsync(Hands hands, string instance, string outcome, string? comment, CancellationToken cancellationToken)
    {
        var task = (await hands.Tasks.ListOpenAsync(instance, includeOffered: false, cancellationToken))
            .First(t => TaskDesk.Read(t).Outcomes.Any(o => o.Name == outcome));
        await hands.Tasks.DoAsync(task.Id, new TaskAnswer(outcome, comment), hands.Tasks.FirstAllowed(task)!, null, cancellationToken);
    }

    /// <summary>Lets timers fire at their own moments up to one.</summary>
    private async Task LiveUntilAsync(OfficeLoop loop, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        await loop.RunDueAsync(cancellationToken);
        while (await _store.NextDueAsync(_clock.GetUtcNow(), cancellationToken) is { } due && due <= moment)
        {
            _clock.Set(due);
            await loop.RunDueAsync(cancellationToken);
        }

        _clock.Set(moment);
    }

    /// <summary>A clock that stands where the history is.</summary>
    private sealed class HistoryClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.MinValue;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Set(DateTimeOffset moment) => _now = moment.ToUniversalTime() > _now ? moment.ToUniversalTime() : _now;
    }
}
