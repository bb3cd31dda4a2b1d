using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Api.Elsa;

/// <summary>Reads the JSON object of a request: definitions are larger and deeper than other bodies, and none of their fields is unknown.</summary>
internal static class ElsaBody
{
    public const int Largest = 10 * 1024 * 1024;
    private static readonly JsonDocumentOptions Deep = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <summary>The object sent; an empty one when nothing was sent.</summary>
    /// <exception cref="OfficeProblem">It is no JSON, no object, or too large.</exception>
    public static async Task<JsonObject> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentLength is 0 || (request.ContentLength is null && !request.HasJsonContentType()))
            return [];
        if (!request.HasJsonContentType())
            throw new OfficeProblem(415, "not-json", $"The body is '{request.ContentType}'.", "Send it with Content-Type: application/json.");
        if (request.ContentLength > Largest)
            throw TooLarge();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Largest;
        return await ParseAsync(request.Body, http.RequestAborted);
    }

    /// <summary>The object in a stream, for example an uploaded file.</summary>
    public static async Task<JsonObject> ParseAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(stream, documentOptions: Deep, cancellationToken: cancellationToken) as JsonObject
                ?? throw new OfficeProblem(400, "json-unreadable", "The body is no JSON object.", "Nothing was changed.");
        }
        catch (JsonException e)
        {
            throw ApiBody.Unreadable(e);
        }
    }

    private static OfficeProblem TooLarge() => new(413, "too-large", "The request is larger than 10 MB.", "Send less at once. Nothing was changed.");
}
