using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tests.Persistence;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Api;

/// <summary>The character NUL, which PostgreSQL cannot keep: refused on every store, before anything is done.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class NulTests(OfficeServer server) : IDisposable
{
    private readonly string _shared = Directory.CreateTempSubdirectory("office-shared-").FullName;

    public void Dispose() => Directory.Delete(_shared, recursive: true);

    [Fact]
    public async Task Text_with_a_NUL_is_refused_on_SQLite()
    {
        using var office = server.Client();
        await CheckAsync(office);
    }

    [PostgresFact]
    public async Task Text_with_a_NUL_is_refused_on_PostgreSQL()
    {
        const string Owner = "owner-of-the-nodes";
        await using var space = await PostgresSpace.OpenAsync();
        await using var node = await OfficeNode.StartAsync(space.Connection, _shared);
        await node.Store.WriteAsync(context =>
        {
            context.Settings.Add(new SettingRow { Key = OwnerToken.Setting, Value = Secrets.Hash(Owner) });
            return Task.CompletedTask;
        }, default);
        using var office = new HttpClient { BaseAddress = node.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Owner) } };
        await CheckAsync(office);
    }

    [Fact]
    public async Task A_form_with_a_NUL_is_refused_with_a_sentence()
    {
        using var board = new BoardClient(server.Address);
        await board.TakeLinkAsync(await server.Services.GetRequiredService<SignInLinks>().NewAsync("coordinator", default));

        using var answer = await board.PostAsync("/settings", "/settings/pairing-code", ("name", "Front\0desk"));

        var page = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(422, page);
        page.ShouldContain("cannot be kept");
    }

    private static async Task CheckAsync(HttpClient office)
    {
        var input = new JsonObject { ["name"] = "Test\0Person", ["role"] = "Gaffer", ["department"] = "ELC", ["rateType"] = "weekly", ["rate"] = "2650", ["startDate"] = "2031-03-03", ["endDate"] = "2031-04-04" };
        var before = (await office.GetJsonAsync("/office/v1/instances")).Json.AsArray().Count;

        var start = await office.PostJsonAsync("/office/v1/workflows/crew-hire/start", new JsonObject { ["input"] = input }, key: "nul");
        var query = await office.GetJsonAsync("/office/v1/tasks?instance=a%00b");

        (start.Status, start.Code).ShouldBe((422, "text-unreadable"));
        start.Json["detail"]!.ToString().ShouldContain("$.input.name");
        (query.Status, query.Code).ShouldBe((422, "text-unreadable"));
        (await office.GetJsonAsync("/office/v1/instances")).Json.AsArray().Count.ShouldBe(before);
    }
}
