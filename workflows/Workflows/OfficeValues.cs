using System.Text.Json;
using ProductionOffice.Expressions;

namespace ProductionOffice.Workflows;

/// <summary>Carries office records into the values of a workflow and back; field names are camelCase.</summary>
public static class OfficeValues
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>A record as a workflow value.</summary>
    public static Value From<T>(T record) => Value.FromJson(JsonSerializer.SerializeToElement(record, Options));

    /// <summary>A workflow value as a record; null when it holds nothing.</summary>
    /// <exception cref="JsonException">The value has another shape.</exception>
    public static T? To<T>(Value value) => value.IsNullish ? default : JsonSerializer.Deserialize<T>(value.ToJson(), Options);

    /// <summary>An object of named values.</summary>
    public static Value Fields(params ReadOnlySpan<(string Name, Value Value)> fields)
    {
        var result = new ObjectValue();
        foreach (var (name, value) in fields)
            result.Set(name, value);
        return Value.From(result);
    }

    /// <summary>A moment as ISO 8601 text in UTC.</summary>
    public static Value Moment(DateTimeOffset at) => Value.From(at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
