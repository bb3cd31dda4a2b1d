namespace ProductionOffice.Office.Deliveries;

/// <summary>A parcel and where it stands; what happened to it is its chain of custody.</summary>
/// <param name="Number">Own number, for example <c>K1-0422</c>.</param>
/// <param name="Tracking">Carrier's number; null for hand deliveries.</param>
/// <param name="Courier">Carrier; null when unknown.</param>
/// <param name="From">Sender in words; null when unknown.</param>
/// <param name="PersonId">Recipient; null when for a department or unknown.</param>
/// <param name="DepartmentId">Recipient's department; null when unknown.</param>
/// <param name="Recipient">As written on the log.</param>
/// <param name="Pieces">From 1.</param>
/// <param name="Kind">parcel, envelope, media, gear, food.</param>
/// <param name="Condition">good, damaged, open, wet.</param>
/// <param name="Perishable">Needs a fridge or a quick hand-over.</param>
/// <param name="SignatureRequired">Only against a signature.</param>
/// <param name="Shelf">Where it lies; null when unknown.</param>
/// <param name="Note">Free words; null when none.</param>
/// <param name="State">received, unidentified, notified, pickedUp, refused, returnedToSender, takenBack.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="ReceivedBy">Person id or desk; null when unknown.</param>
/// <param name="NotifiedAt">UTC; null when nobody was told yet.</param>
/// <param name="HandedAt">UTC; null while it waits.</param>
/// <param name="HandedTo">Who took it; null while it waits.</param>
/// <param name="InstanceId">The workflow that looks after it; null when none.</param>
public sealed record Delivery(
    string Number, string? Tracking, string? Courier, string? From, string? PersonId, string? DepartmentId, string Recipient,
    int Pieces, string Kind, string Condition, bool Perishable, bool SignatureRequired, string? Shelf, string? Note,
    string State, DateTimeOffset ReceivedAt, string? ReceivedBy, DateTimeOffset? NotifiedAt, DateTimeOffset? HandedAt, string? HandedTo, string? InstanceId)
{
    /// <summary>Whether somebody still has to fetch it.</summary>
    public bool IsWaiting => State is "received" or "unidentified" or "notified";

    /// <summary>The state as coordinators read it.</summary>
    public string StateWord => State switch
    {
        "received" => "Waiting",
        "notified" => "Waiting, told",
        "unidentified" => "Waiting: who is this for?",
        "pickedUp" => "Handed over",
        "refused" => "Refused",
        "returnedToSender" => "Returned",
        "takenBack" => "Taken back (logged in error)",
        _ => State,
    };
}
