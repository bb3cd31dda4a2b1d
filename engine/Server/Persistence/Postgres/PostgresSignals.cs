using System.Globalization;
using System.Threading.Channels;
using Npgsql;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Persistence.Postgres;

/// <summary>Tells the other nodes what this one committed, and hears what they did.</summary>
/// <remarks>
/// A hint, never the truth: sent after the commit, several in one, lost with the connection. Who was deaf for a while takes everything for changed;
/// work is looked for each second anyway. (A NOTIFY inside the commit would make all commits of the server queue behind one lock.)
/// </remarks>
internal sealed class PostgresSignals(PostgresDatabase database, Commits commits, DirectoryCache directory, WorkflowRuntime runtime, TimeProvider clock, ILogger<PostgresSignals> log) : BackgroundService
{
    private const string Channel = "office";
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<Changes> _mine = System.Threading.Channels.Channel.CreateBounded<Changes>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <remarks>As of the office's workers: a connection that is gone already may fail to be called off.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await base.StopAsync(cancellationToken);
        }
        catch (AggregateException e)
        {
            log.LogWarning("Not all could be called off at once: {Reason}", e.InnerException?.Message);
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Queue(Changes changes) => _mine.Writer.TryWrite(changes);
        commits.Announced += Queue;
        try
        {
            await Task.WhenAll(RepeatAsync(ListenAsync, stoppingToken), RepeatAsync(TellAsync, stoppingToken));
        }
        finally
        {
            commits.Announced -= Queue;
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> run, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await run(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning("Other nodes cannot be heard for a moment: {Reason}", e.Message);
                await Task.Delay(AfterFailure, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionText) { Pooling = false, ApplicationName = NodeName.Own }.ConnectionString);
        await connection.OpenAsync(stoppingToken);
        Changes? heard = null;
        connection.Notification += (_, e) =>
        {
            var at = e.Payload.LastIndexOf('|');
            if (at > 0 && e.Payload[..at] != database.Node && int.TryParse(e.Payload.AsSpan(at + 1), CultureInfo.InvariantCulture, out var changes))
                heard = (heard ?? Changes.None) | (Changes)changes;
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stoppingToken);
        await HearAsync(Changes.All, stoppingToken);
        while (true)
        {
            await connection.WaitAsync(stoppingToken);
            if (heard is not { } changes)
                continue;

            heard = null;
            await HearAsync(changes, stoppingToken);
        }
    }

    private async Task HearAsync(Changes changes, CancellationToken stoppingToken)
    {
        if (changes.HasFlag(Changes.Definitions))
            runtime.ForgetDefinitions();
        commits.Hear(changes);
        if (changes.HasFlag(Changes.Directory))
            await directory.RefreshAsync(stoppingToken);
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        while (await _mine.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Gathering, clock, stoppingToken);
            var all = Changes.None;
            while (_mine.Reader.TryRead(out var changes))
                all |= changes;
            await using var command = database.Source.CreateCommand("SELECT pg_notify($1, $2)");
            command.Parameters.Add(new() { Value = Channel });
            command.Parameters.Add(new() { Value = FormattableString.Invariant($"{database.Node}|{(int)all}") });
            await command.ExecuteNonQueryAsync(stoppingToken);
        }
    }
}
