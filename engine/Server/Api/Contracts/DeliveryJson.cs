using ProductionOffice.Office.Deliveries;

namespace ProductionOffice.Server.Api.Contracts;

/// <summary>A parcel as programs read it.</summary>
internal sealed record DeliveryJson(
    string Id, string Number, string? Tracking, string? Courier, string? From, string? PersonId, string? DepartmentId, string Recipient,
    int Pieces, string Kind, string Condition, bool Perishable, bool SignatureRequired, string? Shelf, string? Note,
    string State, string Word, bool IsWaiting, DateTimeOffset ReceivedAt, string? ReceivedBy, DateTimeOffset? NotifiedAt, DateTimeOffset? HandedAt, string? HandedTo, string? InstanceId)
{
    public static DeliveryJson Of(Delivery d) => new(
        d.Number, d.Number, d.Tracking, d.Courier, d.From, d.PersonId, d.DepartmentId, d.Recipient, d.Pieces, d.Kind, d.Condition, d.Perishable, d.SignatureRequired, d.Shelf, d.Note,
        d.State, d.StateWord, d.IsWaiting, d.ReceivedAt, d.ReceivedBy, d.NotifiedAt, d.HandedAt, d.HandedTo, d.InstanceId);
}
