using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Board.Paperwork;

/// <summary>The people × documents matrix: one query over the paperwork table, names from the directory.</summary>
internal sealed class PaperworkQuery(WorkflowStore store, DirectoryCache directory)
{
    public async Task<PaperworkView> ReadAsync(PaperworkFilter filter, Moments moments, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var items = (await context.Paperwork.ToListAsync(cancellationToken)).ToLookup(i => i.PersonId, StringComparer.OrdinalIgnoreCase);
        var people = directory.Current;
        var all = people.People.Where(p => items.Contains(p.Id)).ToList();
        var columns = Columns(items);
        var rows = all
            .Where(p => Fits(p, filter, moments))
            .Select(p => Row(p, items[p.Id], columns, people, moments))
            .Where(r => !filter.OnlyIncomplete || r.Done < r.Of)
            .OrderBy(r => r.Name, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true))
            .ToList();
        var cells = rows.SelectMany(r => r.Cells).Where(c => c.IsOpen).ToList();
        return new PaperworkView(
            filter, columns, rows, all.Count, cells.Count, cells.Count(c => c.Tone == "late"),
            [.. people.Departments.Where(d => all.Any(p => p.DepartmentId == d.Id)).Select(d => new Choice(d.Id, d.Name))]);
    }

    /// <summary>A piece of paperwork as a cell and a sentence; what is done needs few bytes, since most is.</summary>
    public static CellView Cell(PaperworkItem? item, string kind, string personId, Moments moments)
    {
        if (item is null)
            return new CellView(kind, "–", "none", "", "not needed", null, false);

        var state = PaperworkState.Of(item.State);
        var isLate = state.IsOpen && item.Due < moments.Now;
        var holder = state.IsOpen && item.Holder is { Length: > 0 } ? $", {item.Holder} has it" : "";
        var since = state.IsOpen && item.Since is { } at ? $" since {moments.Brief(at)}" : "";
        var late = isLate ? $", late: was due {moments.Brief(item.Due!.Value)}" : state.IsOpen && item.Due is { } due ? $", due {moments.Brief(due)}" : "";
        return new CellView(
            kind, isLate ? "!" : state.Shape, isLate ? "late" : state.Tone,
            isLate ? Compact(moments.Age(item.Due!.Value)) : state.Tone == "waiting" && item.Since is { } from ? Compact(moments.Age(from)) : "",
            $"{state.Word}{holder}{since}{late}",
            item.InstanceId is { } instance ? $"/i/{instance}" : state.IsOpen ? $"/people/{personId}#{kind}" : null, state.IsOpen);
    }

    private static string Compact(string age) => age.Replace(" min", "m", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    private static List<ColumnView> Columns(ILookup<string, PaperworkItem> items)
    {
        var used = items.SelectMany(i => i).Select(i => i.Kind).ToHashSet();
        return
        [
            .. PaperworkKind.StartPacket.Where(k => used.Contains(k.Key)).Select(k => new ColumnView(k.Key, k.Name, k.Column)),
            .. used.Where(k => PaperworkKind.StartPacket.All(p => p.Key != k)).Order(StringComparer.Ordinal).Select(k => new ColumnView(k, k, k)),
        ];
    }

    private static bool Fits(Person person, PaperworkFilter filter, Moments moments)
    {
        if (filter.Department.Length > 0 && !string.Equals(person.DepartmentId, filter.Department, StringComparison.OrdinalIgnoreCase))
            return false;
        if (filter.StartsWithin is { } days && !(person.Deal?.StartDate is { } start && start >= moments.Today && start.DayNumber <= moments.Today.DayNumber + days))
            return false;
        return filter.Search.Length == 0
            || person.Name.Contains(filter.Search, StringComparison.OrdinalIgnoreCase)
            || person.SortName.Contains(filter.Search, StringComparison.OrdinalIgnoreCase)
            || person.Role.Contains(filter.Search, StringComparison.OrdinalIgnoreCase);
    }

    private static PersonRow Row(Person person, IEnumerable<PaperworkItem> items, List<ColumnView> columns, OfficeDirectory people, Moments moments)
    {
        var byKind = items.ToDictionary(i => i.Kind);
        var needed = byKind.Values.Where(i => i.State is not ("waived" or "notApplicable")).ToList();
        return new PersonRow(
            person.Id, person.SortName, person.Role, people.Department(person.DepartmentId)?.Name ?? "Cast", person.Deal?.StartDate,
            [.. columns.Select(c => Cell(byKind.GetValueOrDefault(c.Key), c.Key, person.Id, moments))],
            needed.Count(i => PaperworkState.Of(i.State) is { Tone: "ok" }), needed.Count);
    }
}
