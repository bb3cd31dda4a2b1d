using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa;

/// <summary>Lists of ids in the bodies of bulk actions.</summary>
internal static class ElsaBulk
{
    public static IReadOnlyList<string> Texts(JsonObject body, string name) => [.. ElsaJson.Items(body[name]).Select(i => ElsaJson.Text(i)).OfType<string>().Where(t => t.Length > 0).Distinct()];
}
