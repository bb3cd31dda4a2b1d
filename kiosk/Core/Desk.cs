using System.Collections.Immutable;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core;

/// <summary>Whether a person is in, and since when.</summary>
internal readonly record struct Presence(bool In, DateTimeOffset? Since);

/// <summary>What the desk knows: the server's last list with its own records laid over it. Works the same with the server away.</summary>
internal sealed record Desk
{
    public ReferenceData? Reference { get; private init; }

    /// <summary>Own records up to this number are already in <see cref="Reference"/>.</summary>
    public long Through { get; private init; }

    public Roster Roster { get; private init; } = Roster.Empty;

    /// <summary>All records of the journal, oldest first.</summary>
    public ImmutableList<DeskEvent> Events { get; private init; } = [];

    /// <summary>Ids of records that were taken back.</summary>
    public ImmutableHashSet<string> Reversed { get; private init; } = [];

    /// <summary>Numbers of records the server refused: they do not count.</summary>
    public ImmutableHashSet<long> Held { get; private init; } = [];

    /// <summary>Parcels waiting, oldest first.</summary>
    public ImmutableArray<WaitingDelivery> Waiting { get; private init; } = [];

    public int InCount { get; private init; }

    private ImmutableDictionary<string, Presence> Presences { get; init; } = ImmutableDictionary<string, Presence>.Empty;

    // Parcels seen in this session, so that a hand-over of a list already gone can be taken back.
    private ImmutableDictionary<string, WaitingDelivery> Known { get; init; } = ImmutableDictionary<string, WaitingDelivery>.Empty;

    public Presence PresenceOf(string personId) => Presences.GetValueOrDefault(personId);

    public IEnumerable<DeskEvent> NewestFirst()
    {
        for (var i = Events.Count - 1; i >= 0; i--)
            yield return Events[i];
    }

    public WaitingDelivery? WaitingByCode(string code) => Waiting.FirstOrDefault(w =>
        string.Equals(w.Number, code, StringComparison.OrdinalIgnoreCase) || string.Equals(w.Tracking, code, StringComparison.OrdinalIgnoreCase));

    public Desk With(ReferenceData data, long through) => (this with { Reference = data, Through = through, Roster = new Roster(data) }).Lay();

    public Desk WithConfirmed(long through) => through == Through ? this : (this with { Through = through }).Lay();

    public Desk WithHeld(ImmutableHashSet<long> held) => held.SetEquals(Held) ? this : (this with { Held = held }).Lay();

    public Desk With(IEnumerable<DeskEvent> events)
    {
        var all = Events.AddRange(events);
        return (this with { Events = all, Reversed = [.. all.Select(e => (e.Data as EventReversed)?.EventId).OfType<string>()] }).Lay();
    }

    private Desk Lay()
    {
        var layer = new DeskLayer(Reference, Known);
        foreach (var e in Events)
        {
            if (e.Seq > Through && !Held.Contains(e.Seq))
                layer.Apply(e, Events);
            else if (e.Data is DeliveryLogged logged)
                layer.Remember(e, logged);
        }

        return this with
        {
            Waiting = layer.Waiting,
            Presences = layer.Presences,
            Known = layer.Known,
            InCount = layer.Presences.Count(p => p.Value.In),
        };
    }
}
