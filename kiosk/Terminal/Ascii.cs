namespace ProductionOffice.Kiosk.Terminal;

/// <summary>One string for each common character, so that a frame makes none.</summary>
internal static class Ascii
{
    private static readonly string?[] Singles = new string?[0x2600];

    public static string Of(int character) => Singles[character] ??= ((char)character).ToString();

    /// <summary>The grapheme as a string, from the table where possible.</summary>
    public static string Of(ReadOnlySpan<char> grapheme) => grapheme.Length == 1 && grapheme[0] < Singles.Length ? Of(grapheme[0]) : grapheme.ToString();
}
