using System.Text.RegularExpressions;

namespace ProductionOffice.Server.Board.Shared;

/// <summary>Recipients as people read them.</summary>
internal static partial class Recipients
{
    /// <summary>The names out of <c>"Kei Ito" &lt;kei@example.com&gt;, …</c>; the text itself when it names nobody.</summary>
    public static string Names(string recipients) =>
        Quoted().Matches(recipients) is { Count: > 0 } names ? string.Join(", ", names.Select(m => m.Groups[1].Value)) : recipients;

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
