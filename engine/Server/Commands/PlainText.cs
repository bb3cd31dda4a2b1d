using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>Values of an answer as words; what people typed cannot steer a terminal.</summary>
internal static class PlainText
{
    /// <summary>A field as text: empty for none, lists parted by commas.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "",
        JsonArray list => string.Join(", ", list.Select(Of)),
        JsonObject o => o["name"] is { } name ? Of(name) : o.ToJsonString(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => node.ToJsonString(),
        },
    };

    /// <summary>As <see cref="Of"/>, moments as local time to the minute.</summary>
    public static string ForPeople(JsonNode? node)
    {
        var text = Of(node);
        return text is [_, _, _, _, '-', _, _, '-', _, _, 'T', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : text;
    }

    /// <summary>Without line breaks and other control characters.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
            return text;

        var result = new StringBuilder(text.Length);
        foreach (var c in text)
            result.Append(char.IsControl(c) ? ' ' : c);
        return result.ToString();
    }
}
