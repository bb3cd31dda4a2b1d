using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>Who did what to which version, out of the audit.</summary>
/// <param name="Version">The version.</param>
/// <param name="Action">As in the audit, for example <c>publish-workflow</c>.</param>
/// <param name="Who">Name of the account that counts.</param>
/// <param name="At">UTC.</param>
internal sealed partial record VersionMark(int Version, string Action, string Who, DateTimeOffset At)
{
    public const string Published = "publish-workflow";
    public const string SwitchedOn = "switch-on-workflow";
    public const string SwitchedOff = "retract-workflow";
    public const string Created = "new-workflow";
    public const string Imported = "import-workflow";
    public const string Reverted = "revert-workflow";
    public const string Deleted = "delete-workflow";

    private static readonly string[] OfVersions = [Published, SwitchedOn, SwitchedOff, Created, Imported, Reverted, "draft-workflow"];

    /// <summary>Newest first, by workflow; null gives those of all workflows.</summary>
    public static async Task<ILookup<string, VersionMark>> ReadAsync(OfficeDbContext context, string? definitionId, OfficeDirectory people, CancellationToken cancellationToken)
    {
        var rows = await context.Audit.Where(a => OfVersions.Contains(a.Action) && (definitionId == null || a.Target == definitionId))
            .OrderByDescending(a => a.Seq).Select(a => new { a.Target, a.Action, a.Actor, a.ActingFor, a.At, a.Detail }).ToListAsync(cancellationToken);
        return rows.Where(r => r.Detail is not null && Number().IsMatch(r.Detail))
            .ToLookup(r => r.Target, r => new VersionMark(
                int.Parse(Number().Matches(r.Detail!)[^1].Groups[1].ValueSpan, CultureInfo.InvariantCulture), r.Action, NameOf(r.ActingFor ?? r.Actor, people), r.At));
    }

    public static string NameOf(string account, OfficeDirectory people) => account == Caller.OwnerName ? Caller.Owner.DisplayName : people.Account(account)?.DisplayName ?? account;

    /// <summary>A revert names the old version first, then the draft it made.</summary>
    [GeneratedRegex(@"(?:version|draft) (\d{1,6})")]
    private static partial Regex Number();
}
