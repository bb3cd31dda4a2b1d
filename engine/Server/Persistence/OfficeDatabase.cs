using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Persistence;

/// <summary>What differs between the stores: connecting, schema, writing, claiming, telling failures apart. All else is common.</summary>
internal abstract class OfficeDatabase : IAsyncDisposable
{
    private readonly Lazy<IDbContextFactory<OfficeDbContext>> _contexts;

    protected OfficeDatabase() => _contexts = new(() =>
    {
        var options = new DbContextOptionsBuilder<OfficeDbContext>();
        Configure(options);
        return new PooledDbContextFactory<OfficeDbContext>(options.Options);
    });

    /// <summary>As people say it: SQLite, PostgreSQL.</summary>
    public abstract string Name { get; }

    /// <summary>Whether other nodes may work on the same data.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Workers a node runs unless told otherwise.</summary>
    public abstract int Workers { get; }

    public IDbContextFactory<OfficeDbContext> Contexts => _contexts.Value;

    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Works the model of the tables out on another thread, while the rest of the program is put together; whoever needs it first waits for it.</summary>
    public void BeginModel() => Task.Run(() =>
    {
        using var context = Contexts.CreateDbContext();
        return context.Model;
    });

    /// <summary>Brings the data to the newest schema: each script once, each in its own transaction, forward only.</summary>
    /// <exception cref="NewerSchemaException">A newer program wrote it.</exception>
    public abstract Task MigrateAsync(TimeProvider clock, CancellationToken cancellationToken);

    /// <summary>Runs a change in one transaction; returns when it is durable.</summary>
    /// <param name="change">Run again from the beginning when two got in each other's way.</param>
    /// <param name="isAlone">Whether no other such change may run meanwhile, on whichever node: for those that read what they decide on.</param>
    /// <param name="cancellationToken">Ends the wait for the turn.</param>
    public abstract Task WriteAsync(Func<OfficeDbContext, Task> change, bool isAlone, CancellationToken cancellationToken);

    /// <summary>Runs a change in the transaction that holds a claim, and ends both.</summary>
    public virtual Task WriteAsync(WorkClaim claim, Func<OfficeDbContext, Task> change, CancellationToken cancellationToken) =>
        WriteAsync(change, isAlone: false, cancellationToken);

    /// <summary>Runs statements in the transaction of a context, in order.</summary>
    /// <exception cref="ConcurrencyException">A statement did not touch the row it was for, or one that is there once came twice.</exception>
    public abstract Task RunAsync(OfficeDbContext context, IReadOnlyList<Statement> statements, CancellationToken cancellationToken);

    public abstract ValueTask<WorkClaim?> ClaimWorkAsync(DateTimeOffset now, DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>Takes effects that are due for a while; parameters: now, ticks of the lease, most rows. Returns the columns of <see cref="Effects.OutboxClaim"/>.</summary>
    public abstract string ClaimOutboxSql { get; }

    /// <summary>The moment until which a lease holds, as an expression; parameters as of <see cref="ClaimOutboxSql"/>.</summary>
    public abstract string LeaseEndSql { get; }

    /// <summary>Whether two got in each other's way: the same again from fresh state may succeed.</summary>
    public abstract bool IsConflict(Exception failure);

    /// <summary>Whether a failure says nothing of what was asked: the store was away or busy.</summary>
    public abstract bool IsTransient(Exception failure);

    /// <summary>Takes note, at the start, of work that a process which died was doing.</summary>
    public virtual Task NoteDeathsAsync(TimeProvider clock, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The other programs that are at work on this data at the moment.</summary>
    public virtual Task<IReadOnlyList<OtherNode>> OtherNodesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OtherNode>>([]);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A command in the transaction of a context; <c>$1</c>, <c>$2</c> … stand for its values.</summary>
    public DbCommand Command(OfficeDbContext context, string sql, params ReadOnlySpan<object?> values)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (NamesParameters)
                parameter.ParameterName = FormattableString.Invariant($"${i + 1}");
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Whether <c>$1</c> is a name to the driver rather than a place.</summary>
    protected abstract bool NamesParameters { get; }

    /// <summary>Lets one node at a time prepare the data for work; disposing lets the next one.</summary>
    public virtual Task<IAsyncDisposable?> BeginPreparationAsync(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>The schema scripts of a kind, in order.</summary>
    protected static IEnumerable<(string Name, string Sql)> Scripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[folder.Length..], reader.ReadToEnd());
        }
    }

    protected static async Task RunScriptsAsync(DbContext context, string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        var done = await context.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM po_migration").ToListAsync(cancellationToken);
        var known = Scripts(folder).ToList();
        if (done.Except(known.Select(s => s.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } newer)
            throw new NewerSchemaException(newer);

        foreach (var (name, sql) in known.Where(s => !done.Contains(s.Name)))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await context.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), cancellationToken);
            await context.Database.ExecuteSqlAsync($"INSERT INTO po_migration (name, at) VALUES ({name}, {clock.GetUtcNow().UtcTicks})", cancellationToken);
            CrashPoint.Hit("schema.before");
            await transaction.CommitAsync(cancellationToken);
            CrashPoint.Hit("schema.after");
        }
    }
}

/// <summary>One statement of a transaction; <c>$1</c>, <c>$2</c> … stand for its values.</summary>
/// <param name="Sql">The same text on every store.</param>
/// <param name="Values">Text, whole number, true or false, bytes or null.</param>
/// <param name="What">Whose row it is, for people.</param>
/// <param name="MustHit">Whether one that touches no row was overtaken by somebody else.</param>
internal readonly record struct Statement(string Sql, object?[] Values, string What, bool MustHit = false);

/// <summary>Another program on the same data.</summary>
/// <param name="Machine">Where it runs.</param>
/// <param name="Process">Number of its process there.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Since">Since when it listens.</param>
internal sealed record OtherNode(string Machine, string Process, string Version, DateTimeOffset Since);

/// <summary>The data was written by a newer program.</summary>
/// <param name="script">The first change this program does not know.</param>
internal sealed class NewerSchemaException(string script)
    : Exception($"The data was written by a newer version of the program (it has the change '{script}'). Start that version, or restore a backup made before it.");
