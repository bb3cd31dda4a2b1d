using System.Data.Common;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Server.Persistence;

/// <summary>Rows of work items, read and marked by hand where EF Core would cost more than the row.</summary>
internal static class WorkRows
{
    private const int MaxDeaths = 5;
    private const string Reason = "The program ended while it did this.";

    /// <summary>Reads id, kind, instance, bookmark, due moment, payload, attempts, in this order.</summary>
    public static WorkItem Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3),
        new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.GetInt32(6));

    /// <summary>Counts a failed attempt: the item is due again at a later moment, or set aside when there is none.</summary>
    /// <param name="attempts">How many there were when it was taken: what another has noted meanwhile is not counted twice; null counts in any case.</param>
    public static Statement Failed(string id, string error, DateTimeOffset? retryAt, DateTimeOffset now, int? attempts)
    {
        const string Count = "UPDATE po_work SET attempts = attempts + 1, last_error = $2, due_at = COALESCE($3, due_at), parked_at = $4 WHERE id = $1";
        object?[] values = [id, error, retryAt?.UtcTicks, retryAt is null ? now.UtcTicks : null];
        return attempts is { } known
            ? new(Count + " AND attempts = $5", [.. values, known], $"Work item {id}")
            : new(Count, values, $"Work item {id}");
    }

    /// <summary>Counts that a process ended while it did the item: the first time it is done again at once, then later and later, after the fifth a person must look.</summary>
    public static Statement Died(string id, DateTimeOffset now) => new(
        """
        UPDATE po_work SET attempts = attempts + 1, last_error = $2,
            due_at = CASE WHEN attempts = 0 THEN due_at ELSE $3 + attempts * 100000000 END,
            parked_at = CASE WHEN attempts + 1 >= $4 THEN $3 END
        WHERE id = $1
        """, [id, Reason, now.UtcTicks, MaxDeaths], $"Work item {id}");
}
