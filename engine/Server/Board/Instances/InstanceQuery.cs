using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Workflows.Hiring;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Board.Instances;

/// <summary>One workflow with its timeline, tasks, documents and messages.</summary>
internal sealed class InstanceQuery(WorkflowStore store, DirectoryCache directory)
{
    private static readonly string[] SpokenByPeople = ["Office.RequestApproval", "Office.ReviseTerms", "Office.WaitForSignature", "Office.Countersign", "Office.AllowWithdrawal", "Office.HireRequest"];

    /// <exception cref="OfficeProblem">There is none.</exception>
    public async Task<InstanceView> ReadAsync(string id, Caller caller, string reason, ProblemView? problem, string? notice, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var people = directory.Current;
        var rows = context.Instances.Where(i => i.Id == id);
        var head = await rows.Select(i => new { i.CorrelationId, i.SubStatus }).FirstOrDefaultAsync(cancellationToken)
            ?? throw OfficeProblem.NotFound("running or finished workflow", id, "Look under Workflows.");
        var line = (await InstanceListQuery.LinesAsync(context, rows, await InstanceListQuery.NamesAsync(context, cancellationToken), people, cancellationToken))[0];
        var person = Subjects.Of(head.CorrelationId, people);
        var mayRead = Subjects.MayRead(caller, head.CorrelationId, people);

        var journal = await context.Journal.Where(j => j.InstanceId == id && (j.Message != null || j.Event == "Faulted"))
            .OrderByDescending(j => j.N).Select(j => new { j.At, j.Who, j.Message, j.Why, j.Event, j.ActivityType }).ToListAsync(cancellationToken);
        var tasks = await context.Tasks.Where(t => t.InstanceId == id && t.State == "open").OrderBy(t => t.CreatedAt).ToListAsync(cancellationToken);
        var documents = await context.Documents.Where(d => d.InstanceId == id).OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Version).ToListAsync(cancellationToken);
        var messages = await context.Messages.Where(m => m.InstanceId == id).OrderByDescending(m => m.At).ThenBy(m => m.EffectKey).Select(m => new SentLine(m.At, m.Recipients, m.Subject)).ToListAsync(cancellationToken);
        var waits = await context.Bookmarks.Where(b => b.InstanceId == id && b.Payload != null).Select(b => b.Payload!).ToListAsync(cancellationToken);

        return new InstanceView(
            line, person?.Name, person is null ? null : $"{person.Role}, {people.Department(person.DepartmentId)?.Name ?? "Cast"}",
            [.. waits.Select(InstanceListQuery.WaitingFor).OfType<string>()],
            [.. journal.Select(j => new TimelineLine(
                j.At, Name(j.Who, people), j.Message ?? "Something failed", mayRead || !SpokenByPeople.Contains(j.ActivityType) ? j.Why : null, j.Event == "Faulted"))],
            !mayRead,
            [.. tasks.Where(t => t.IsOffered).Select(t => TaskQuery.Line(t, caller, people))],
            [.. documents.Select(d => DocumentQuery.Line(d, caller, people))],
            messages,
            await ReasonsAsync(context, id, head.SubStatus, [.. journal.Where(j => j.Event == "Faulted").Select(j => j.Message ?? j.Why ?? "An activity failed.")], cancellationToken),
            MayRetry(caller),
            line.IsRunning && MayWithdraw(tasks, caller),
            reason, problem, notice);
    }

    /// <summary>Who may let stuck work try again.</summary>
    public static bool MayRetry(Caller caller) => caller.IsAny(OfficeRoles.ProductionCoordinator, OfficeRoles.UnitProductionManager, OfficeRoles.LineProducer);

    private static bool MayWithdraw(List<TaskRow> tasks, Caller caller) =>
        tasks.FirstOrDefault(t => t.Kind == AllowWithdrawal.TaskKind) is { } offered
            ? TaskDesk.WhyNot(offered, caller.Account) is null
            : caller.IsAny(OfficeRoles.UnitProductionManager, OfficeRoles.ProductionCoordinator);

    private static async Task<IReadOnlyList<string>> ReasonsAsync(OfficeDbContext context, string id, WorkflowSubStatus subStatus, List<string> faults, CancellationToken cancellationToken)
    {
        var effects = await context.Outbox.Where(o => o.InstanceId == id && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null)
            .Select(o => EF.Property<string?>(o, Shadow.LastError)).ToListAsync(cancellationToken);
        var work = await context.Work.Where(w => w.InstanceId == id && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null)
            .Select(w => EF.Property<string?>(w, Shadow.LastError)).ToListAsync(cancellationToken);
        return [.. effects.Concat(work).Select(r => r ?? "No reason was given.").Concat(subStatus == WorkflowSubStatus.Faulted ? faults : []).Distinct()];
    }

    private static string? Name(string? who, OfficeDirectory people) => who switch
    {
        null => null,
        Caller.OwnerName => Caller.Owner.DisplayName,
        _ => people.Account(who)?.DisplayName ?? people.Person(who)?.Name ?? who,
    };
}
