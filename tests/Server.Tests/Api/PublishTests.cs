using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api;

[Collection(OfficeServerTests.Name)]
public sealed class PublishTests(OfficeServer office)
{
    [Fact]
    public async Task A_changed_definition_is_published_as_the_next_version_and_comes_back_as_it_was_sent()
    {
        using var upm = office.Client("upm");
        (await upm.PostJsonAsync("/office/v1/workflows/publish", Definition("note-one", "Elsa.WriteLine"))).Status.ShouldBe(200);

        var second = await upm.PostJsonAsync("/office/v1/workflows/publish", Definition("note-one", "Elsa.WriteLine"));

        ((int)second.Json["version"]!).ShouldBe(2);
        var exported = (await upm.GetJsonAsync("/office/v1/workflows/note-one")).Json;
        ((string?)exported["root"]!["madeUp"]!["kept"]).ShouldBe("yes");
        ((int)exported["version"]!).ShouldBe(2);
    }

    [Fact]
    public async Task A_broken_definition_is_refused_with_its_place_and_nothing_is_stored()
    {
        using var upm = office.Client("upm");

        var answer = await upm.PostJsonAsync("/office/v1/workflows/publish", Definition("note-two", "Office.RequestAproval"));

        answer.Status.ShouldBe(422);
        answer.Text.ShouldContain("$.root.type");
        answer.Text.ShouldContain("Office.RequestAproval");
        (await upm.GetJsonAsync("/office/v1/workflows/note-two")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("coordinator")]
    [InlineData("pa")]
    [InlineData("head-cam")]
    public async Task Only_a_upm_publishes(string account)
    {
        using var client = office.Client(account);

        (await client.PostJsonAsync("/office/v1/workflows/publish", Definition("note-three", "Elsa.WriteLine"))).Status.ShouldBe(403);
    }

    private static JsonObject Definition(string id, string type) => new()
    {
        ["id"] = $"{id}-v1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["root"] = new JsonObject
        {
            ["id"] = "a",
            ["type"] = type,
            ["version"] = 1,
            ["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "hello" } },
            ["madeUp"] = new JsonObject { ["kept"] = "yes" },
        },
    };
}
