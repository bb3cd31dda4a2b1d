using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Links that sign in once, within 30 minutes. Looking at one changes nothing.</summary>
internal sealed class SignInLinks(WorkflowStore store, TimeProvider clock)
{
    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private const string OwnerPrefix = "owner:";

    /// <summary>Makes a link for an account; returns its token, which is shown only now.</summary>
    public async Task<string> NewAsync(string account, CancellationToken cancellationToken)
    {
        var token = Secrets.NewToken();
        var now = clock.GetUtcNow();
        await store.WriteAsync(async context =>
        {
            await context.SignInLinks.Where(l => l.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
            context.SignInLinks.Add(new SignInLinkRow { TokenHash = Secrets.Hash(token), Account = account, ExpiresAt = now + Life });
        }, cancellationToken);
        return token;
    }

    /// <summary>Makes the link that lets the machine's owner in, acting for an account until they choose another.</summary>
    public Task<string> NewOwnerAsync(string actingFor, CancellationToken cancellationToken) => NewAsync(OwnerPrefix + actingFor, cancellationToken);

    /// <summary>Whom a link lets in; null when it is unknown, used or too old.</summary>
    public async Task<LinkHolder?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        var now = clock.GetUtcNow();
        await using var context = await store.ReadAsync(cancellationToken);
        var account = await context.SignInLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now).Select(l => l.Account).FirstOrDefaultAsync(cancellationToken);
        return Holder(account);
    }

    /// <summary>Uses a link up; null when it is unknown, used or too old. Of two at once only one succeeds.</summary>
    public async Task<LinkHolder?> TakeAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        var now = clock.GetUtcNow();
        string? account = null;
        await store.WriteAsync(async context =>
        {
            account = null;
            if (await context.SignInLinks.FirstOrDefaultAsync(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now, cancellationToken) is { } link)
            {
                link.UsedAt = now;
                account = link.Account;
            }
        }, cancellationToken);
        return Holder(account);
    }

    private static LinkHolder? Holder(string? account) => account switch
    {
        null => null,
        _ when account.StartsWith(OwnerPrefix, StringComparison.Ordinal) => new LinkHolder(account[OwnerPrefix.Length..], IsOwner: true),
        _ => new LinkHolder(account, IsOwner: false),
    };
}

/// <summary>Whom a link lets in.</summary>
/// <param name="Account">The account that counts after it.</param>
/// <param name="IsOwner">Whether it is the machine's owner who comes in, acting for that account.</param>
internal sealed record LinkHolder(string Account, bool IsOwner);
