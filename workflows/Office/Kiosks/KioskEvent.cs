using System.Text.Json;

namespace ProductionOffice.Office.Kiosks;

/// <summary>One act at a front desk as the kiosk journals it and the server takes it over; one JSON line.</summary>
/// <param name="V">Format of the record, now 1.</param>
/// <param name="Id">UUID version 7, made on the kiosk.</param>
/// <param name="Kiosk">The kiosk's id, for example <c>K1</c>.</param>
/// <param name="Seq">Running number of the kiosk, from 1 without gaps; with <paramref name="Kiosk"/> the key that makes a replay harmless.</param>
/// <param name="At">Wall clock of the kiosk with its offset.</param>
/// <param name="Mono">Milliseconds of a clock that never jumps, for durations.</param>
/// <param name="Actor">Who stood at the desk: a person's id, or <c>desk</c>.</param>
/// <param name="Type">One of <see cref="KioskEventTypes"/>.</param>
/// <param name="Data">The record of that type: <see cref="DeliveryLogged"/>, <see cref="DeliveryHandedOver"/>, <see cref="CrewSeen"/>, <see cref="EventReversed"/>.</param>
/// <param name="Crc">CRC-32 of the line written with this field 0; 0 on the wire.</param>
public sealed record KioskEvent(int V, string Id, string Kiosk, long Seq, DateTimeOffset At, long Mono, string Actor, string Type, JsonElement Data, uint Crc);

/// <summary>What can happen at a front desk.</summary>
public static class KioskEventTypes
{
    /// <summary>A parcel was taken in.</summary>
    public const string DeliveryLogged = "delivery.logged";

    /// <summary>Parcels were handed to somebody.</summary>
    public const string DeliveryHandedOver = "delivery.handedOver";

    /// <summary>A crew member came in.</summary>
    public const string CrewIn = "crew.in";

    /// <summary>A crew member left.</summary>
    public const string CrewOut = "crew.out";

    /// <summary>An earlier act is taken back.</summary>
    public const string Reversed = "event.reversed";
}

/// <summary>A parcel taken in.</summary>
/// <param name="Number">Own number, for example <c>K1-0422</c>; never changes, also when made offline.</param>
/// <param name="Tracking">Carrier's number; null for hand deliveries.</param>
/// <param name="Courier">Carrier's name; null when unknown.</param>
/// <param name="From">Sender in words.</param>
/// <param name="PersonId">Recipient of the directory; null when for a department or unknown.</param>
/// <param name="DepartmentId">Recipient's department; null when unknown.</param>
/// <param name="Recipient">The recipient as typed or picked.</param>
/// <param name="Pieces">From 1.</param>
/// <param name="Kind">parcel, envelope, media, gear, food.</param>
/// <param name="Condition">good, damaged, open, wet.</param>
/// <param name="Perishable">Needs a fridge or a quick hand-over.</param>
/// <param name="SignatureRequired">Only against a full-name signature.</param>
/// <param name="Shelf">Where it lies.</param>
/// <param name="Note">Free words; null when none.</param>
public sealed record DeliveryLogged(
    string Number, string? Tracking, string? Courier, string? From, string? PersonId, string? DepartmentId, string Recipient,
    int Pieces, string Kind, string Condition, bool Perishable, bool SignatureRequired, string? Shelf, string? Note);

/// <summary>Parcels handed over.</summary>
/// <param name="Numbers">Own numbers of the parcels.</param>
/// <param name="PersonId">Who collects, of the directory; null for an outsider.</param>
/// <param name="Collector">Name of who collects.</param>
/// <param name="Initials">Initials given at the desk.</param>
/// <param name="SignedName">Full name typed as signature; null when not needed.</param>
/// <param name="OnBehalfOf">For whom, when not for oneself.</param>
public sealed record DeliveryHandedOver(IReadOnlyList<string> Numbers, string? PersonId, string Collector, string Initials, string? SignedName, string? OnBehalfOf);

/// <summary>A crew or cast member came in or left.</summary>
/// <param name="PersonId">Id of the directory.</param>
/// <param name="Name">Name as shown.</param>
public sealed record CrewSeen(string PersonId, string Name);

/// <summary>An earlier act is taken back; nothing is overwritten.</summary>
/// <param name="EventId">Id of the act taken back.</param>
/// <param name="Reason">Why, in words; null within the undo time.</param>
public sealed record EventReversed(string EventId, string? Reason);
