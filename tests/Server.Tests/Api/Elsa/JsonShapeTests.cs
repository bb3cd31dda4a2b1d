using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api.Elsa;

public sealed class JsonShapeTests
{
    [Theory]
    [InlineData("""{"a":1,"b":null}""", """{"a":2,"b":"x","c":true}""", 0)]
    [InlineData("""{"a":1}""", """{}""", 1)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", 1)]
    [InlineData("""{"a":true}""", """{"a":false}""", 0)]
    [InlineData("""{"items":[{"a":1},{"a":2,"b":3}]}""", """{"items":[{"a":1}]}""", 1)]
    [InlineData("""{"items":[{"a":1}]}""", """{"items":[]}""", 0)]
    [InlineData("""{"items":[{"typeName":"B","n":"x"}]}""", """{"items":[{"typeName":"A","n":1},{"typeName":"B","n":"y"}]}""", 0)]
    [InlineData("""{"items":[{"typeName":"B","n":"x"}]}""", """{"items":[{"typeName":"A","n":"y"},{"typeName":"B","n":1}]}""", 1)]
    public void It_says_what_is_missing_or_of_another_kind(string recorded, string answer, int differences) =>
        JsonShape.Differences(JsonNode.Parse(recorded), JsonNode.Parse(answer)).Count().ShouldBe(differences);
}
