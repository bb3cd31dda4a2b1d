using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Effects;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Effects;

public sealed class DocumentEffectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-effect-").FullName;

    [Fact]
    public async Task A_document_over_the_size_limit_is_refused_with_a_remedy_and_nothing_is_kept()
    {
        var effect = new DocumentEffect(new TemplateShelf(Path.Combine(Tools.Root, "templates", "documents")), new DocumentFolder(_folder)) { LargestDocument = 1000 };

        var error = await Should.ThrowAsync<EffectFailedException>(() => effect.PerformAsync(Message, Payload(), default));

        error.Message.ShouldContain("the office keeps documents up to");
        error.Message.ShouldContain("Use smaller pictures in crew-list.xlsx, then retry.");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_effect_again_makes_the_same_document()
    {
        var effect = new DocumentEffect(new TemplateShelf(Path.Combine(Tools.Root, "templates", "documents")), new DocumentFolder(_folder));

        var first = (await effect.PerformAsync(Message, Payload(), default)).Result;
        var again = (await effect.PerformAsync(Message, Payload(), default)).Result;

        again.ToJson().ShouldBe(first.ToJson());
        Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static OutboxMessage Message => new("i1:3:0", "i1", "document", "{}", null);

    private static Value Payload()
    {
        var data = File.ReadAllText(Path.Combine(Tools.Root, "templates", "documents", "crew-list.sample.json"));
        return Value.ParseJson($$"""
            {"template":"crew-list.xlsx","kind":"crewList","name":"Crew list.xlsx","version":1,"state":"issued","issuedAt":"2027-03-09T18:30:00Z","data":{{data}}}
            """);
    }
}
