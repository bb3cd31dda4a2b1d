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
    public static string ForPeople(JsonNode? node) => Moment(node)?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? Of(node);

    /// <summary>As <see cref="ForPeople"/>, moments as short as a column wants them.</summary>
    public static string ForColumn(JsonNode? node) => Moment(node)?.ToString("d MMM HH:mm", CultureInfo.InvariantCulture) ?? Of(node);

    private static DateTimeOffset? Moment(JsonNode? node) =>
        Of(node) is [_, _, _, _, '-', _, _, '-', _, _, 'T', ..] text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToLocalTime() : null;

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
