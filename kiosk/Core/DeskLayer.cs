using System.Collections.Immutable;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core;

/// <summary>Lays the desk's own records over the server's list.</summary>
internal sealed class DeskLayer
{
    private readonly Dictionary<string, WaitingDelivery> _waiting = [];
    private readonly ImmutableDictionary<string, Presence>.Builder _presences = ImmutableDictionary.CreateBuilder<string, Presence>();
    private readonly ImmutableDictionary<string, WaitingDelivery>.Builder _known;

    public DeskLayer(ReferenceData? reference, ImmutableDictionary<string, WaitingDelivery> known)
    {
        _known = known.ToBuilder();
        foreach (var parcel in reference?.Waiting ?? [])
            _known[parcel.Number] = _waiting[parcel.Number] = parcel;
        foreach (var person in reference?.People ?? [])
            _presences[person.Id] = new Presence(person.In, person.Since);
    }

    public ImmutableArray<WaitingDelivery> Waiting => [.. _waiting.Values.OrderBy(w => w.At).ThenBy(w => w.Number, StringComparer.Ordinal)];

    public ImmutableDictionary<string, Presence> Presences => _presences.ToImmutable();

    public ImmutableDictionary<string, WaitingDelivery> Known => _known.ToImmutable();

    public void Remember(DeskEvent e, DeliveryLogged logged) => _known[logged.Number] = ToWaiting(e, logged);

    public void Apply(DeskEvent e, ImmutableList<DeskEvent> all)
    {
        switch (e.Data)
        {
            case DeliveryLogged logged:
                _known[logged.Number] = _waiting[logged.Number] = ToWaiting(e, logged);
                break;
            case DeliveryHandedOver handed:
                foreach (var number in handed.Numbers)
                    _waiting.Remove(number);
                break;
            case CrewSeen seen:
                _presences[seen.PersonId] = new Presence(e.Type == KioskEventTypes.CrewIn, e.At);
                break;
            case EventReversed reversed:
                TakeBack(all.FindLast(o => o.Id == reversed.EventId), all);
                break;
        }
    }

    private void TakeBack(DeskEvent? target, ImmutableList<DeskEvent> all)
    {
        switch (target?.Data)
        {
            case DeliveryLogged logged:
                _waiting.Remove(logged.Number);
                break;
            case DeliveryHandedOver handed:
                foreach (var number in handed.Numbers)
                {
                    if (_known.TryGetValue(number, out var parcel))
                        _waiting[number] = parcel;
                }

                break;
            case CrewSeen seen:
                var before = all.FindLast(o => o.Seq < target.Seq && o.Data is CrewSeen other && other.PersonId == seen.PersonId);
                _presences[seen.PersonId] = new Presence(target.Type == KioskEventTypes.CrewOut, before?.At);
                break;
        }
    }

    private static WaitingDelivery ToWaiting(DeskEvent e, DeliveryLogged d) =>
        new(d.Number, d.Tracking, d.Courier, d.From, d.PersonId, d.DepartmentId, d.Recipient, d.Pieces, d.Shelf, d.Perishable, d.SignatureRequired, e.At);
}
