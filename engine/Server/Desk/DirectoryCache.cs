using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Desk;

/// <summary>The directory as last read; bursts and pages read this snapshot, never the database.</summary>
internal sealed class DirectoryCache(IDbContextFactory<OfficeDbContext> contexts, Commits commits)
{
    private volatile OfficeDirectory _current = OfficeDirectory.Empty;
    private long _read = -1;

    public OfficeDirectory Current => _current;

    /// <summary>The production's time zone; UTC while there is none.</summary>
    public TimeZoneInfo Zone => _current.Production?.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Reads it again when a commit has changed it since.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        Interlocked.Read(ref _read) == commits.DirectoryChanges ? Task.CompletedTask : ReloadAsync(cancellationToken);

    /// <summary>Reads it again.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var changes = commits.DirectoryChanges;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Directory.AsNoTracking().OrderBy(d => d.Position).ToListAsync(cancellationToken);
        var accounts = await context.Accounts.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancellationToken);
        _current = new OfficeDirectory(
            Read<Production>("production").FirstOrDefault(),
            Read<Department>("department"),
            Read<Person>("person"),
            [.. accounts.Select(ToAccount)],
            Read<BudgetAccount>("budget"))
        {
            DaysOff = [.. Read<DayOff>("day-off").OrderBy(d => d.Date)],
        };
        Interlocked.Exchange(ref _read, changes);

        List<T> Read<T>(string kind) => [.. rows.Where(r => r.Kind == kind).Select(r => JsonSerializer.Deserialize<T>(r.Json, FactWriter.Json)!)];
    }

    public static Account ToAccount(AccountRow row) =>
        new(row.Name, row.PersonId, row.DisplayName, row.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.DepartmentId);
}
