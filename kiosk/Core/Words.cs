using System.Globalization;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core;

/// <summary>How things are said on the screen.</summary>
internal static class Words
{
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } => Format($"{(int)age.TotalMinutes}m"),
        { TotalDays: < 2 } => Format($"{(int)age.TotalHours}h"),
        _ => Format($"{(int)age.TotalDays}d"),
    };

    public static string Day(DateTimeOffset at) => at.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time today, else the day with the time.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now)
    {
        var local = at.ToOffset(now.Offset);
        return local.ToString(local.Date == now.Date ? "HH:mm" : now - local < TimeSpan.FromDays(6) ? "ddd HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);
    }

    public static string Count(int count, string one, string many) => count == 1 ? "1 " + one : Format($"{count} {many}");

    /// <summary>Two words for the kind of a record.</summary>
    public static string Kind(DeskEvent e) => e.Type switch
    {
        KioskEventTypes.DeliveryLogged => "IN",
        KioskEventTypes.DeliveryHandedOver => "OUT",
        KioskEventTypes.CrewIn => "CREW+",
        KioskEventTypes.CrewOut => "CREW-",
        _ => "BACK",
    };

    /// <summary>A record in one line.</summary>
    public static string Line(DeskEvent e, Desk desk) => e.Data switch
    {
        DeliveryLogged d => Format($"{d.Number}  {What(d.Courier, d.Kind, d.Pieces)}{(d.From is null ? "" : ", " + d.From)} → {d.Recipient}{(d.Shelf is null ? "" : " (shelf " + d.Shelf + ")")}"),
        DeliveryHandedOver h => Format($"{Numbers(h.Numbers)} to {h.Collector}{(h.OnBehalfOf is null ? "" : " for " + h.OnBehalfOf)}, {(h.SignedName is null ? "initials " + h.Initials : "signed")}"),
        CrewSeen c => Format($"{c.Name} signed {(e.Type == KioskEventTypes.CrewIn ? "IN" : "OUT")}"),
        EventReversed r => "taken back: " + (desk.Events.FindLast(o => o.Id == r.EventId) is { Data: not EventReversed } target ? Line(target, desk) : r.EventId),
        _ => e.Type,
    };

    /// <summary>What was just saved, and what to do about it.</summary>
    public static string Saved(DeskEvent e, Desk desk) => e.Data switch
    {
        DeliveryLogged d => $"Saved {d.Number} for {d.Recipient}. Write the number on it.   Wrong? ^Z",
        DeliveryHandedOver h => $"Saved: {Numbers(h.Numbers)} handed to {h.Collector}.   Wrong? ^Z",
        CrewSeen c => $"{e.At.ToString("HH:mm", CultureInfo.InvariantCulture)}  {c.Name} signed {(e.Type == KioskEventTypes.CrewIn ? "IN" : "OUT")}.   Wrong? ^Z within 60 s",
        EventReversed r => "Taken back: " + (desk.Events.FindLast(o => o.Id == r.EventId) is { } target ? Line(target, desk) : "the last act"),
        _ => "Saved.",
    };

    public static string What(string? courier, string kind, int pieces) =>
        Format($"{courier ?? char.ToUpperInvariant(kind[0]) + kind[1..]}{(pieces == 1 ? "" : Format($" {pieces} pcs"))}");

    /// <summary>How a waiting parcel came.</summary>
    public static string What(WaitingDelivery w) => What(w.Courier, w.Tracking is null ? "by hand" : "courier?", w.Pieces);

    public static string Numbers(IReadOnlyList<string> numbers) => numbers.Count switch
    {
        0 => "nothing",
        <= 2 => string.Join(", ", numbers),
        _ => Format($"{numbers[0]} and {numbers.Count - 1} more"),
    };

    /// <summary>A carrier's number, short enough for a column.</summary>
    public static string Short(string tracking) => tracking.Length <= 10 ? tracking : tracking[..2] + ".." + tracking[^4..];

    public static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
