using System.Text.Json.Nodes;
using static ProductionOffice.Server.Tests.Api.Elsa.Drawings;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>What makes the Studio's canvas go blank or lose a step, closed one by one.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class TrapTests(OfficeServer office)
{
    [Fact]
    public async Task A_step_of_an_unknown_kind_is_shown_as_missing_moved_and_put_back_with_its_connections()
    {
        using var upm = office.Client("upm");
        var unknown = Step("u", "Acme.Rocket", ("fuel", "much"));
        unknown["version"] = 7;
        unknown["odd"] = new JsonObject { ["deep"] = new JsonArray(1, 2.50m, "x") };
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("s", "Elsa.Start"), unknown, Step("e", "Elsa.End"), Step("f", "Elsa.End")], ("s", "Done", "u"), ("u", "Lift off", "e"), ("u", "Done", "f")));

        var opened = await upm.OpenAsync(id);
        var shown = opened.Step("u");
        shown["metadata"]!["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 10, ["y"] = 20 } };
        opened["root"]!["connections"]!.AsArray().Count.ShouldBe(2);
        var saved = (await upm.SaveAsync(opened)).Definition();
        var stored = (await upm.ElsaAsync($"/workflow-definitions/{id}/export")).Json;

        ((string)shown["type"]!, (string)shown["missingTypeName"]!, (int)shown["missingTypeVersion"]!).ShouldBe(("Elsa.NotFoundActivity", "Acme.Rocket", 7));
        shown["nodeId"]!.ToString().ShouldBe("Workflow1:flow:u");
        var back = ((JsonObject)stored).Step("u");
        ((string)back["type"]!, (int)back["version"]!).ShouldBe(("Acme.Rocket", 7));
        JsonNode.DeepEquals(back["odd"], unknown["odd"]).ShouldBeTrue();
        JsonNode.DeepEquals(back["fuel"], unknown["fuel"]).ShouldBeTrue();
        ((int)back["metadata"]!["designer"]!["position"]!["x"]!).ShouldBe(10);
        stored["root"]!["connections"]!.AsArray().Select(c => $"{c!["source"]!["activity"]}.{c["source"]!["port"]}>{c["target"]!["activity"]}").ShouldBe(["s.Done>u", "u.Lift off>e", "u.Done>f"], ignoreOrder: true);
        (await upm.SaveAsync(saved, publish: true)).Errors().ShouldContain(e => e.Contains("Acme.Rocket") && e.Contains("\"u\""));
    }

    [Fact]
    public async Task A_missing_step_that_is_deleted_takes_its_hidden_connections_with_it()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("u", "Acme.Rocket"), Step("e", "Elsa.End")], ("u", "Lift off", "e")));
        var opened = await upm.OpenAsync(id);
        opened["root"]!["activities"]!.AsArray().RemoveAt(0);

        await upm.SaveAsync(opened);

        (await upm.ElsaAsync($"/workflow-definitions/{id}/export")).Json["root"]!["connections"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_type_and_version_that_is_shown_has_a_descriptor()
    {
        using var upm = office.Client("upm");
        var newer = Step("n", "Elsa.WriteLine", ("text", "x"));
        newer["version"] = 12;
        await upm.SaveAsync(Flow(NewId(), [newer, Step("u", "Acme.Rocket")]));
        await upm.SaveAsync(Flow(NewId(), [new JsonObject { ["id"] = "c", ["type"] = "SomeChild", ["version"] = 4, ["workflowDefinitionId"] = "crew-hire" }]));

        var known = (await upm.ElsaAsync("/descriptors/activities?Refresh=True")).Json["items"]!.AsArray().Select(d => ((string)d!["typeName"]!, (int)d["version"]!)).ToList();
        var ids = (await upm.ElsaAsync("/workflow-definitions?versionOptions=")).Json["items"]!.AsArray().Select(d => (string)d!["id"]!).ToList();

        known.ShouldBeUnique();
        foreach (var id in ids)
        {
            var definition = (await upm.ElsaAsync($"/workflow-definitions/by-id/{id}")).Json;
            foreach (var step in Steps(definition["root"]!))
            {
                known.ShouldContain(((string)step["type"]!, (int?)step["version"] ?? 1), $"{id}: {step["id"]}");
                step["nodeId"]!.ToString().ShouldEndWith($":{step["id"]}", Case.Sensitive, id);
            }
        }
    }

    [Fact]
    public async Task Steps_without_ids_get_those_the_engine_gives()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [new JsonObject { ["type"] = "Elsa.WriteLine" }, new JsonObject { ["type"] = "Elsa.WriteLine" }]));

        var opened = await upm.OpenAsync(id);

        opened["root"]!["activities"]!.AsArray().Select(a => (string)a!["nodeId"]!).ShouldBe(["Workflow1:flow:WriteLine1", "Workflow1:flow:WriteLine2"]);
    }

    [Fact]
    public async Task Fields_that_the_Studio_does_not_know_survive_it()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        var model = Flow(id, [Step("s", "Elsa.Start")]);
        model["ours"] = new JsonObject { ["a"] = 1.10m };
        model["inputs"] = new JsonArray(new JsonObject { ["name"] = "who", ["type"] = "Object", ["uiHint"] = "person", ["ours"] = true });
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "v", ["typeName"] = "String", ["ours"] = "kept" });
        model["options"] = new JsonObject { ["ours"] = "kept" };
        await upm.SaveAsync(model);
        var opened = await upm.OpenAsync(id);
        // What its own classes do not name is gone when it sends it back.
        opened.Remove("ours");
        opened["inputs"]![0]!.AsObject().Remove("ours");
        opened["variables"]![0]!.AsObject().Remove("ours");
        opened["options"] = new JsonObject { ["usableAsActivity"] = true };
        opened["name"] = "changed";

        await upm.SaveAsync(opened);

        var stored = (await upm.ElsaAsync($"/workflow-definitions/{id}/export")).Json;
        stored["ours"]!["a"]!.ToJsonString().ShouldBe("1.10");
        ((bool)stored["inputs"]![0]!["ours"]!).ShouldBeTrue();
        stored["variables"]![0]!["ours"]!.ToString().ShouldBe("kept");
        (stored["options"]!["ours"]!.ToString(), (bool)stored["options"]!["usableAsActivity"]!, stored["name"]!.ToString()).ShouldBe(("kept", true, "changed"));
        stored["customProperties"]?["revision"].ShouldBeNull();
    }

    [Fact]
    public async Task Choices_of_ones_own_are_ports_and_are_stored_as_they_were()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("a", "Office.RequestApproval", ("title", "Look"), ("role", "unitProductionManager"), ("choices", "Fine, Not yet")), Step("e", "Elsa.End")], ("a", "Not yet", "e")));

        var opened = await upm.OpenAsync(id);
        ((string)opened.Step("a")["type"]!, (string)opened.Step("a")["choices"]!["expression"]!["value"]!).ShouldBe(("Office.AskToChoose", "[\"Fine\",\"Not yet\"]"));
        opened["root"]!["connections"]!.AsArray().Count.ShouldBe(1);
        opened.Step("a")["choices"]!["expression"]!["value"] = "[\"Fine\",\"Not yet\",\"Never\"]";
        var saved = (await upm.SaveAsync(opened)).Definition();

        var stored = (JsonObject)(await upm.ElsaAsync($"/workflow-definitions/{id}/export")).Json;
        ((string)stored.Step("a")["type"]!, (string)stored.Step("a")["choices"]!["expression"]!["value"]!).ShouldBe(("Office.RequestApproval", "Fine, Not yet, Never"));
        (await upm.SaveAsync(saved, publish: true)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Outcomes_the_Studio_cannot_read_make_a_missing_step_not_a_blank_canvas()
    {
        using var upm = office.Client("upm");
        var fork = Step("f", "Elsa.FlowFork");
        fork["branches"] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "['a', 'b']" } };
        var id = NewId();
        await upm.SaveAsync(Flow(id, [fork, Step("e", "Elsa.End")], ("f", "a", "e")));

        var opened = await upm.OpenAsync(id);
        ((string)opened.Step("f")["type"]!).ShouldBe("Elsa.NotFoundActivity");
        await upm.SaveAsync(opened);

        var stored = (JsonObject)(await upm.ElsaAsync($"/workflow-definitions/{id}/export")).Json;
        JsonNode.DeepEquals(stored.Step("f")["branches"], fork["branches"]).ShouldBeTrue();
        stored["root"]!["connections"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Connections_of_the_older_kind_are_shown_in_the_new_one()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        var model = Flow(id, [Step("a", "Elsa.Start"), Step("b", "Elsa.End")]);
        model["root"]!["activities"] = new JsonObject { ["$values"] = model["root"]!["activities"]!.DeepClone() };
        model["root"]!["connections"] = new JsonObject { ["$values"] = new JsonArray(new JsonObject { ["source"] = "a", ["target"] = "b", ["sourcePort"] = "Done", ["targetPort"] = "In" }) };
        await upm.SaveAsync(model);

        var connection = (await upm.OpenAsync(id))["root"]!["connections"]![0]!;

        (connection["source"]!["activity"]!.ToString(), connection["source"]!["port"]!.ToString(), connection["target"]!["activity"]!.ToString()).ShouldBe(("a", "Done", "b"));
        connection["vertices"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_start_follows_what_is_drawn()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        var model = Flow(id, [Step("a", "Elsa.WriteLine", ("text", "a")), Step("b", "Elsa.WriteLine", ("text", "b"))], ("a", "Done", "b"));
        model["root"]!["start"] = "a";
        await upm.SaveAsync(model);

        var opened = await upm.OpenAsync(id);
        opened["root"]!["activities"]!.AsArray().Add(Step("fresh", "Elsa.Start"));
        var withStart = (await upm.SaveAsync(opened)).Definition();
        withStart["root"]!["activities"]!.AsArray().RemoveAt(2);
        var without = (await upm.SaveAsync(withStart)).Definition();

        ((string)opened["root"]!["start"]!).ShouldBe("a");
        ((string)withStart["root"]!["start"]!).ShouldBe("fresh");
        without["root"]!["start"].ShouldBeNull();
    }

    [Fact]
    public async Task A_dropped_trigger_that_nothing_leads_to_starts_the_workflow()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, []));
        var opened = await upm.OpenAsync(id);
        opened["root"]!["activities"] = new JsonArray(Step("t", "Office.DeliveryLogged"), Step("e", "Elsa.Event", ("eventName", "x")));
        opened["root"]!["connections"] = new JsonArray(new JsonObject { ["source"] = new JsonObject { ["activity"] = "t", ["port"] = "Done" }, ["target"] = new JsonObject { ["activity"] = "e", ["port"] = "In" } });

        var saved = (await upm.SaveAsync(opened)).Definition();
        opened["customProperties"] = new JsonObject { ["revision"] = saved.Revision() };
        var again = (await upm.SaveAsync(opened)).Definition();

        ((bool)again.Step("t")["customProperties"]!["canStartWorkflow"]!).ShouldBeTrue();
        again.Step("e")["customProperties"].ShouldBeNull();
        again.Revision().ShouldBe(saved.Revision());
    }

    [Fact]
    public async Task A_variable_expression_that_is_still_the_old_text_is_taken()
    {
        using var upm = office.Client("upm");
        var step = Step("w", "Elsa.WriteLine");
        step["text"] = new JsonObject { ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = "Variable", ["value"] = "what stood there {" }, ["memoryReference"] = null };

        var saved = (await upm.SaveAsync(Flow(NewId(), [step]))).Definition();

        saved.Step("w")["text"]!["expression"]!["value"]!.ToString().ShouldBe("what stood there {");
    }

    [Fact]
    public async Task Steps_dropped_without_defaults_run_with_them()
    {
        using var upm = office.Client("upm");
        var id = NewId();
        await upm.SaveAsync(Flow(id, [Step("d", "Elsa.Delay")]), publish: true);

        var started = await upm.ElsaAsync($"/workflow-definitions/{id}/execute", new JsonObject());

        started.Status.ShouldBe(200, started.Text);
        started.Json["workflowState"]!["subStatus"]!.ToString().ShouldBe("Suspended");
    }

    private static IEnumerable<JsonObject> Steps(JsonNode node)
    {
        if (node is JsonObject step)
        {
            yield return step;
            foreach (var child in (step["activities"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(Steps))
                yield return child;
        }
    }
}
