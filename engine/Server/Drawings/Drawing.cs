namespace ProductionOffice.Server.Drawings;

/// <summary>A drawing of a workflow.</summary>
public sealed record Drawing(double Width, double Height, IReadOnlyList<DrawnBox> Boxes, IReadOnlyList<DrawnLine> Lines)
{
    /// <summary>The drawing of a definition, of which nothing has run.</summary>
    public static Drawing Of(string json) => FlowDrawer.Draw(FlowMap.Of(json), _ => "none", (_, _) => false, null);
}

/// <summary>A step.</summary>
/// <param name="Id">Of the activity.</param>
/// <param name="Name">In full.</param>
/// <param name="Words">At most two lines of it.</param>
/// <param name="Kind">What it does: start, ask, wait, tell, file, choose, end or do.</param>
/// <param name="Tone">How far a run is with it: none, done, waiting or failed.</param>
/// <param name="IsHere">Whether it is the first one that waits.</param>
public sealed record DrawnBox(string Id, string Name, double X, double Y, IReadOnlyList<string> Words, string Kind, string Tone, bool IsHere)
{
    /// <summary>What the look of it means.</summary>
    public string State => Tone switch { "done" => "done", "waiting" => "waiting", "failed" => "failed", _ => "not reached" };
}

/// <summary>A way between two steps.</summary>
/// <param name="Path">As SVG says it.</param>
/// <param name="Head">Points of the arrow's head.</param>
/// <param name="Label">Outcomes that lead along it; null for the plain one.</param>
/// <param name="IsTaken">Whether the run went along it.</param>
public sealed record DrawnLine(string Path, string Head, string? Label, double LabelX, double LabelY, bool IsTaken);
