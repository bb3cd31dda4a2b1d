using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProductionOffice.Expressions;

namespace ProductionOffice.Server.Effects.Web;

/// <summary>Bodies of web requests and answers: values of a workflow on one side, bytes with a content type on the other.</summary>
internal static class WebContent
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>The bytes of a value: text as it is, the rest as JSON, or as a form when that is asked for.</summary>
    /// <param name="content">What the workflow sends; null or undefined is no body.</param>
    /// <param name="contentType">As the workflow names it; null for what fits the value.</param>
    public static (byte[] Body, string ContentType) Write(Value content, string? contentType) => content.Kind switch
    {
        ValueKind.Undefined or ValueKind.Null => ([], contentType ?? "text/plain; charset=utf-8"),
        ValueKind.String => (Encoding.UTF8.GetBytes(content.AsString()), contentType ?? "text/plain; charset=utf-8"),
        ValueKind.Object when MediaType(contentType) == Form => (FormOf(content.AsObject()), contentType!),
        _ => (Encoding.UTF8.GetBytes(content.ToJson()), contentType ?? Json),
    };

    /// <summary>What a body says: JSON and forms as values, text as text, anything else as <c>{contentType, base64}</c>; no bytes are null.</summary>
    /// <exception cref="JsonException">It says that it is JSON, and is not.</exception>
    public static Value Read(byte[] body, string? contentType)
    {
        if (body.Length == 0)
            return Value.Null;

        var type = MediaType(contentType);
        if (type == Json || type.EndsWith("+json", StringComparison.Ordinal))
            return Value.ParseJson(EncodingOf(contentType).GetString(body).TrimStart('\uFEFF'));
        if (type == Form)
            return Fields(EncodingOf(contentType).GetString(body));
        if (type.Length == 0 || type.StartsWith("text/", StringComparison.Ordinal) || type is "application/xml" or "application/javascript" || type.EndsWith("+xml", StringComparison.Ordinal))
            return Value.From(EncodingOf(contentType).GetString(body));

        var other = new ObjectValue();
        other.Set("contentType", Value.From(type));
        other.Set("base64", Value.From(Convert.ToBase64String(body)));
        return Value.From(other);
    }

    private static Value Fields(string form)
    {
        var fields = new ObjectValue();
        foreach (var (name, values) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(form))
            fields.Set(name, Texts(values));
        return Value.From(fields);
    }

    /// <summary>One text, or a list of them when a name came more than once.</summary>
    public static Value Texts(IReadOnlyList<string?> values) =>
        values.Count == 1 ? Value.From(values[0] ?? "") : Value.From(new ListValue([.. values.Select(v => Value.From(v ?? ""))]));

    private static byte[] FormOf(ObjectValue fields) => Encoding.ASCII.GetBytes(string.Join('&', fields.Select(f =>
        $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value.IsNullish ? "" : f.Value.ToString())}")));

    private static string MediaType(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType!.ToLowerInvariant() : "";

    private static Encoding EncodingOf(string? contentType)
    {
        try
        {
            return MediaTypeHeaderValue.TryParse(contentType, out var parsed) && parsed.CharSet is { } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
