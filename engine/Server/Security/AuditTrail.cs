using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Who did what, in rows whose codes hang on each other: a changed, missing or moved row shows.</summary>
/// <param name="store">Where the rows are.</param>
/// <param name="keys">Folder of the key, readable by the owner alone; the database by itself cannot forge a row.</param>
/// <param name="clock">Time of the rows.</param>
internal sealed class AuditTrail(WorkflowStore store, string keys, TimeProvider clock)
{
    private const int KeyLength = 32;

    // A failed try (a full disk) is not remembered: the next row tries again.
    private readonly Lazy<byte[]> _key = new(() => ReadKey(keys), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Adds a row for what a caller did that changed nothing here, such as reading; see <see cref="Begin(Caller, string, string, string?)"/> for changes.</summary>
    public Task AddAsync(Caller caller, string action, string target, string? detail, CancellationToken cancellationToken) =>
        AddAsync(caller.ActingOwner ?? caller.Account.Name, caller.ActingOwner is null ? null : caller.Account.Name, action, target, detail, cancellationToken);

    /// <summary>Adds a row.</summary>
    /// <param name="actor">Who really did it.</param>
    /// <param name="actingFor">The account they did it for; null when their own.</param>
    /// <param name="action">Stable word, for example <c>sign-in</c>.</param>
    /// <param name="target">What it was done to.</param>
    /// <param name="detail">More in words; null when none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task AddAsync(string actor, string? actingFor, string action, string target, string? detail, CancellationToken cancellationToken)
    {
        CrashPoint.Hit("audit.before");
        return store.WriteAsync(context => AppendAsync(context, actor, actingFor, action, target, detail, cancellationToken), cancellationToken);
    }

    /// <summary>Says what a caller is about to do; the row goes into the transaction that does it.</summary>
    public Deed Begin(Caller caller, string action, string target, string? detail) => Begin(caller, action, _ => (target, detail));

    /// <summary>Says what a caller is about to do, of which only what is written knows all.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="action">Stable word, for example <c>publish-workflow</c>.</param>
    /// <param name="row">What it was done to, and more in words; null when what is written is not yet what the row is about.</param>
    /// <param name="isEach">Whether each transaction has a row of its own, rather than the first alone.</param>
    public Deed Begin(Caller caller, string action, Func<Written, (string Target, string? Detail)?> row, bool isEach = false) =>
        Begin(caller.ActingOwner ?? caller.Account.Name, caller.ActingOwner is null ? null : caller.Account.Name, action, row, isEach);

    /// <summary>Says what somebody is about to do.</summary>
    public Deed Begin(string actor, string? actingFor, string action, Func<Written, (string Target, string? Detail)?> row, bool isEach = false) => new(async (context, written) =>
    {
        if (row(written) is not var (target, detail))
            return false;
        CrashPoint.Hit("audit.row");
        await AppendAsync(context, actor, actingFor, action, target, detail, CancellationToken.None);
        return true;
    }, isEach);

    /// <summary>Says that a version of a workflow is about to be stored; <paramref name="published"/> waits for the moment it is published.</summary>
    public Deed BeginVersion(Caller caller, string action, bool published = false) =>
        Begin(caller, action, written => written.Definition is { } stored && (stored.IsPublished || !published) ? (stored.DefinitionId, $"version {stored.Version}") : null);

    /// <summary>Says that a workflow is about to go back to an older version.</summary>
    public Deed BeginRevert(Caller caller, int version) =>
        Begin(caller, "revert-workflow", written => written.Definition is { } draft ? (draft.DefinitionId, $"to version {version}, as draft {draft.Version}") : null);

    /// <summary>Says that running instances are about to move to another version, each in a transaction of its own.</summary>
    public Deed BeginMigration(Caller caller) =>
        Begin(caller, "migrate-workflow", written => written.Instance is { } moved ? (moved.DefinitionId, $"{moved.Id} to version {moved.DefinitionVersion}") : null, isEach: true);

    private async Task AppendAsync(OfficeDbContext context, string actor, string? actingFor, string action, string target, string? detail, CancellationToken cancellationToken)
    {
        var last = await context.Audit.AsNoTracking().OrderByDescending(a => a.Seq).Select(a => new { a.Seq, a.Mac }).FirstOrDefaultAsync(cancellationToken);
        var seq = (last?.Seq ?? 0) + 1;
        var at = clock.GetUtcNow();
        context.Audit.Add(new AuditRow
        {
            Seq = seq,
            At = at,
            Actor = actor,
            ActingFor = actingFor,
            Action = action,
            Target = target,
            Detail = detail,
            Mac = Code(last?.Mac ?? "", seq, at, actor, actingFor, action, target, detail),
        });
    }

    /// <summary>The number of the first row that does not fit the one before it; null when the whole trail is sound.</summary>
    public async Task<long?> FirstBrokenAsync(CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var (previous, expected) = ("", 1L);
        await foreach (var row in context.Audit.OrderBy(a => a.Seq).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (row.Seq != expected || !Secrets.Same(row.Mac, Code(previous, row.Seq, row.At, row.Actor, row.ActingFor, row.Action, row.Target, row.Detail)))
                return expected;

            (previous, expected) = (row.Mac, expected + 1);
        }

        return null;
    }

    private string Code(string previous, long seq, DateTimeOffset at, params ReadOnlySpan<string?> fields)
    {
        var text = new StringBuilder(previous).Append(CultureInfo.InvariantCulture, $"|{seq}|{at.UtcTicks}");

        // Lengths keep a border between fields that no content can move.
        foreach (var field in fields)
            text.Append(CultureInfo.InvariantCulture, $"|{field?.Length ?? -1}:{field}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static byte[] ReadKey(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "audit.key");
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path) is { Length: KeyLength } known ? known
                : throw new InvalidDataException($"The key of the audit trail, {path}, is damaged. Bring it back from a backup; without it the trail cannot be checked.");
        }

        // Written aside first: a key cut short would be one that anybody can guess.
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var temporary = $"{path}.{Guid.CreateVersion7():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var file = new FileStream(temporary, options))
            {
                file.Write(key);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else made it meanwhile.
            return ReadKey(folder);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
