using System.Text.Json.Nodes;
using ProductionOffice.Server.Api.Elsa;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Calls as the Studio makes them.</summary>
internal static class ElsaClient
{
    public static Task<Reply> ElsaAsync(this HttpClient client, string path) => client.GetJsonAsync(ElsaApi.Root + path);

    public static Task<Reply> ElsaAsync(this HttpClient client, string path, JsonObject body) => client.PostJsonAsync(ElsaApi.Root + path, body);

    public static async Task<Reply> ElsaDeleteAsync(this HttpClient client, string path)
    {
        using var answer = await client.DeleteAsync(new Uri(ElsaApi.Root + path, UriKind.Relative));
        return new Reply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Saves a model as the editor does.</summary>
    public static Task<Reply> SaveAsync(this HttpClient client, JsonObject model, bool publish = false) =>
        client.ElsaAsync("/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish });

    /// <summary>The newest version as the editor gets it.</summary>
    public static async Task<JsonObject> OpenAsync(this HttpClient client, string definitionId)
    {
        var answer = await client.ElsaAsync($"/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest");
        answer.Status.ShouldBe(200, answer.Text);
        return (JsonObject)answer.Json;
    }

    /// <summary>What a save answered with.</summary>
    public static JsonObject Definition(this Reply reply)
    {
        reply.Status.ShouldBe(200, reply.Text);
        return (JsonObject)reply.Json["workflowDefinition"]!;
    }

    /// <summary>The sentences a refused save shows.</summary>
    public static IReadOnlyList<string> Errors(this Reply reply)
    {
        reply.Status.ShouldBe(400, reply.Text);
        return [.. reply.Json["errors"]!.AsObject().SelectMany(e => e.Value!.AsArray()).Select(e => (string)e!)];
    }

    public static JsonObject Step(this JsonObject definition, string id) =>
        definition["root"]!["activities"]!.AsArray().Select(a => (JsonObject)a!).First(a => (string?)a["id"] == id);

    public static string? Words(this JsonObject definition, string id) => (string?)definition.Step(id)["metadata"]?["displayText"];

    public static string? Revision(this JsonObject definition) => (string?)definition["customProperties"]!["revision"];
}
