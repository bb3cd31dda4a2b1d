using System.Globalization;

namespace ProductionOffice.Server.Drawings;

/// <summary>Draws a flow: its steps where the designer has them, closer together, or laid out when nobody has drawn them, and the ways between them.</summary>
internal static class FlowDrawer
{
    public const double BoxWidth = 150;
    public const double BoxHeight = 44;
    private const double Margin = 16;
    private const double ScaleX = 0.84;
    private const double ScaleY = 0.72;
    private const double WidestGap = 96;
    private const int LineLength = 20;

    /// <param name="map">The flow.</param>
    /// <param name="tone">How far a run is with a step.</param>
    /// <param name="isTaken">Whether a run went from one step to another.</param>
    /// <param name="here">The step that waits first; null when none does.</param>
    public static Drawing Draw(FlowMap map, Func<string, string> tone, Func<string, string, bool> isTaken, string? here)
    {
        var places = Places(map);
        var boxes = map.Steps.Select(s => new DrawnBox(s.Id, s.Name, places[s.Id].X, places[s.Id].Y, Words(s.Name), KindOf(s.Type), tone(s.Id), s.Id == here)).ToList();
        var lines = map.Ways.GroupBy(w => (w.From, w.To)).Select(g => Line(
            places[g.Key.From], places[g.Key.To], Label(g.Select(w => w.Port)), isTaken(g.Key.From, g.Key.To), [.. places.Where(p => p.Key != g.Key.From && p.Key != g.Key.To).Select(p => p.Value)])).ToList();
        return new Drawing(
            boxes.Count == 0 ? BoxWidth : boxes.Max(b => b.X) + BoxWidth + Margin,
            boxes.Count == 0 ? BoxHeight : boxes.Max(b => b.Y) + BoxHeight + Margin + 40,
            boxes, [.. lines.OrderBy(l => l.IsTaken)]);
    }

    private static Dictionary<string, (double X, double Y)> Places(FlowMap map)
    {
        var drawn = map.Steps.All(s => s.X is not null && s.Y is not null) && map.Steps.DistinctBy(s => (s.X, s.Y)).Count() == map.Steps.Count;
        if (!drawn)
            return FlowLayout.Of(map).ToDictionary(p => p.Key, p => (Margin + (p.Value.Column * (BoxWidth + WidestGap)), Margin + 24 + (p.Value.Row * (BoxHeight + 34))), StringComparer.Ordinal);

        var (columns, rows) = (Closer(map.Steps.Select(s => s.X!.Value), ScaleX, BoxWidth + WidestGap), Closer(map.Steps.Select(s => s.Y!.Value), ScaleY, WidestGap));
        return map.Steps.ToDictionary(s => s.Id, s => (Margin + columns[s.X!.Value], Margin + 24 + rows[s.Y!.Value]), StringComparer.Ordinal);
    }

    /// <summary>The same order with smaller gaps, none wider than needed.</summary>
    private static Dictionary<double, double> Closer(IEnumerable<double> places, double scale, double widest)
    {
        var closer = new Dictionary<double, double>();
        var (before, at) = (double.NaN, 0.0);
        foreach (var place in places.Distinct().Order())
        {
            at += double.IsNaN(before) ? 0 : Math.Min((place - before) * scale, widest);
            closer[place] = at;
            before = place;
        }

        return closer;
    }

    private static DrawnLine Line((double X, double Y) from, (double X, double Y) to, string? label, bool isTaken, List<(double X, double Y)> others)
    {
        var (middleFrom, middleTo) = (from.Y + (BoxHeight / 2), to.Y + (BoxHeight / 2));
        if (to.X >= from.X + BoxWidth)
        {
            var (x1, x2) = (from.X + BoxWidth, to.X);
            var bend = Math.Max(18, (x2 - x1) / 2);
            // A straight line must not run through the steps between.
            var bow = others.Any(o => o.X > from.X && o.X + BoxWidth <= to.X && Math.Abs(o.Y - from.Y) < BoxHeight && Math.Abs(from.Y - to.Y) < BoxHeight) ? -46 : 0;
            return new DrawnLine(
                bow == 0 ? Text($"M{x1:0.#} {middleFrom:0.#}C{x1 + bend:0.#} {middleFrom:0.#} {x2 - bend:0.#} {middleTo:0.#} {x2 - 7:0.#} {middleTo:0.#}")
                    : Text($"M{x1:0.#} {middleFrom:0.#}C{x1 + 20:0.#} {middleFrom + bow:0.#} {x2 - 20:0.#} {middleTo + bow:0.#} {x2 - 7:0.#} {middleTo:0.#}"),
                Text($"{x2:0.#},{middleTo:0.#} {x2 - 8:0.#},{middleTo - 4:0.#} {x2 - 8:0.#},{middleTo + 4:0.#}"), label, (x1 + x2) / 2, ((middleFrom + middleTo) / 2) + (bow * 0.75) - 4, isTaken);
        }

        var (centreFrom, centreTo) = (from.X + (BoxWidth / 2), to.X + (BoxWidth / 2));
        if (Math.Abs(centreFrom - centreTo) < BoxWidth / 2 && Math.Abs(from.Y - to.Y) >= BoxHeight)
        {
            var isDown = to.Y > from.Y;
            var (y1, y2) = isDown ? (from.Y + BoxHeight, to.Y) : (from.Y, to.Y + BoxHeight);
            var tip = isDown ? -7 : 7;
            return new DrawnLine(
                Text($"M{centreFrom:0.#} {y1:0.#}L{centreTo:0.#} {y2 + tip:0.#}"),
                Text($"{centreTo:0.#},{y2:0.#} {centreTo - 4:0.#},{y2 + tip:0.#} {centreTo + 4:0.#},{y2 + tip:0.#}"), label, (centreFrom + centreTo) / 2, ((y1 + y2) / 2) + 4, isTaken);
        }

        // Back: below both, up into the step it returns to.
        var (start, end) = (from.Y + BoxHeight, to.Y + BoxHeight);
        var deep = Math.Max(start, end) + 30;
        return new DrawnLine(
            Text($"M{centreFrom - 24:0.#} {start:0.#}C{centreFrom - 24:0.#} {deep:0.#} {centreTo + 24:0.#} {deep:0.#} {centreTo + 24:0.#} {end + 7:0.#}"),
            Text($"{centreTo + 24:0.#},{end:0.#} {centreTo + 20:0.#},{end + 8:0.#} {centreTo + 28:0.#},{end + 8:0.#}"), label, (centreFrom + centreTo) / 2, (deep * 0.75) + ((start + end) / 8) + 3, isTaken);
    }

    private static string? Label(IEnumerable<string> ports) =>
        string.Join(" / ", ports.Where(p => p is not ("Done" or "Out")).Select(p => p switch { "True" => "Yes", "False" => "No", _ => p }).Distinct()) is { Length: > 0 } label ? label : null;

    private static string KindOf(string type) => type switch
    {
        "Elsa.Finish" or "Elsa.End" or "Elsa.Complete" => "end",
        "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.FlowJoin" or "Elsa.FlowFork" => "choose",
        "Office.Notify" or "Elsa.SendEmail" => "tell",
        "Office.GenerateDocument" or "Office.UpdatePaperwork" => "file",
        "Office.RequestApproval" or "Office.Countersign" or "Office.ReviseTerms" or "Elsa.RunTask" => "ask",
        "Office.TakeRequest" or "Office.HireRequest" or "Office.DeliveryLogged" or "Elsa.Start" or "Elsa.Timer" or "Elsa.Cron" or "Elsa.HttpEndpoint" => "start",
        "Elsa.Delay" or "Elsa.Event" or "Office.WaitForSignature" or "Office.WaitForArrival" or "Office.WaitForPickup" => "wait",
        _ => "do",
    };

    private static List<string> Words(string name)
    {
        var lines = new List<string> { "" };
        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var joined = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (joined.Length <= LineLength || lines[^1].Length == 0)
                lines[^1] = joined;
            else
                lines.Add(word);
        }

        if (lines.Count > 2)
            lines = [lines[0], lines[1] + " …"];
        return [.. lines.Select(l => l.Length > LineLength + 2 ? l[..(LineLength + 1)] + "…" : l)];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
