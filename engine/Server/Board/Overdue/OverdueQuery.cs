using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Board.Overdue;

/// <summary>Something with a day it was or is due.</summary>
/// <param name="What">One line.</param>
/// <param name="Link">Where it is done or seen.</param>
/// <param name="Person">Whose; null when nobody's.</param>
/// <param name="Department">Their department.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="Due">UTC.</param>
/// <param name="IsMine">Whether who looks can do it.</param>
public sealed record DueLine(string What, string Link, string? Person, string? Department, string? Holder, DateTimeOffset Due, bool IsMine);

/// <summary>What is late, or due today.</summary>
/// <param name="Lines">Earliest first.</param>
/// <param name="IsToday">Whether it is what is due today instead of what is late.</param>
public sealed record OverdueView(IReadOnlyList<DueLine> Lines, bool IsToday);

/// <summary>What is late and what is due today: tasks, and paperwork that no task stands for.</summary>
internal sealed class OverdueQuery(WorkflowStore store, DirectoryCache directory)
{
    /// <summary>Everything open with a day, until the end of today, earliest first.</summary>
    public async Task<IReadOnlyList<DueLine>> ListAsync(IReadOnlyList<TaskLine> tasks, Moments moments, CancellationToken cancellationToken)
    {
        var until = moments.Bounds(moments.Today).Until;
        await using var context = await store.ReadAsync(cancellationToken);
        var items = await context.Paperwork.Where(p => p.Due != null && p.Due < until).ToListAsync(cancellationToken);
        var people = directory.Current;

        // A task says more than the paperwork it is about: it stands for it.
        var asked = tasks.Select(t => t.InstanceId).ToHashSet();
        return
        [
            .. tasks.Where(t => t.Due < until)
                .Select(t => new DueLine(t.Title, $"/approvals/{Uri.EscapeDataString(t.Id)}", t.Person, t.Department, t.IsMine ? "You" : t.Holder, t.Due!.Value, t.IsMine))
                .Concat(items.Where(i => PaperworkState.Of(i.State).IsOpen && (i.InstanceId is null || !asked.Contains(i.InstanceId))).Select(i => Line(i)))
                .OrderBy(l => l.Due).ThenBy(l => l.Person, StringComparer.Ordinal),
        ];

        DueLine Line(PaperworkItem item)
        {
            var person = people.Person(item.PersonId);
            return new DueLine(
                $"{PaperworkKind.NameOf(item.Kind)} · {PaperworkState.Of(item.State).Word}", item.InstanceId is { } id ? $"/i/{id}" : $"/people/{item.PersonId}#{item.Kind}",
                person?.Name, people.Department(person?.DepartmentId)?.Name, item.Holder, item.Due!.Value, false);
        }
    }
}
