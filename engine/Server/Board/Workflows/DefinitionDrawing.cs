using System.Globalization;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>A step in a small picture of a workflow.</summary>
/// <param name="Lines">The label in at most two lines.</param>
/// <param name="Kind">start, ask, wait, tell, file, choose or end: the shape's class.</param>
public sealed record DrawnBox(string Id, string Label, IReadOnlyList<string> Lines, string Kind, int X, int Y);

/// <summary>A connection in it.</summary>
/// <param name="Path">SVG path.</param>
/// <param name="Outcome">What leads there; empty when there is only one way.</param>
/// <param name="GoesBack">Whether it leads back to an earlier step.</param>
/// <param name="Anchor">Which end of the outcome's text stands at its place: start or end.</param>
public sealed record DrawnLine(string Path, string Outcome, int LabelX, int LabelY, bool GoesBack, string Anchor = "start");

/// <summary>A small picture of a workflow: its steps in the columns and rows they are drawn in, pushed together.</summary>
public sealed record DefinitionDrawing(IReadOnlyList<DrawnBox> Boxes, IReadOnlyList<DrawnLine> Lines, int Width, int Height)
{
    public const int BoxWidth = 128;
    public const int BoxHeight = 42;
    private const int RowHeight = 66;
    private const int Margin = 6;
    private const int LineLength = 20;

    /// <summary>The picture of a definition; without boxes when its root is no flowchart.</summary>
    public static DefinitionDrawing Of(string json)
    {
        var root = JsonNode.Parse(json)?["root"] as JsonObject;
        var steps = (root?["activities"] as JsonArray ?? []).OfType<JsonObject>().Select(a => (Json: a, X: Position(a, "x"), Y: Position(a, "y"))).ToList();
        var (columns, rows) = (Ranks(steps.Select(s => s.X), 120), Ranks(steps.Select(s => s.Y), 50));
        var connections = (root?["connections"] as JsonArray ?? []).OfType<JsonObject>().ToList();

        // Wide enough between two columns for what most ways are called.
        var gap = 14 + 6 * Math.Clamp(connections.Select(c => Outcome(c).Length).DefaultIfEmpty(0).Max(), 5, 13);
        var boxes = steps.Select(s => Box(s.Json, columns[s.X] * (BoxWidth + gap), rows[s.Y] * RowHeight)).ToList();
        var byId = boxes.GroupBy(b => b.Id).ToDictionary(g => g.Key, g => g.First());
        var lines = connections
            .Select(c => (From: byId.GetValueOrDefault(End(c["source"]) ?? ""), To: byId.GetValueOrDefault(End(c["target"]) ?? ""), Outcome: Outcome(c))).Where(c => c.From is not null && c.To is not null)
            .GroupBy(c => (c.From, c.To)).Select(g => Line(g.Key.From!, g.Key.To!, string.Join(", ", g.Select(c => c.Outcome).Where(o => o.Length > 0))))
            .GroupBy(l => (l.LabelX, l.LabelY)).SelectMany(g => g.Select((line, index) => line with { LabelY = line.LabelY + 11 * index })).ToList();
        var below = lines.Exists(l => l.GoesBack) ? 24 : 0;
        return new DefinitionDrawing(boxes, lines, boxes.Select(b => b.X + BoxWidth).DefaultIfEmpty(0).Max() + Margin, boxes.Select(b => b.Y + BoxHeight).DefaultIfEmpty(0).Max() + Margin + below);
    }

    private static DrawnBox Box(JsonObject json, int x, int y)
    {
        var label = Text(json["metadata"]?["displayText"]) ?? Text(json["name"]) ?? Text(json["id"]) ?? "";
        return new DrawnBox(Text(json["id"]) ?? "", label, Broken(label), KindOf(Text(json["type"]) ?? ""), Margin + x, Margin + y);
    }

    private static DrawnLine Line(DrawnBox from, DrawnBox to, string outcome)
    {
        var (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + BoxHeight / 2, to.X, to.Y + BoxHeight / 2);
        if (from.X == to.X && from.Y != to.Y)
        {
            var middle = from.X + BoxWidth / 2;
            var (top, end) = to.Y > from.Y ? (from.Y + BoxHeight, to.Y) : (from.Y, to.Y + BoxHeight);
            return new DrawnLine(string.Create(CultureInfo.InvariantCulture, $"M{middle},{top} L{middle},{end}"), outcome, middle + 4, (top + end) / 2 + 4, false);
        }

        // Back to an earlier step: around below, so that it does not cross what lies between.
        if (x2 <= x1)
        {
            var below = Math.Max(from.Y, to.Y) + BoxHeight;
            return new DrawnLine(string.Create(CultureInfo.InvariantCulture, $"M{from.X + BoxWidth / 2},{from.Y + BoxHeight} C{from.X + BoxWidth / 2},{below + 22} {to.X + BoxWidth / 2},{below + 22} {to.X + BoxWidth / 2},{to.Y + BoxHeight}"), outcome, (from.X + to.X + BoxWidth) / 2, below + 16, true);
        }

        // A straight way is named where it leaves, one to another row where it arrives: there it crosses no other.
        var bend = Math.Max(16, (x2 - x1) / 2);
        var path = string.Create(CultureInfo.InvariantCulture, $"M{x1},{y1} C{x1 + bend},{y1} {x2 - bend},{y2} {x2},{y2}");
        return y1 == y2 ? new DrawnLine(path, outcome, x1 + 4, y1 - 5, false) : new DrawnLine(path, outcome, x2 - 8, y2 + (y2 > y1 ? 13 : -5), false, "end");
    }

    private static string Outcome(JsonObject connection) =>
        Text(connection["source"] is JsonObject source ? source["port"] : connection["sourcePort"]) switch { null or "Done" or "Out" => "", "True" => "Yes", "False" => "No", var port => port };

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

    /// <summary>Places that lie near each other get the same rank.</summary>
    private static Dictionary<double, int> Ranks(IEnumerable<double> places, double near)
    {
        var ranks = new Dictionary<double, int>();
        var (rank, last) = (-1, double.NegativeInfinity);
        foreach (var place in places.Distinct().Order())
        {
            if (place - last > near)
                (rank, last) = (rank + 1, place);
            ranks[place] = rank;
        }

        return ranks;
    }

    private static List<string> Broken(string label)
    {
        if (label.Length <= LineLength)
            return [label];

        var cut = label.LastIndexOf(' ', LineLength) is > 0 and var space ? space : LineLength;
        var rest = label[cut..].Trim();
        return [label[..cut].Trim(), rest.Length <= LineLength ? rest : rest[..(LineLength - 1)].TrimEnd() + "…"];
    }

    private static double Position(JsonObject activity, string axis) => activity["metadata"]?["designer"]?["position"]?[axis] is JsonValue value && value.TryGetValue(out double place) ? place : 0;

    private static string? End(JsonNode? end) => end is JsonObject named ? Text(named["activity"]) : Text(end);

    private static string? Text(JsonNode? json) => json is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
