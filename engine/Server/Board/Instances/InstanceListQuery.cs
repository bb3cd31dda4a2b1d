using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Board.Instances;

/// <summary>Running and finished workflows in office words; the engine's own state is never loaded.</summary>
internal sealed class InstanceListQuery(WorkflowStore store, DirectoryCache directory)
{
    private const int Most = 200;

    /// <summary>Those that do not go on without a hand: ended by a fault, or with work that was given up.</summary>
    public static IQueryable<WorkflowInstance> Stuck(OfficeDbContext context) => context.Instances.Where(i =>
        i.SubStatus == WorkflowSubStatus.Faulted
        || context.Outbox.Any(o => o.InstanceId == i.Id && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null)
        || context.Work.Any(w => w.InstanceId == i.Id && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null));

    public async Task<InstanceListView> ListAsync(string workflow, string state, string search, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var names = await NamesAsync(context, cancellationToken);
        var rows = state switch
        {
            "stuck" => Stuck(context),
            "all" => context.Instances,
            "ended" => context.Instances.Where(i => i.Status == WorkflowStatus.Finished),
            _ => context.Instances.Where(i => i.Status == WorkflowStatus.Running),
        };
        if (workflow.Length > 0)
            rows = rows.Where(i => i.DefinitionId == workflow);
        if (search.Length > 0)
            rows = rows.Where(i => EF.Functions.Like(i.Name ?? "", $"%{search.Replace("%", "", StringComparison.Ordinal)}%"));

        var total = await rows.CountAsync(cancellationToken);
        var lines = await LinesAsync(context, rows.OrderByDescending(i => i.UpdatedAt).Take(Most), names, directory.Current, cancellationToken);
        return new InstanceListView(lines, total, workflow, state is "stuck" or "all" or "ended" ? state : "", search, [.. names.Select(n => new Choice(n.Key, n.Value)).OrderBy(c => c.Label)]);
    }

    /// <summary>Names of workflows by their id, the published version first.</summary>
    public static async Task<Dictionary<string, string>> NamesAsync(OfficeDbContext context, CancellationToken cancellationToken) =>
        (await context.Definitions.OrderBy(d => d.IsPublished).ThenBy(d => d.Version).Select(d => new { d.DefinitionId, d.Name }).ToListAsync(cancellationToken))
            .GroupBy(d => d.DefinitionId).ToDictionary(g => g.Key, g => g.Last().Name ?? g.Key);

    public static async Task<List<InstanceLine>> LinesAsync(
        OfficeDbContext context, IQueryable<WorkflowInstance> rows, Dictionary<string, string> names, OfficeDirectory people, CancellationToken cancellationToken)
    {
        var found = await rows.Select(i => new
        {
            i.Id,
            i.DefinitionId,
            i.Status,
            i.SubStatus,
            i.CorrelationId,
            i.Name,
            i.CreatedAt,
            i.UpdatedAt,
            IsParked = context.Outbox.Any(o => o.InstanceId == i.Id && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null)
                || context.Work.Any(w => w.InstanceId == i.Id && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null),
        }).ToListAsync(cancellationToken);
        var ids = found.Select(i => i.Id).ToList();
        var items = (await context.Paperwork.Where(p => p.InstanceId != null && ids.Contains(p.InstanceId)).ToListAsync(cancellationToken)).ToLookup(p => p.InstanceId);
        var tasks = (await context.Tasks.Where(t => t.State == "open" && t.IsOffered && ids.Contains(t.InstanceId)).ToListAsync(cancellationToken)).ToLookup(t => t.InstanceId);
        var waits = (await context.Bookmarks.Where(b => ids.Contains(b.InstanceId) && b.Payload != null && b.Payload.Contains("waitingFor"))
            .Select(b => new { b.InstanceId, b.Payload }).ToListAsync(cancellationToken)).ToLookup(b => b.InstanceId, b => WaitingFor(b.Payload!));
        return [.. found.Select(i => Line(
            i.Id, i.Name ?? names.GetValueOrDefault(i.DefinitionId, i.DefinitionId), names.GetValueOrDefault(i.DefinitionId, i.DefinitionId),
            i.Status, i.SubStatus, i.IsParked, i.CorrelationId, i.CreatedAt, i.UpdatedAt, items[i.Id].FirstOrDefault(), tasks[i.Id].FirstOrDefault(), waits[i.Id].FirstOrDefault(), people))];
    }

    private static InstanceLine Line(
        string id, string name, string workflow, WorkflowStatus status, WorkflowSubStatus subStatus, bool isParked, string? correlationId,
        DateTimeOffset createdAt, DateTimeOffset updatedAt, PaperworkItem? item, TaskRow? task, string? waitingFor, OfficeDirectory people)
    {
        var isRunning = status == WorkflowStatus.Running;
        var paperwork = item is null ? null : PaperworkState.Of(item.State);
        var state = isParked || subStatus == WorkflowSubStatus.Faulted ? StateView.Stuck
            : subStatus == WorkflowSubStatus.Cancelled ? StateView.Cancelled
            : !isRunning ? paperwork is { IsOpen: false } ? StateView.Of(paperwork) : StateView.Done
            : paperwork is { IsOpen: true } ? StateView.Of(paperwork)
            : task is not null ? StateView.Waiting(Word(task.Kind))
            : StateView.Waiting("Waiting");
        var holder = !isRunning ? null : task is not null ? TaskQuery.Holder(TaskDesk.Read(task), people) : paperwork is { IsOpen: true } ? item!.Holder : waitingFor;

        // Out for signature the coordinator records the answer, but it is the person who has the paper.
        if (isRunning && task?.Kind == "signature" && item?.Holder is { } signer)
            holder = signer;
        return new InstanceLine(id, name, workflow, state, holder, isRunning ? task?.Due ?? (paperwork is { IsOpen: true } ? item!.Due : null) : null, Subjects.Of(correlationId, people)?.Id, createdAt, updatedAt, isRunning);
    }

    /// <summary>What a bookmark waits for besides tasks, in words; null when it says nothing.</summary>
    public static string? WaitingFor(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("waitingFor", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
    }

    private static string Word(string kind) => kind switch
    {
        "approval" => "Waiting: approval",
        "signature" => "Waiting: signature",
        "revision" => "Waiting: new terms",
        _ => "Waiting",
    };
}
