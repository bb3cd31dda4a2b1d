using System.Text;
using System.Text.Json;
using ProductionOffice.Expressions.Json;

namespace ProductionOffice.Expressions;

public readonly partial struct Value
{
    /// <summary>Reads a JSON text; dates stay texts.</summary>
    /// <exception cref="JsonException">The text is not JSON, or nested deeper than 1,000.</exception>
    public static Value ParseJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new JsonTextReader(json);
        return reader.TryRead(out var value) ? value : throw new JsonException(reader.Problem);
    }

    /// <summary>Reads a JSON text in UTF-8, with or without byte-order mark.</summary>
    /// <exception cref="JsonException">The text is not JSON, or nested deeper than 1,000.</exception>
    public static Value ParseJson(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            utf8 = utf8[3..];
        return ParseJson(Encoding.UTF8.GetString(utf8));
    }

    /// <summary>Takes over a parsed element; an absent one (<c>default</c>) gives undefined.</summary>
    public static Value FromJson(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null: return Null;
            case JsonValueKind.True: return True;
            case JsonValueKind.False: return False;
            case JsonValueKind.Number: return From(element.GetDouble());
            case JsonValueKind.String: return TextOf(element);
            case JsonValueKind.Array:
                var list = new ListValue(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                    list.Add(FromJson(item));
                return From(list);
            case JsonValueKind.Object:
                var fields = new ObjectValue();
                foreach (var field in element.EnumerateObject())
                    fields.Set(field.Name, FromJson(field.Value));
                return From(fields);
            default: return Undefined;
        }
    }

    /// <summary>The JSON text of JavaScript's <c>JSON.stringify</c>; what has none (undefined, functions, host objects) gives <c>null</c>.</summary>
    public string ToJson() => JsonTextWriter.Write(this) ?? "null";

    /// <summary>Writes the same JSON as <see cref="ToJson"/>.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(ToJson(), skipInputValidation: true);
    }

    // A JSON text may hold half a surrogate pair, which JsonElement refuses to hand out.
    private static Value TextOf(JsonElement element)
    {
        try
        {
            return From(element.GetString());
        }
        catch (InvalidOperationException)
        {
            return ParseJson(element.GetRawText());
        }
    }
}
