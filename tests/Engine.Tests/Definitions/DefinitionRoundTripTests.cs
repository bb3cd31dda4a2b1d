using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests.Definitions;

public sealed class DefinitionRoundTripTests
{
    [Fact]
    public void Reading_and_writing_a_definition_loses_nothing()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Tools.Root, "tests/Conformance/elsa"), "*.json"))
        {
            var definition = JsonNode.Parse(File.ReadAllText(file))!["definition"]!;

            var written = DefinitionWriter.Write(DefinitionReader.Read(definition.ToJsonString()));

            JsonNode.DeepEquals(JsonNode.Parse(written), definition).ShouldBeTrue(file);
        }
    }

    [Fact]
    public void Fields_nobody_knows_survive_at_any_depth()
    {
        var texts = ArbMap.Default.GeneratorFor<NonNull<string>>();
        var numbers = ArbMap.Default.GeneratorFor<int>();
        var extras = from name in texts from text in texts from number in numbers select (name: "x" + name.Get, text: text.Get, number);

        Prop.ForAll(extras.ListOf(4).ToArbitrary(), fields =>
        {
            var definition = JsonNode.Parse(Define.Workflow("extra", Define.Sequence("s", Define.Line("a", "a"))))!.AsObject();
            foreach (var (name, text, number) in fields)
            {
                definition[name] = text;
                definition["root"]!.AsObject()[name] = new JsonObject { [name] = number, ["deep"] = new JsonArray(text, number, null) };
                definition["root"]!["activities"]![0]!.AsObject()[name] = number + 0.125;
            }

            var written = DefinitionWriter.Write(DefinitionReader.Read(definition.ToJsonString()));

            return JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(definition.ToJsonString()));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "not a workflow definition")]
    [InlineData("{\"root\":{}}", "no id")]
    [InlineData("{\"definitionId\":\"a\",\"root\":{\"id\":\"x\",\"id\":\"y\"}}", "twice")]
    public void A_definition_that_cannot_be_read_says_where_and_why(string json, string problem)
    {
        var refusal = Should.Throw<DefinitionFormatException>(() => DefinitionReader.Read(json, "hiring.json"));

        refusal.Message.ShouldStartWith("hiring.json: $");
        refusal.Message.ShouldContain(problem);
    }

    [Fact]
    public void Numbers_keep_the_digits_they_were_written_with()
    {
        var written = DefinitionWriter.Write(DefinitionReader.Read("""{"definitionId":"a","id":"a1","x":1.50,"y":12345678901234567890123,"root":null}"""));

        written.ShouldContain("1.50");
        written.ShouldContain("12345678901234567890123");
        using var parsed = JsonDocument.Parse(written);
    }
}
