using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Journal;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary>The story of an instance in plain words: notes of its activities, documents made, messages sent, what is stuck.</summary>
internal static class Timeline
{
    /// <summary>Newest last. Reasons are left out for those who may not see the deal they speak of.</summary>
    public static async Task<List<TimelineJson>> ReadAsync(string instanceId, WorkflowStore store, OfficeDirectory directory, Caller caller, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var journal = await context.Journal.Where(j => j.InstanceId == instanceId && (j.Message != null || j.Event == "Faulted")).OrderBy(j => j.N).ToListAsync(cancellationToken);
        var documents = await context.Documents.Where(d => d.InstanceId == instanceId).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).ToListAsync(cancellationToken);
        var messages = await context.Messages.Where(m => m.InstanceId == instanceId).OrderBy(m => m.At).ThenBy(m => m.EffectKey).ToListAsync(cancellationToken);
        var stuck = await Stuck.ReadAsync(context, instanceId, cancellationToken);
        var subject = await context.Tasks.Where(t => t.InstanceId == instanceId && t.Subject != null).Select(t => t.Subject).FirstOrDefaultAsync(cancellationToken);
        var seesReasons = caller.SeesTermsOf(subject, directory) || (subject is null && documents.All(d => !d.HasDealTerms));

        // An activity that speaks of its own document or message has told of it already.
        bool IsTold(string what) => journal.Any(j => j.Message?.Contains(what, StringComparison.Ordinal) == true);
        var entries = journal.Select(j => Note(j, directory, seesReasons))
            .Concat(documents.Where(d => (!d.HasDealTerms || seesReasons) && !IsTold(d.Name)).Select(d => new TimelineJson(d.CreatedAt, null, $"Document: {d.Name} (version {d.Version})", null, null, "document", null)))
            .Concat(messages.Where(m => !IsTold(m.Subject)).Select(m => new TimelineJson(m.At, null, $"Message to {m.Recipients}: {m.Subject}", null, null, "message", null)))
            .Concat(stuck.Select(s => new TimelineJson(s.At, null, $"Stuck: {s.What}", s.Reason, null, "problem", null)));
        // The sort is stable: of one moment, notes come first in their own order. Messages and documents know theirs to the millisecond.
        return [.. entries.OrderBy(e => e.At.ToUnixTimeMilliseconds())];
    }

    private static TimelineJson Note(JournalEntry entry, OfficeDirectory directory, bool seesReasons)
    {
        var account = directory.Account(entry.Who);
        var who = account is null ? entry.Who : $"{account.DisplayName} ({string.Join(", ", account.Roles.Select(OfficeRoles.Title))})";
        var isProblem = entry.Event == "Faulted";
        var what = entry.Message ?? "A step failed";
        return new TimelineJson(entry.At, who, what, seesReasons || isProblem ? entry.Why : null, entry.ActivityId, isProblem ? "problem" : "note", account?.Name ?? entry.Who);
    }
}
