using System.Globalization;

namespace ProductionOffice.Templates.Pictures;

/// <summary>Colours as SVG writes them.</summary>
internal static class SvgColors
{
    private const string Table =
        "black 000000 white FFFFFF red FF0000 green 008000 lime 00FF00 blue 0000FF yellow FFFF00 cyan 00FFFF aqua 00FFFF magenta FF00FF fuchsia FF00FF gray 808080 "
        + "grey 808080 silver C0C0C0 maroon 800000 olive 808000 navy 000080 purple 800080 teal 008080 orange FFA500 gold FFD700 brown A52A2A pink FFC0CB darkgray A9A9A9 "
        + "darkgrey A9A9A9 lightgray D3D3D3 lightgrey D3D3D3 darkblue 00008B darkred 8B0000 darkgreen 006400 crimson DC143C";

    private static readonly Dictionary<string, int> Named = Table.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    /// <summary>Red, green, blue; null for none and for what is no colour.</summary>
    public static int? Read(string text)
    {
        text = text.Trim();
        if (text.StartsWith('#') && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
        {
            return text.Length switch
            {
                4 => ((hex >> 8) & 0xF) * 0x110000 + ((hex >> 4) & 0xF) * 0x1100 + (hex & 0xF) * 0x11,
                7 => hex,
                9 => hex >> 8 & 0xFFFFFF,
                _ => null,
            };
        }

        if (text.StartsWith("rgb", StringComparison.OrdinalIgnoreCase) && text.IndexOf('(', StringComparison.Ordinal) is var open and > 0)
        {
            var parts = text[(open + 1)..].TrimEnd(')').Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
            var channels = parts.Take(3).Select(part => SvgPath.Numbers(part) is [var number, ..] ? (int)Math.Clamp(Math.Round(part.EndsWith('%') ? number * 2.55 : number), 0, 255) : 0).ToList();
            return channels.Count == 3 ? channels[0] << 16 | channels[1] << 8 | channels[2] : null;
        }

        return Named.TryGetValue(text, out var named) ? named : null;
    }
}
