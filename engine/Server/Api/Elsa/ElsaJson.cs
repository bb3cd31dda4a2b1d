using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ProductionOffice.Server.Api.Elsa;

/// <summary>Elsa's spelling: camelCase, enums as words, lists as <c>{items,count}</c> and pages as <c>{items,totalCount}</c>.</summary>
internal static class ElsaJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256,
        Converters = { new JsonStringEnumConverter() },
    };

    public static IResult Answer<T>(T body) => TypedResults.Json(body, Options);

    public static IResult List<T>(IReadOnlyCollection<T> items) => Answer(new { Items = items, items.Count });

    public static IResult Paged<T>(IReadOnlyCollection<T> items, int totalCount) => Answer(new { Items = items, TotalCount = totalCount });

    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool IsTrue(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static int? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;

    /// <summary>A list as is, or the <c>$values</c> of a reference-preserving serialiser.</summary>
    public static JsonArray Items(JsonNode? node) => node as JsonArray ?? (node as JsonObject)?["$values"] as JsonArray ?? [];
}
