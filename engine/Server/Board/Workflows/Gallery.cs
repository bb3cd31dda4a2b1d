using System.Text.Json.Nodes;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Server.Hosting;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The ready starting points that travel with the program.</summary>
internal sealed class Gallery
{
    private readonly Lazy<IReadOnlyList<(GalleryLine Line, string Json)>> _entries = new(Read);

    public IReadOnlyList<GalleryLine> Lines => [.. _entries.Value.Select(e => e.Line)];

    /// <exception cref="OfficeProblem">There is none of that id.</exception>
    public (GalleryLine Line, string Json) Find(string id) => _entries.Value.FirstOrDefault(e => e.Line.Id == id) is { Line: not null } found ? found
        : throw OfficeProblem.NotFound("starting point", id, "Choose one from the list.");

    public static GalleryLine LineOf(string id, string json)
    {
        var definition = JsonNode.Parse(json)!;
        return new GalleryLine(id, (string?)definition["name"] ?? id, (string?)definition["description"] ?? "", (string?)definition["customProperties"]?["Office:Category"] ?? "", Drawing.Of(json));
    }

    /// <summary>Simple ones first.</summary>
    private static IReadOnlyList<(GalleryLine Line, string Json)> Read()
    {
        var folder = DataFolder.Shipped("gallery");
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(file => (File: file, Json: File.ReadAllText(file))).Select(f => (Line: LineOf(Path.GetFileNameWithoutExtension(f.File), f.Json), f.Json)).OrderBy(e => e.Line.Drawing.Boxes.Count)];
    }
}
