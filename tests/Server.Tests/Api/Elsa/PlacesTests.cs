using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Runtime;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>Drawings of definitions in which the steps have no places.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class PlacesTests(OfficeServer office)
{
    [Fact]
    public async Task Steps_without_places_are_shown_apart_and_stored_as_they_were_until_somebody_saves()
    {
        using var upm = office.Client("upm");
        var runtime = office.Services.GetRequiredService<WorkflowRuntime>();
        var id = Drawings.NewId();
        var stored = await runtime.SaveDefinitionAsync(
            Drawings.Flow(id, [Drawings.Step("a", "Elsa.Start"), Drawings.Step("b", "Elsa.WriteLine", ("text", "x")), Drawings.Step("c", "Elsa.End")], ("a", "Done", "b"), ("b", "Done", "c")).ToJsonString());
        await runtime.PublishAsync(id);

        var opened = await upm.OpenAsync(id);
        var looked = await upm.SaveAsync(opened, publish: true);

        Place(opened, "a").ShouldBe((40, 80));
        Place(opened, "b").ShouldBe((390, 80));
        Place(opened, "c").ShouldBe((740, 80));
        ((bool)looked.Json["alreadyPublished"]!).ShouldBeTrue();
        (await runtime.ListVersionsAsync(id)).Single().Json.ShouldNotContain("designer");
        stored.Json.ShouldNotContain("designer");
        opened.Step("b")["metadata"]!["designer"]!["position"]!["y"] = 400;
        var saved = (await upm.SaveAsync(opened)).Definition();
        ((int)saved["version"]!).ShouldBe(2);
        (Place(saved, "b"), Place(saved, "c")).ShouldBe(((390, 400), (740, 80)));
    }

    [Fact]
    public async Task Steps_with_places_keep_them_and_others_stand_below()
    {
        using var upm = office.Client("upm");
        var id = Drawings.NewId();
        var placed = Drawings.Step("a", "Elsa.Start");
        placed["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 17, ["y"] = 300 } } };
        await upm.SaveAsync(Drawings.Flow(id, [placed, Drawings.Step("b", "Elsa.End")], ("a", "Done", "b")));

        var opened = await upm.OpenAsync(id);

        (Place(opened, "a"), Place(opened, "b")).ShouldBe(((17, 300), (390, 420)));
    }

    private static (int X, int Y) Place(JsonObject definition, string step)
    {
        var position = definition.Step(step)["metadata"]!["designer"]!["position"]!;
        return ((int)position["x"]!, (int)position["y"]!);
    }
}
