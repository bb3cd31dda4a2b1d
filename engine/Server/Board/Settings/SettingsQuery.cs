using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Settings;

/// <summary>Kiosks, accounts, audit.</summary>
/// <param name="Kiosks">Paired desks.</param>
/// <param name="MayPair">Whether the viewer may make pairing codes and take desks off.</param>
/// <param name="PairingCode">Made just now, shown once; else null.</param>
/// <param name="Accounts">Who may sign in.</param>
/// <param name="NewLink">A sign-in link made just now, shown once; else null.</param>
/// <param name="NewLinkFor">For whom.</param>
/// <param name="Audit">Newest rows; null when not for the viewer.</param>
/// <param name="AuditBrokenAt">The first audit row that does not fit; null when all fit.</param>
public sealed record SettingsView(
    ProductionView? Production, IReadOnlyList<KioskLine> Kiosks, bool MayPair, string? PairingCode,
    IReadOnlyList<AccountLine> Accounts, string? NewLink, string? NewLinkFor, IReadOnlyList<AuditLine>? Audit, long? AuditBrokenAt);

/// <summary>The show in short.</summary>
public sealed record ProductionView(string Title, string WorkingTitle, string Number, string Company, string TimeZone, string Currency, string Office);

/// <summary>A paired desk.</summary>
public sealed record KioskLine(string Id, string Name, DateTimeOffset PairedAt, DateTimeOffset? LastSeenAt, DateTimeOffset? RevokedAt);

/// <summary>Somebody who signs in.</summary>
/// <param name="MayLink">Whether the viewer may make a sign-in link for them.</param>
public sealed record AccountLine(string Name, string DisplayName, string Roles, bool HasPassword, bool MayLink);

/// <summary>A row of the audit.</summary>
public sealed record AuditLine(long Seq, DateTimeOffset At, string Actor, string? ActingFor, string Action, string Target, string? Detail);

internal sealed class SettingsQuery(WorkflowStore store, DirectoryCache directory, AuditTrail audit)
{
    private const int AuditTail = 50;

    public async Task<SettingsView> ReadAsync(Caller caller, string? pairingCode, string? link, string? linkFor, CancellationToken cancellationToken)
    {
        var people = directory.Current;
        await using var context = await store.ReadAsync(cancellationToken);
        var kiosks = await context.Kiosks.OrderBy(k => k.Id).Select(k => new KioskLine(k.Id, k.Name, k.PairedAt, k.LastSeenAt, k.RevokedAt)).ToListAsync(cancellationToken);
        var withPassword = (await context.Accounts.Where(a => a.PasswordHash != null).Select(a => a.Name).ToListAsync(cancellationToken)).ToHashSet();
        var seesAudit = MaySeeAudit(caller);
        var rows = seesAudit
            ? await context.Audit.OrderByDescending(a => a.Seq).Take(AuditTail).Select(a => new AuditLine(a.Seq, a.At, a.Actor, a.ActingFor, a.Action, a.Target, a.Detail)).ToListAsync(cancellationToken)
            : null;
        var show = people.Production;
        return new SettingsView(
            show is null ? null : new ProductionView(show.Title, show.WorkingTitle, show.ProductionNumber, show.Company, show.TimeZone, show.Currency, $"{show.OfficeName}, {show.OfficeAddress}, {show.OfficePhone}"),
            kiosks, MayPair(caller), pairingCode,
            [.. people.Accounts.Select(a => new AccountLine(a.Name, a.DisplayName, BoardPages.RoleWords(a, people), withPassword.Contains(a.Name), MayLink(caller, a)))],
            link, linkFor, rows, seesAudit ? await audit.FirstBrokenAsync(cancellationToken) : null);
    }

    public static bool MayPair(Caller caller) => caller.IsOwner || caller.IsAny(OfficeRoles.ProductionCoordinator, OfficeRoles.UnitProductionManager);

    public static bool MaySeeAudit(Caller caller) => caller.IsOwner || caller.IsAny(OfficeRoles.UnitProductionManager);

    /// <summary>The owner for everybody; the UPM for everybody who does not decide over the UPM.</summary>
    public static bool MayLink(Caller caller, Account account) =>
        caller.IsOwner || (caller.Account.Is(OfficeRoles.UnitProductionManager) && !account.Is(OfficeRoles.Producer) && !account.Is(OfficeRoles.LineProducer));
}
