using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board.Workflows;

/// <summary>Short ways to do over the pages what a UPM does there.</summary>
internal static partial class Keeping
{
    /// <summary>Makes a workflow of the gallery; gives its id.</summary>
    public static async Task<string> MakeAsync(this BoardClient client, string from, string name)
    {
        using var made = await client.PostAsync($"/workflows/new/{from}", $"/workflows/new/{from}", ("name", name));
        made.StatusCode.ShouldBe(HttpStatusCode.Found);
        return made.Headers.Location!.OriginalString.Split('/')[^1];
    }

    /// <summary>Publishes what waits, as the page at the moment shows it.</summary>
    public static async Task<HttpResponseMessage> PublishAsync(this BoardClient client, string id, params (string Name, string Value)[] fields)
    {
        var page = await client.ReadAsync($"/workflows/{id}/publish");
        return await client.PostAsync($"/workflows/{id}/publish", $"/workflows/{id}/publish", [("revision", Revision().Match(page).Groups[1].Value), .. fields]);
    }

    /// <summary>Makes a workflow of the gallery and publishes it.</summary>
    public static async Task<string> MakeLiveAsync(this BoardClient client, string from, string name)
    {
        var id = await client.MakeAsync(from, name);
        using var published = await client.PublishAsync(id);
        published.StatusCode.ShouldBe(HttpStatusCode.Found);
        return id;
    }

    /// <summary>Starts a simple approval; gives the id of the instance.</summary>
    public static async Task<string> StartAsync(this BoardClient client, string id, string subject)
    {
        using var started = await client.PostAsync($"/start/{id}", $"/start/{id}", ("in.subject", subject), ("key", Guid.NewGuid().ToString("N")));
        started.StatusCode.ShouldBe(HttpStatusCode.Found);
        return started.Headers.Location!.OriginalString.Split('/', '?')[2];
    }

    /// <summary>Saves a change as the designer does.</summary>
    public static async Task ChangeAsync(this BoardOffice office, string id, Action<JsonObject> change)
    {
        var runtime = office.Services.GetRequiredService<WorkflowRuntime>();
        var json = JsonNode.Parse((await runtime.ListVersionsAsync(id))[0].Json)!.AsObject();
        change(json);
        await runtime.SaveDefinitionAsync(json.ToJsonString());
    }

    public static JsonObject Step(this JsonObject definition, string id) => definition["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == id)!.AsObject();

    [GeneratedRegex("name=\"revision\" value=\"([^\"]+)\"")]
    private static partial Regex Revision();
}
