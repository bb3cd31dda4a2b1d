using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Deliveries;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Workflows;
using ProductionOffice.Workflows.Deliveries;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Desk;

/// <summary>The server's side of the front desks: pairing, taking records over exactly once, reference data.</summary>
internal sealed class KioskDesk(WorkflowStore store, DirectoryCache directory, TimeProvider clock)
{
    private const string CodeSetting = "kiosk.pairing";
    private const int MostTries = 5;
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    /// <summary>Makes the code a desk is paired with: 6 digits, 10 minutes, 5 tries, one use.</summary>
    public async Task<string> NewPairingCodeAsync(CancellationToken cancellationToken)
    {
        var code = Secrets.NewCode(6);
        await SaveAsync(new Pairing(Secrets.Hash(code), clock.GetUtcNow() + CodeLife, 0), cancellationToken);
        return code;
    }

    /// <summary>Pairs a desk; its token is shown only now.</summary>
    /// <exception cref="OfficeProblem">The code is wrong, used or too old.</exception>
    public async Task<PairAnswer> PairAsync(PairRequest request, CancellationToken cancellationToken)
    {
        PairAnswer? answer = null;
        await store.WriteAsync(async context =>
        {
            var setting = await context.Settings.FindAsync([CodeSetting], cancellationToken);
            var pairing = setting is null ? null : JsonSerializer.Deserialize<Pairing>(setting.Value, FactWriter.Json);
            if (pairing is null || pairing.ExpiresAt < clock.GetUtcNow() || pairing.Tries >= MostTries)
                return;

            if (!Secrets.Same(pairing.CodeHash, Secrets.Hash(request.Code.Trim())))
            {
                setting!.Value = JsonSerializer.Serialize(pairing with { Tries = pairing.Tries + 1 }, FactWriter.Json);
                return;
            }

            var token = Secrets.NewToken();
            var id = $"K{await context.Kiosks.CountAsync(cancellationToken) + 1}";
            context.Settings.Remove(setting!);
            context.Kiosks.Add(new KioskRow { Id = id, Name = request.Name.Trim() is { Length: > 0 } name ? name : "Front desk", TokenHash = Secrets.Hash(token), PairedAt = clock.GetUtcNow() });
            answer = new PairAnswer(id, token, directory.Current.Production?.WorkingTitle ?? "");
        }, cancellationToken);
        return answer ?? throw new OfficeProblem(403, "pairing-refused", "This pairing code is wrong, used or older than 10 minutes.", "Make a new one under Settings on the board, or with 'office kiosk pair'.");
    }

    /// <summary>The desk a token belongs to; null when it belongs to none or was revoked.</summary>
    public async Task<KioskRow?> FindByTokenAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        await using var context = await store.ReadAsync(cancellationToken);
        return await context.Kiosks.FirstOrDefaultAsync(k => k.TokenHash == hash && k.RevokedAt == null, cancellationToken);
    }

    /// <summary>Takes an ordered batch over: each record once, whatever is replayed. Answered when it is durable.</summary>
    public async Task<EventBatchAnswer> TakeAsync(KioskRow kiosk, EventBatch batch, CancellationToken cancellationToken)
    {
        var results = new List<EventResult>();
        await store.WriteAsync(async context =>
        {
            results.Clear();
            foreach (var record in batch.Events)
                results.Add(await TakeAsync(context, kiosk, record, cancellationToken));
            if (await context.Kiosks.FindAsync([kiosk.Id], cancellationToken) is { } row)
                row.LastSeenAt = clock.GetUtcNow();
        }, cancellationToken);
        return new EventBatchAnswer(results);
    }

    /// <summary>All a desk needs while the server is away; no deal terms.</summary>
    public async Task<ReferenceData> ReferenceAsync(CancellationToken cancellationToken)
    {
        var people = directory.Current;
        await using var context = await store.ReadAsync(cancellationToken);
        var presence = await context.Presence.ToDictionaryAsync(p => p.PersonId, cancellationToken);
        var waiting = await context.Deliveries
            .Where(d => d.State == "received" || d.State == "notified" || d.State == "unidentified")
            .OrderBy(d => d.ReceivedAt).ToListAsync(cancellationToken);
        var data = new ReferenceData(
            "", clock.GetUtcNow(), people.Production?.WorkingTitle ?? "",
            [.. people.People.Select(p => new ReferencePerson(
                p.Id, p.Name, p.DepartmentId, people.Department(p.DepartmentId)?.Name ?? "Cast",
                presence.TryGetValue(p.Id, out var here) && here.IsIn, presence.TryGetValue(p.Id, out var since) ? since.Since : null))],
            [.. people.Departments.Select(d => new ReferenceDepartment(d.Id, d.Name, d.Shelf))],
            [.. waiting.Select(d => new WaitingDelivery(
                d.Number, d.Tracking, d.Courier, d.From, d.PersonId, d.DepartmentId, d.Recipient, d.Pieces, d.Shelf, d.Perishable, d.SignatureRequired, d.ReceivedAt))]);
        var version = Secrets.Hash(JsonSerializer.Serialize(data with { At = default }, FactWriter.Json))[..16];
        return data with { Version = version };
    }

    private async Task<EventResult> TakeAsync(OfficeDbContext context, KioskRow kiosk, KioskEvent record, CancellationToken cancellationToken)
    {
        if (await context.KioskEvents.FindAsync([kiosk.Id, record.Seq], cancellationToken) is { } known)
            return known.Id == record.Id
                ? new EventResult(record.Seq, "duplicate", null)
                : new EventResult(record.Seq, "rejected", $"Number {record.Seq} of {kiosk.Id} already stands for another record. Was the desk's data copied to a second desk?");

        // A desk that was paired anew sends what it got no answer for under its new name.
        if (await context.KioskEvents.AnyAsync(e => e.Id == record.Id, cancellationToken))
            return new EventResult(record.Seq, "duplicate", null);

        string? refusal;
        try
        {
            refusal = record.Type switch
            {
                KioskEventTypes.DeliveryLogged => await LogAsync(context, record, cancellationToken),
                KioskEventTypes.DeliveryHandedOver => await HandOverAsync(context, record, cancellationToken),
                KioskEventTypes.CrewIn => await SeeAsync(context, kiosk, record, isIn: true, cancellationToken),
                KioskEventTypes.CrewOut => await SeeAsync(context, kiosk, record, isIn: false, cancellationToken),
                KioskEventTypes.Reversed => await ReverseAsync(context, kiosk, record, cancellationToken),
                _ => $"This office does not know records of type '{record.Type}'. Update the server.",
            };
        }
        catch (JsonException e)
        {
            refusal = $"The record cannot be read: {e.Message.Split(" Path:", 2)[0]}";
        }

        context.KioskEvents.Add(new KioskEventRow
        {
            Kiosk = kiosk.Id,
            Seq = record.Seq,
            Id = record.Id,
            At = record.At.ToUniversalTime(),
            ReceivedAt = clock.GetUtcNow(),
            Type = record.Type,
            Actor = record.Actor,
            Data = record.Data.ValueKind == JsonValueKind.Undefined ? "null" : record.Data.GetRawText(),
            Result = refusal is null ? "accepted" : "rejected",
            Reason = refusal,
        });
        // A later record of the batch may speak of this one.
        await context.SaveChangesAsync(cancellationToken);
        return new EventResult(record.Seq, refusal is null ? "accepted" : "rejected", refusal);
    }

    private async Task<string?> LogAsync(OfficeDbContext context, KioskEvent record, CancellationToken cancellationToken)
    {
        var d = Read<DeliveryLogged>(record);
        if (WhyUnsound(d) is { } unsound)
            return unsound;

        d = d with { Kind = d.Kind ?? "parcel", Condition = d.Condition ?? "good" };
        if (await context.Deliveries.FindAsync([d.Number], cancellationToken) is not null)
            return $"There already is a delivery {d.Number}.";

        var person = directory.Current.Person(d.PersonId);
        var department = directory.Current.Department(d.DepartmentId) ?? directory.Current.Department(person?.DepartmentId);
        var isKnown = person is not null || department is not null;
        var delivery = new Delivery(
            d.Number, d.Tracking, d.Courier, d.From, person?.Id, department?.Id, d.Recipient, d.Pieces, d.Kind, d.Condition, d.Perishable, d.SignatureRequired,
            d.Shelf, d.Note, isKnown ? "received" : "unidentified", record.At.ToUniversalTime(), record.Actor, null, null, null, null);
        context.Deliveries.Add(delivery);
        if (isKnown)
            Announce(context, record.Id, delivery);
        return null;
    }

    /// <summary>What keeps a delivery from being kept; such a record is put aside, so that those behind it go on.</summary>
    private static string? WhyUnsound(DeliveryLogged d) =>
        string.IsNullOrWhiteSpace(d.Number) || d.Number.Length > 40 ? "A delivery needs its number, at most 40 characters."
        : string.IsNullOrWhiteSpace(d.Recipient) || d.Recipient.Length > 300 ? "A delivery needs who it is for, at most 300 characters."
        : d.Pieces < 1 ? "A delivery has at least one piece."
        : null;

    /// <summary>Starts what starts on a logged parcel.</summary>
    public void Announce(OfficeDbContext context, string eventId, Delivery delivery)
    {
        var person = directory.Current.Person(delivery.PersonId);
        Send(context, eventId, DeliveryLoggedTrigger.Stimulus, Value.Undefined, OfficeValues.Fields(
            ("delivery", OfficeValues.From(delivery)),
            ("person", person is null ? Value.Null : HireTerms.PersonValue(person, directory.Current))));
    }

    private async Task<string?> HandOverAsync(OfficeDbContext context, KioskEvent record, CancellationToken cancellationToken)
    {
        var handed = Read<DeliveryHandedOver>(record);
        if (handed.Numbers is not { Count: > 0 } || handed.Numbers.Any(string.IsNullOrWhiteSpace) || string.IsNullOrWhiteSpace(handed.Collector))
            return "A hand-over needs the numbers of the parcels and who collects them.";

        foreach (var number in handed.Numbers)
        {
            // Two desks may hand over the same parcel: the first stands, the second is kept with the record.
            if (await context.Deliveries.FindAsync([number], cancellationToken) is not { IsWaiting: true } delivery)
                continue;

            context.Entry(delivery).CurrentValues.SetValues(delivery with { State = "pickedUp", HandedAt = record.At.ToUniversalTime(), HandedTo = handed.Collector });
            Send(context, $"{record.Id}:{number}", WaitForPickup.Stimulus, WaitForPickup.Payload(number), OfficeValues.From(handed));
        }

        return null;
    }

    private async Task<string?> SeeAsync(OfficeDbContext context, KioskRow kiosk, KioskEvent record, bool isIn, CancellationToken cancellationToken)
    {
        var seen = Read<CrewSeen>(record);
        if (directory.Current.Person(seen.PersonId) is null)
            return $"There is nobody with the id {seen.PersonId} ({seen.Name}) in the directory.";

        if (await context.Presence.FindAsync([seen.PersonId], cancellationToken) is not { } presence)
        {
            presence = new PresenceRow { PersonId = seen.PersonId };
            context.Presence.Add(presence);
        }

        presence.IsIn = isIn;
        presence.Since = record.At.ToUniversalTime();
        presence.Kiosk = kiosk.Id;
        if (isIn)
            Send(context, record.Id, WaitForArrival.Stimulus, WaitForArrival.Payload(seen.PersonId), OfficeValues.From(seen));
        return null;
    }

    private async Task<string?> ReverseAsync(OfficeDbContext context, KioskRow kiosk, KioskEvent record, CancellationToken cancellationToken)
    {
        var reversal = Read<EventReversed>(record);
        var original = await context.KioskEvents.FirstOrDefaultAsync(e => e.Kiosk == kiosk.Id && e.Id == reversal.EventId, cancellationToken);
        if (original is null || original.Result != "accepted")
            return "What is to be taken back never arrived here.";

        switch (original.Type)
        {
            case KioskEventTypes.DeliveryLogged:
                var logged = JsonSerializer.Deserialize<DeliveryLogged>(original.Data, FactWriter.Json)!;
                if (await context.Deliveries.FindAsync([logged.Number], cancellationToken) is { IsWaiting: true } parcel)
                {
                    context.Entry(parcel).CurrentValues.SetValues(parcel with { State = "takenBack" });
                    Send(context, record.Id, WaitForPickup.Stimulus, WaitForPickup.Payload(logged.Number), OfficeValues.Fields(("takenBack", Value.True), ("reason", Value.From(reversal.Reason))));
                }

                break;
            case KioskEventTypes.DeliveryHandedOver:
                var handed = JsonSerializer.Deserialize<DeliveryHandedOver>(original.Data, FactWriter.Json)!;
                foreach (var number in handed.Numbers)
                {
                    if (await context.Deliveries.FindAsync([number], cancellationToken) is not { State: "pickedUp" } delivery || delivery.HandedTo != handed.Collector)
                        continue;

                    var back = delivery with { State = "received", HandedAt = null, HandedTo = null };
                    context.Entry(delivery).CurrentValues.SetValues(back);
                    Announce(context, $"{record.Id}:{number}", back);
                }

                break;
            case KioskEventTypes.CrewIn or KioskEventTypes.CrewOut:
                var seen = JsonSerializer.Deserialize<CrewSeen>(original.Data, FactWriter.Json)!;
                if (await context.Presence.FindAsync([seen.PersonId], cancellationToken) is { } presence)
                    presence.IsIn = original.Type == KioskEventTypes.CrewOut;
                // What waits for the arrival and has not heard of it yet never does.
                await context.Work.Where(w => w.Id == WorkId(original.Id, WaitForArrival.Stimulus)).ExecuteDeleteAsync(cancellationToken);
                break;
        }

        return null;
    }

    private void Send(OfficeDbContext context, string eventId, string stimulus, Value payload, Value input) => context.Work.Add(new WorkItem(
        WorkId(eventId, stimulus), "event", null, null, clock.GetUtcNow(),
        OfficeValues.Fields(("name", Value.From(stimulus)), ("stimulus", payload), ("input", input)).ToJson()));

    private static string WorkId(string eventId, string stimulus) => $"kiosk:{eventId}:{stimulus}";

    private Task SaveAsync(Pairing pairing, CancellationToken cancellationToken) => store.WriteAsync(async context =>
    {
        var json = JsonSerializer.Serialize(pairing, FactWriter.Json);
        if (await context.Settings.FindAsync([CodeSetting], cancellationToken) is { } setting)
            setting.Value = json;
        else
            context.Settings.Add(new SettingRow { Key = CodeSetting, Value = json });
    }, cancellationToken);

    private static T Read<T>(KioskEvent record) => record.Data.ValueKind == JsonValueKind.Object && record.Data.Deserialize<T>(FactWriter.Json) is { } data
        ? data
        : throw new JsonException("it holds no fields.");

    private sealed record Pairing(string CodeHash, DateTimeOffset ExpiresAt, int Tries);
}
