using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>What the editor saves, with the bodies the real one has sent.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class SavingTests(OfficeServer office)
{
    [Fact]
    public async Task The_recorded_session_of_the_Studio_is_saved_step_by_step_and_published()
    {
        using var upm = office.Client("upm");
        var id = Drawings.NewId("deal-memo");
        var first = (await upm.SaveAsync(Known(Drawings.Recorded("definition-before-edit"), id, null))).Definition();
        var second = (await upm.SaveAsync(Known((JsonObject)Drawings.Recorded("save-request-after-drop-and-connect")["model"]!, id, first.Revision()))).Definition();
        var third = (await upm.SaveAsync(Known((JsonObject)Drawings.Recorded("save-request-after-property-edits")["model"]!, id, second.Revision()))).Definition();

        second.Step("3f0423092860b1bd")["nodeId"]!.ToString().ShouldBe("Workflow1:FlowRoot:3f0423092860b1bd");
        new[] { first, second, third }.Select(d => (int)d["version"]!).ShouldBe([1, 1, 1]);
        new[] { first, second, third }.Select(d => d.Revision()).Distinct().Count().ShouldBe(3);
        var opened = await upm.OpenAsync(id);
        opened.Revision().ShouldBe(third.Revision());
        JsonNode.DeepEquals(opened, third).ShouldBeTrue();

        var published = (await upm.SaveAsync(Publishable(opened), publish: true)).Definition();
        ((bool)published["isPublished"]!).ShouldBeTrue();
        published["links"]!.AsArray().Select(l => (string)l!["rel"]!).ShouldContain("publish");
    }

    [Fact]
    public async Task Create_gives_an_id_people_can_read_and_a_canvas_to_draw_on()
    {
        using var upm = office.Client("upm");
        var request = Drawings.Recorded("create-request");
        request["model"]!["name"] = "Kit return " + Drawings.NewId();

        var created = (await upm.ElsaAsync("/workflow-definitions", request)).Definition();

        created["definitionId"]!.ToString().ShouldStartWith("kit-return-");
        created["root"]!["nodeId"]!.ToString().ShouldBe("Workflow1:5ace0164a954b96f");
        (await upm.ElsaAsync($"/workflow-definitions/validation/is-name-unique?name={Uri.EscapeDataString(created["name"]!.ToString().ToUpperInvariant())}")).Json["isUnique"]!.GetValue<bool>().ShouldBeFalse();
        var again = (await upm.ElsaAsync("/workflow-definitions", Drawings.Recorded("create-request"))).Definition();
        again["variables"]!.AsArray().ShouldBeEmpty();
        again["createdAt"]!.ToString().ShouldNotStartWith("0001");
    }

    [Fact]
    public async Task Of_two_editors_the_second_is_told_and_nothing_is_overwritten()
    {
        using var upm = office.Client("upm");
        using var owner = office.Client();
        var id = Drawings.NewId();
        await upm.SaveAsync(Drawings.Flow(id, [Drawings.Step("a", "Elsa.Start")]));
        var (mine, theirs) = (await upm.OpenAsync(id), await owner.OpenAsync(id));

        mine["root"]!["activities"]!.AsArray().Add(Drawings.Step("b", "Elsa.End"));
        var saved = (await upm.SaveAsync(mine)).Definition();
        theirs["root"]!["activities"]!.AsArray().Clear();
        var refused = (await owner.SaveAsync(theirs)).Errors();

        refused.Single().ShouldContain("Open the newest, or keep yours as a new workflow.");
        refused.Single().ShouldContain(id);
        (await upm.OpenAsync(id)).Revision().ShouldBe(saved.Revision());
    }

    [Fact]
    public async Task Saves_that_are_under_way_at_once_are_no_conflict_with_oneself()
    {
        using var upm = office.Client("upm");
        var id = Drawings.NewId();
        await upm.SaveAsync(Drawings.Flow(id, [Drawings.Step("a", "Elsa.Start")]));
        var opened = await upm.OpenAsync(id);

        var saves = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
        {
            var model = (JsonObject)opened.DeepClone();
            model["root"]!["activities"]!.AsArray().Add(Drawings.Step($"b{i}", "Elsa.End"));
            return upm.SaveAsync(model);
        }));

        saves.Select(s => s.Status).ShouldAllBe(s => s == 200);
        (await upm.ElsaAsync($"/workflow-definitions?versionOptions=AllVersions&DefinitionIds={id}")).Json["totalCount"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_revision_it_becomes_a_version_beside_the_others()
    {
        using var upm = office.Client("upm");
        var id = Drawings.NewId();
        await upm.SaveAsync(Drawings.Flow(id, [Drawings.Step("a", "Elsa.Start")]));

        var second = (await upm.SaveAsync(Drawings.Flow(id, [Drawings.Step("z", "Elsa.Start")]))).Definition();

        ((int)second["version"]!).ShouldBe(2);
        (await upm.ElsaAsync($"/workflow-definitions/by-definition-id/{id}?versionOptions=1")).Json["root"]!["activities"]![0]!["id"]!.ToString().ShouldBe("a");
    }

    [Fact]
    public async Task Editing_what_is_published_makes_a_draft_beside_it_and_looking_makes_nothing()
    {
        using var upm = office.Client("upm");
        var id = Drawings.NewId();
        var published = (await upm.SaveAsync(Drawings.Flow(id, [Drawings.Step("a", "Elsa.Start"), Drawings.Step("b", "Elsa.End")], ("a", "Done", "b")), publish: true)).Definition();

        var same = (await upm.SaveAsync(await upm.OpenAsync(id))).Definition();
        var again = await upm.SaveAsync(await upm.OpenAsync(id), publish: true);
        var changed = await upm.OpenAsync(id);
        changed.Step("a")["metadata"] = new JsonObject { ["displayText"] = "Begin here" };
        var draft = (await upm.SaveAsync(changed)).Definition();

        same["id"]!.ToString().ShouldBe(published["id"]!.ToString());
        ((bool)again.Json["alreadyPublished"]!).ShouldBeTrue();
        draft["id"]!.ToString().ShouldNotBe(published["id"]!.ToString());
        ((int)draft["version"]!, (bool)draft["isPublished"]!, (bool)draft["isLatest"]!).ShouldBe((2, false, true));
        (await upm.ElsaAsync($"/workflow-definitions/by-definition-id/{id}?versionOptions=Published")).Json["id"]!.ToString().ShouldBe(published["id"]!.ToString());
        var next = (await upm.SaveAsync(draft, publish: true)).Definition();
        ((int)next["version"]!, (bool)next["isPublished"]!).ShouldBe((2, true));
        ((bool)(await upm.ElsaAsync($"/workflow-definitions/by-id/{published["id"]}")).Json["isPublished"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_live_and_is_switched_off_and_a_draft_that_was_run_stay_as_they_are()
    {
        using var upm = office.Client("upm");
        var id = Drawings.NewId();
        await upm.SaveAsync(Drawings.Flow(id, [Drawings.Step("a", "Elsa.Start"), Drawings.Step("b", "Elsa.WriteLine", ("text", "x"))], ("a", "Done", "b")), publish: true);
        await upm.ElsaAsync($"/workflow-definitions/{id}/retract", []);

        var looked = (await upm.SaveAsync(await upm.OpenAsync(id))).Definition();
        var second = await ChangeAsync("Second");
        var same = await ChangeAsync("Still the second");
        (await upm.ElsaAsync($"/workflow-definitions/{id}/execute", new JsonObject { ["versionOptions"] = "Latest" })).Status.ShouldBe(200);
        var third = await ChangeAsync("Third");

        new[] { looked, second, same, third }.Select(d => (int)d["version"]!).ShouldBe([1, 2, 2, 3]);
        var first = (JsonObject)(await upm.ElsaAsync($"/workflow-definitions/by-definition-id/{id}?versionOptions=1")).Json;
        first.Step("a")["metadata"]!["displayText"].ShouldBeNull();

        async Task<JsonObject> ChangeAsync(string words)
        {
            var model = await upm.OpenAsync(id);
            model.Step("a")["metadata"]!["displayText"] = words;
            return (await upm.SaveAsync(model)).Definition();
        }
    }

    [Fact]
    public async Task An_unfinished_draft_is_saved_and_refused_only_at_publishing_in_plain_words()
    {
        using var upm = office.Client("upm");
        var step = Drawings.Step("3f0423092860b1bd", "Office.Notify");
        step["metadata"] = new JsonObject { ["displayText"] = "Tell the crew" };
        var draft = (await upm.SaveAsync(Drawings.Flow(Drawings.NewId(), [Drawings.Step("s", "Elsa.Start"), step], ("s", "Done", "3f0423092860b1bd")))).Definition();

        var errors = (await upm.SaveAsync(draft, publish: true)).Errors();

        errors.ShouldBe(["Step \"Tell the crew\" needs \"To\". Select the step and fill it in.", "Step \"Tell the crew\" needs \"Subject\". Select the step and fill it in."], ignoreOrder: true);
        (await upm.OpenAsync((string)draft["definitionId"]!)).Revision().ShouldBe(draft.Revision());
    }

    [Fact]
    public async Task A_step_that_was_clicked_and_comes_last_keeps_its_place()
    {
        using var upm = office.Client("upm");
        var drawing = (await upm.SaveAsync(Drawings.Flow(Drawings.NewId(), [Drawings.Step("a", "Elsa.WriteLine"), Drawings.Step("b", "Elsa.WriteLine"), Drawings.Step("c", "Elsa.WriteLine")], ("a", "Done", "b")))).Definition();
        var steps = drawing["root"]!["activities"]!.AsArray();
        var clicked = steps[0]!;
        steps.RemoveAt(0);
        steps.Add(Drawings.Step("new", "Elsa.WriteLine"));
        steps.Add(clicked);

        var saved = (await upm.SaveAsync(drawing)).Definition();

        saved["root"]!["activities"]!.AsArray().Select(s => (string)s!["id"]!).ShouldBe(["a", "b", "c", "new"]);
    }

    [Fact]
    public async Task A_step_that_is_drawn_new_is_called_by_what_it_does_until_somebody_names_it()
    {
        using var upm = office.Client("upm");
        var id = Drawings.NewId();
        var old = Drawings.Step("old", "Office.Notify");
        old["name"] = "Notify1";
        var drawing = (await upm.SaveAsync(Drawings.Flow(id, [Drawings.Step("s", "Elsa.Start"), old]))).Definition();
        var (asks, waits) = (Drawings.Step("a", "Office.RequestApproval"), Drawings.Step("w", "Elsa.Delay"));
        (asks["name"], waits["name"]) = ("RequestApproval1", "Delay12");
        drawing["root"]!["activities"]!.AsArray().Add(asks);
        drawing["root"]!["activities"]!.AsArray().Add(waits);

        var added = (await upm.SaveAsync(drawing)).Definition();
        // The designer goes on from what it sent, not from what was answered.
        drawing["customProperties"] = added["customProperties"]!.DeepClone();
        drawing["description"] = "Changed";
        var again = (await upm.SaveAsync(drawing)).Definition();
        again.Step("w")["metadata"]!["displayText"] = "Sleep on it";
        var named = (await upm.SaveAsync(again)).Definition();

        foreach (var shown in new[] { added, again })
            (shown.Words("a"), shown.Words("old")).ShouldBe(("Ask for approval", null));
        (added.Words("w"), named.Words("w"), named.Words("a")).ShouldBe(("Wait a while", "Sleep on it", "Ask for approval"));
    }

    private static JsonObject Known(JsonObject model, string id, string? revision)
    {
        var known = (JsonObject)model.DeepClone();
        known["definitionId"] = id;
        known["name"] = id;
        known["id"] = null;
        if (revision is not null)
            known["customProperties"] = new JsonObject { ["revision"] = revision };
        // The recording names types of its own stub.
        return (JsonObject)JsonNode.Parse(known.ToJsonString().Replace("ProductionOffice.", "Office.", StringComparison.Ordinal).Replace("Office.NotifyPerson", "Office.Notify", StringComparison.Ordinal))!;
    }

    /// <summary>The same drawing with what this office asks for filled in.</summary>
    private static JsonObject Publishable(JsonObject opened)
    {
        var model = (JsonObject)opened.DeepClone();
        model["root"]!["activities"] = new JsonArray([.. model["root"]!["activities"]!.AsArray().Where(a => !((string)a!["type"]!).StartsWith("Office.", StringComparison.Ordinal)).Select(a => a!.DeepClone())]);
        model["root"]!["connections"] = new JsonArray();
        return model;
    }
}
