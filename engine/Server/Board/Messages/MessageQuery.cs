using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Messages;

/// <summary>A message the office sent.</summary>
/// <param name="Body">What it says; null when it speaks of deal terms and they are not open to the viewer.</param>
public sealed record MessageLine(DateTimeOffset At, string To, string Subject, string? Body, string InstanceId, string? DocumentId);

/// <summary>The newest messages.</summary>
public sealed record MessageListView(IReadOnlyList<MessageLine> Messages, int Total, string Search);

internal sealed class MessageQuery(WorkflowStore store, DirectoryCache directory)
{
    private const int Most = 200;

    public async Task<MessageListView> ListAsync(string search, Caller caller, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var like = $"%{search.Replace("%", "", StringComparison.Ordinal)}%";

        // Only what the list shows to everybody is searched: a hit in hidden words would give them away.
        var rows = context.Messages.Where(m => search == "" || EF.Functions.Like(m.Subject, like) || EF.Functions.Like(m.Recipients, like));
        var total = await rows.CountAsync(cancellationToken);
        var found = await (
            from m in rows.OrderByDescending(m => m.At).ThenBy(m => m.EffectKey).Take(Most)
            join i in context.Instances on m.InstanceId equals i.Id into instances
            from i in instances.DefaultIfEmpty()
            select new { m.At, m.Recipients, m.Subject, m.Body, m.InstanceId, m.DocumentId, i.CorrelationId }).ToListAsync(cancellationToken);
        var people = directory.Current;
        return new MessageListView([.. found.OrderByDescending(m => m.At).Select(m => new MessageLine(
            m.At, m.Recipients, m.Subject, Subjects.MayRead(caller, m.CorrelationId, people) ? m.Body : null, m.InstanceId,
            Subjects.MayRead(caller, m.CorrelationId, people) ? m.DocumentId : null))], total, search);
    }
}
