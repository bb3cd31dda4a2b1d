using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.Approvals;

namespace ProductionOffice.Server.Persistence;

/// <summary>A commit of the engine as statements. Written by hand: it is the busiest transaction, and EF Core's share of it was the largest.</summary>
/// <remarks>The instance comes right after the work item: whoever holds it holds all that hangs on it, so that two commits wait in one order.</remarks>
internal static class CommitStatements
{
    private const string InsertInstance = """INSERT INTO po_instance (id, definition_id, definition_version_id, definition_version, version, status, sub_status, correlation_id, name, parent_instance_id, incident_count, state, created_at, updated_at, finished_at, checksum) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)""";
    private const string UpdateInstance = """UPDATE po_instance SET definition_id=$1, definition_version_id=$2, definition_version=$3, version=$4, status=$5, sub_status=$6, correlation_id=$7, name=$8, parent_instance_id=$9, incident_count=$10, state=$11, created_at=$12, updated_at=$13, finished_at=$14, checksum=$15 WHERE id=$16 AND version=$17""";
    private const string InsertBookmark = """INSERT INTO po_bookmark (id, instance_id, name, hash, activity_id, activity_node_id, activity_instance_id, correlation_id, stimulus, payload, callback, auto_burn, created_at, due_at, "order") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)""";
    private const string InsertJournal = """INSERT INTO po_journal (instance_id, n, event, activity_id, activity_node_id, activity_instance_id, activity_type, at, who, message, why, data) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)""";
    private const string InsertTask = """INSERT INTO po_task (id, instance_id, definition_id, activity_id, kind, title, role, account, subject, document_id, is_offered, json, created_at, due, state) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,'open')""";
    private const string InsertOutbox = """INSERT INTO po_outbox (effect_key, instance_id, kind, payload, bookmark_id, attempts, created_at, due_at, epoch) VALUES ($1,$2,$3,$4,$5,0,$6,$6,0)""";
    // The id is what makes work happen once: what is planned already stays as it is.
    private const string InsertWork = """INSERT INTO po_work (id, kind, instance_id, bookmark_id, due_at, payload, attempts) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (id) DO NOTHING""";
    private const string InsertCommand = """INSERT INTO po_command ("key", route, body_hash, response, at) VALUES ($1,$2,$3,$4,$5)""";

    public static List<Statement> Of(Commit commit)
    {
        var all = new List<Statement>();
        if (commit.ConsumedWork is { } work)
            all.Add(new("DELETE FROM po_work WHERE id=$1 AND parked_at IS NULL", [work], $"Work item {work}", MustHit: true));
        foreach (var burst in commit.Bursts)
            all.Add(Instance(burst.Instance));
        if (commit.ConsumedBookmark is { } bookmark)
            all.Add(new("DELETE FROM po_bookmark WHERE id=$1", [bookmark], $"Bookmark {bookmark}", MustHit: true));
        if (commit.Command is { } command)
            all.Add(new(InsertCommand, [command.Key, command.Route, command.BodyHash, command.Response, command.At.UtcTicks], $"Command {command.Key}"));
        foreach (var burst in commit.Bursts)
            Add(all, burst, commit.ConsumedBookmark);
        foreach (var item in commit.Work)
            all.Add(Work(item));
        return all;
    }

    /// <summary>Tells a state that was damaged on its way from one that is ours.</summary>
    public static string Checksum(string state)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(state), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    private static Statement Instance(WorkflowInstance i) => i.Version == 1
        ? new(InsertInstance, [i.Id, i.DefinitionId, i.DefinitionVersionId, i.DefinitionVersion, i.Version, i.Status.ToString(), i.SubStatus.ToString(), i.CorrelationId, i.Name, i.ParentInstanceId, i.IncidentCount, i.State, i.CreatedAt.UtcTicks, i.UpdatedAt.UtcTicks, i.FinishedAt?.UtcTicks, Checksum(i.State)], $"Instance {i.Id}")
        : new(UpdateInstance, [i.DefinitionId, i.DefinitionVersionId, i.DefinitionVersion, i.Version, i.Status.ToString(), i.SubStatus.ToString(), i.CorrelationId, i.Name, i.ParentInstanceId, i.IncidentCount, i.State, i.CreatedAt.UtcTicks, i.UpdatedAt.UtcTicks, i.FinishedAt?.UtcTicks, Checksum(i.State), i.Id, i.Version - 1], $"Instance {i.Id}", MustHit: true);

    private static void Add(List<Statement> all, BurstResult burst, string? consumed)
    {
        var instance = burst.Instance;
        foreach (var burned in burst.BookmarksBurned)
        {
            var what = $"Bookmark {burned}";
            if (burned != consumed)
                all.Add(new("DELETE FROM po_bookmark WHERE id=$1", [burned], what));
            all.Add(new("DELETE FROM po_work WHERE bookmark_id=$1", [burned], what));
            // An effect nobody waits for any more is not performed: a withdrawn hire gets no memo when its template is repaired.
            all.Add(new("DELETE FROM po_outbox WHERE bookmark_id=$1 AND instance_id=$2 AND sent_at IS NULL", [burned, instance.Id], what));
            all.Add(new("UPDATE po_task SET state='cancelled' WHERE id=$1 AND state='open'", [burned], what));
        }

        var order = 0;
        foreach (var bookmark in burst.BookmarksCreated)
        {
            all.Add(Bookmark(bookmark, order++));
            if (ReadTask(bookmark) is { } task)
                all.Add(new(InsertTask, [bookmark.Id, instance.Id, instance.DefinitionId, bookmark.ActivityId, task.Task.Kind, task.Task.Title, task.Task.Role, task.Task.Account, task.Task.Subject, task.Task.DocumentId, task.Task.IsOffered, task.Json, bookmark.CreatedAt.UtcTicks, task.Task.Due?.UtcTicks], $"Task {bookmark.Id}"));
        }

        foreach (var moved in burst.BookmarksMoved)
            all.Add(new("UPDATE po_bookmark SET activity_id=$1, activity_node_id=$2 WHERE id=$3", [moved.ActivityId, moved.ActivityNodeId, moved.Id], $"Bookmark {moved.Id}"));
        foreach (var line in burst.Journal)
            all.Add(Journal(line));
        foreach (var item in burst.Work)
            all.Add(Work(item));
        foreach (var message in burst.Outbox)
            all.Add(new(InsertOutbox, [message.EffectKey, message.InstanceId, message.Kind, message.Payload, message.BookmarkId, instance.UpdatedAt.UtcTicks], $"Effect {message.EffectKey}"));
    }

    private static Statement Bookmark(Bookmark b, int order) =>
        new(InsertBookmark, [b.Id, b.InstanceId, b.Name, b.Hash, b.ActivityId, b.ActivityNodeId, b.ActivityInstanceId, b.CorrelationId, b.Stimulus, b.Payload, b.Callback, b.AutoBurn, b.CreatedAt.UtcTicks, b.DueAt?.UtcTicks, order], $"Bookmark {b.Id}");

    private static Statement Journal(JournalEntry j) =>
        new(InsertJournal, [j.InstanceId, j.N, j.Event, j.ActivityId, j.ActivityNodeId, j.ActivityInstanceId, j.ActivityType, j.At.UtcTicks, j.Who, j.Message, j.Why, j.Data], $"Journal of {j.InstanceId}");

    private static Statement Work(WorkItem w) => new(InsertWork, [w.Id, w.Kind, w.InstanceId, w.BookmarkId, w.DueAt.UtcTicks, w.Payload, w.Attempts], $"Work item {w.Id}");

    /// <summary>The task a bookmark stands for; null when it waits for something else.</summary>
    internal static (OfficeTask Task, string Json)? ReadTask(Bookmark bookmark)
    {
        if (bookmark.Payload is null)
            return null;

        using var payload = JsonDocument.Parse(bookmark.Payload);
        if (payload.RootElement.ValueKind != JsonValueKind.Object || !payload.RootElement.TryGetProperty("task", out var json))
            return null;

        return (json.Deserialize<OfficeTask>(FactWriter.Json)!, json.GetRawText());
    }
}
