using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>Two who save or publish one workflow at the same moment, on PostgreSQL on two nodes: nobody's drawing is overwritten unseen.</summary>
public sealed class DefinitionTurnsTests
{
    private const int Rounds = 12;

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_was_decided_on_an_older_version_is_not_stored(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var first = new StoredDefinition("d-v1", "d", 1, IsLatest: true, IsPublished: false, "D", "{}", DateTimeOffset.UnixEpoch);
        await test.Store.SaveDefinitionAsync(first, [], "", default);

        await Should.ThrowAsync<ConcurrencyException>(async () => await test.Store.SaveDefinitionAsync(first with { Json = "{\"a\":1}" }, [], "", default));
        await Should.ThrowAsync<ConcurrencyException>(async () => await test.Store.SaveDefinitionAsync(first with { Json = "{\"a\":1}" }, [], "another", default));
        (await test.Store.FindDefinitionVersionAsync("d-v1", default)).ShouldBe(first);
        await test.Store.SaveDefinitionAsync(first with { Json = "{\"a\":1}" }, [], first.Revision, default);

        (await test.Store.FindDefinitionVersionAsync("d-v1", default))!.Json.ShouldBe("{\"a\":1}");
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Of_those_who_save_what_they_drew_from_one_version_one_is_taken_and_the_others_are_told(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var nodes = Nodes(test);
        for (var round = 0; round < Rounds; round++)
        {
            var id = $"w{round}";
            var loaded = await nodes[0].SaveDefinitionAsync(Draw(id, "loaded"));

            var saved = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => TryAsync(() => nodes[n % nodes.Count].SaveDefinitionAsync(Draw(id, $"of {n}"), loaded.Revision))));

            var taken = saved.OfType<StoredDefinition>().ShouldHaveSingleItem();
            (await test.Store.FindDefinitionAsync(id, published: false, default))!.Revision.ShouldBe(taken.Revision);
        }
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_is_published_is_what_was_looked_at_whoever_saves_meanwhile(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var nodes = Nodes(test);
        for (var round = 0; round < Rounds; round++)
        {
            var id = $"p{round}";
            var looked = await nodes[0].SaveDefinitionAsync(Draw(id, "looked at"));

            var published = TryAsync(() => nodes[0].PublishAsync(id, looked.Revision));
            var saved = TryAsync(() => nodes[1].SaveDefinitionAsync(Draw(id, "drawn meanwhile"), looked.Revision));
            await Task.WhenAll(published, saved);

            // One of the two was first, and the other was told.
            (await published is null).ShouldNotBe(await saved is null);
            var live = await test.Store.FindDefinitionAsync(id, published: true, default);
            (live is null).ShouldBe(await published is null);
            live?.Json.ShouldContain("looked at");
        }
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Those_who_save_in_any_case_get_a_version_each(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        var nodes = Nodes(test);
        await nodes[0].SaveDefinitionAsync(Draw("n", "first"));

        var saved = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => nodes[n % nodes.Count].SaveNewVersionAsync(Draw("n", $"of {n}"))));

        saved.Select(s => s.Version).Order().ShouldBe([2, 3, 4, 5, 6, 7]);
        (await nodes[0].ListVersionsAsync("n")).Count(v => v.IsLatest).ShouldBe(1);
        (await nodes[0].ListVersionsAsync("n"))[0].IsLatest.ShouldBeTrue();
    }

    private static List<WorkflowRuntime> Nodes(TestStore test) =>
        [new(test.Store, ActivityRegistry.Standard, test.Clock), new(test.Kind == "postgres" ? test.NewNode() : test.Store, ActivityRegistry.Standard, test.Clock)];

    private static async Task<StoredDefinition?> TryAsync(Func<Task<StoredDefinition>> save)
    {
        try
        {
            return await Task.Run(save);
        }
        catch (DefinitionConflictException)
        {
            return null;
        }
    }

    private static string Draw(string id, string text) => $$"""
        { "definitionId": "{{id}}", "name": "{{text}}", "root": { "id": "l", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } } } }
        """;
}
