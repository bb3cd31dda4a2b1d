using ProductionOffice.Server.Board;

namespace ProductionOffice.Server.Studio;

/// <summary>Style and script of the page around the designer.</summary>
internal static class StudioAssets
{
    /// <summary>Address of the style sheet.</summary>
    public static string Style { get; } = BoardAssets.Load("studio.css", "text/css; charset=utf-8");

    /// <summary>Addresses of the scripts, in the order they run; each keeps its names to itself, for the designer's own scripts declare short ones.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
        [.. new[] { "page", "banner", "session", "saving", "conflict", "kept", "leaving", "hiding", "stage" }.Select(name => BoardAssets.Load($"studio.{name}.js", "text/javascript; charset=utf-8"))];
}
