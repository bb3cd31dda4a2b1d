using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Api.Endpoints;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Secrets that the office shares with other programs: one for what it sends, one for each endpoint that asks for signed requests.</summary>
/// <remarks>Kept encrypted under the office's own keys; shown once, when made.</remarks>
internal sealed class WebhookSecrets(WorkflowStore store, IDataProtectionProvider protection)
{
    /// <summary>Stands for the requests that the office sends.</summary>
    public const string Outgoing = "";

    private const string Prefix = "webhook.secret:";

    private readonly IDataProtector _protector = protection.CreateProtector("webhook.v1");

    /// <summary>The secret of an endpoint's path, or of <see cref="Outgoing"/>; null when there is none.</summary>
    public async Task<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var key = Key(path);
        return await context.Settings.Where(s => s.Key == key).Select(s => s.Value).FirstOrDefaultAsync(cancellationToken) is { } value ? _protector.Unprotect(value) : null;
    }

    /// <summary>The secret for a request's path: of that very path, or of a template it fits; null when none is asked for.</summary>
    public async Task<string?> FindForAsync(string path, CancellationToken cancellationToken)
    {
        var small = path.Trim('/').ToLowerInvariant();
        var listed = (await ListAsync(cancellationToken)).Where(p => p != Outgoing).ToList();
        var fits = listed.Find(p => p == small) ?? listed.Find(p => EndpointPath.Parse(p) is { } route && EndpointPath.Match(route, small) is not null);
        return fits is null ? null : await FindAsync(fits, cancellationToken);
    }

    /// <summary>Paths that have a secret, <see cref="Outgoing"/> included.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        return await context.Settings.Where(s => s.Key.StartsWith(Prefix)).OrderBy(s => s.Key).Select(s => s.Key.Substring(Prefix.Length)).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a new secret; the one before counts no more.</summary>
    public async Task<string> NewAsync(string path, CancellationToken cancellationToken)
    {
        var secret = Secrets.NewToken();
        await store.WriteAsync(async context =>
        {
            if (await context.Settings.FindAsync([Key(path)], cancellationToken) is { } row)
                row.Value = _protector.Protect(secret);
            else
                context.Settings.Add(new SettingRow { Key = Key(path), Value = _protector.Protect(secret) });
        }, cancellationToken);
        return secret;
    }

    /// <summary>Forgets a secret: what it was for is neither signed nor checked any more. Whether there was one.</summary>
    public async Task<bool> ForgetAsync(string path, CancellationToken cancellationToken)
    {
        var key = Key(path);
        var isGone = false;
        await store.WriteAsync(async context =>
        {
            var row = await context.Settings.FindAsync([key], cancellationToken);
            isGone = row is not null;
            if (row is not null)
                context.Settings.Remove(row);
        }, cancellationToken);
        return isGone;
    }

    private static string Key(string path) => Prefix + path.Trim('/').ToLowerInvariant();
}
