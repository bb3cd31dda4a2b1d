using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary>Reads the JSON of a request: at most 1 MB, one value, no field twice, none unknown.</summary>
internal static class ApiBody
{
    private const int Largest = 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 32,
    };

    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly JsonSerializerOptions Lenient = new(Strict) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };

    /// <summary>The bytes of the body; read once, then remembered with the request.</summary>
    /// <exception cref="OfficeProblem">It is no JSON by its own word, or too large.</exception>
    public static async Task<byte[]> BytesAsync(HttpContext http)
    {
        if (http.Items[typeof(ApiBody)] is byte[] known)
            return known;

        var request = http.Request;
        if (request.ContentLength > Largest)
            throw TooLarge();
        if (request.ContentLength is not 0 && !request.HasJsonContentType())
            throw new OfficeProblem(415, "not-json", $"The body is '{request.ContentType}'.", "Send it with Content-Type: application/json.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Largest;

        using var buffer = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, http.RequestAborted) is > 0 and var count)
        {
            buffer.Write(part, 0, count);
            if (buffer.Length > Largest)
                throw TooLarge();
        }

        var bytes = buffer.ToArray();
        http.Items[typeof(ApiBody)] = bytes;
        return bytes;
    }

    /// <exception cref="OfficeProblem">It cannot be read as that; with line and column.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http) => Read<T>(await BytesAsync(http), Strict);

    /// <summary>As <see cref="ReadAsync{T}"/>; fields of newer programs are passed over.</summary>
    public static async Task<T> ReadLenientAsync<T>(HttpContext http) => Read<T>(await BytesAsync(http), Lenient);

    public static OfficeProblem TooLarge() => new(413, "too-large", "The request is larger than 1 MB.", "Send less at once. Nothing was changed.");

    public static OfficeProblem Unreadable(JsonException e)
    {
        var where = e.LineNumber is { } line ? $" (line {line + 1}, column {e.BytePositionInLine + 1}{(e.Path is { Length: > 1 } path ? $", at {path}" : "")})" : "";
        var what = e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "there is no such field"
            : e.Message.Contains("could not be converted", StringComparison.Ordinal) ? "a value of another kind is expected there"
            : e.Message.Split(" Path:", 2)[0].Split(" LineNumber:", 2)[0].TrimEnd('.');
        return new OfficeProblem(400, "json-unreadable", $"The body cannot be read{where}: {what}.", "Correct it and send it again. Nothing was changed.");
    }

    private static T Read<T>(byte[] body, JsonSerializerOptions options)
    {
        // No body means: nothing given.
        ReadOnlySpan<byte> json = body.Length == 0 ? "{}"u8 : body;
        try
        {
            // Free objects inside are read later, where a field that stands twice would be found too late.
            using var whole = JsonDocument.Parse(json.ToArray(), Once);
            if (json.IndexOf("\\u0000"u8) >= 0)
                NulGuard.Check(whole.RootElement, "$");
            return whole.Deserialize<T>(options) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>A query parameter that is <c>true</c> or nothing.</summary>
    public static bool Flag(HttpContext http, string name) => http.Request.Query[name].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        var other => throw new OfficeProblem(422, "parameter-unreadable", $"'{other}' is no value for {name}.", "Give true or false."),
    };

    /// <summary>A query parameter; null when it is not given.</summary>
    public static string? Text(HttpContext http, string name) => http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
