using ProductionOffice.Server.Commands;

namespace ProductionOffice.Server.Tests.Commands;

public sealed class InputValuesTests
{
    [Theory]
    [InlineData("person=C041", """{"person":"C041"}""")]
    [InlineData("rate=47.5", """{"rate":47.5}""")]
    [InlineData("isDistantHire=true", """{"isDistantHire":true}""")]
    [InlineData("person={\"name\":\"Kei Ito\"}", """{"person":{"name":"Kei Ito"}}""")]
    [InlineData("days=[1,2]", """{"days":[1,2]}""")]
    [InlineData("code=0123", """{"code":"0123"}""")]
    [InlineData("note=a=b", """{"note":"a=b"}""")]
    [InlineData("note=null", """{"note":"null"}""")]
    [InlineData("note=\"quoted\"", """{"note":"\"quoted\""}""")]
    [InlineData("note=", """{"note":""}""")]
    public void A_value_is_JSON_when_it_reads_as_such_and_else_text(string word, string expected) =>
        InputValues.Read([word]).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldBe(expected);

    [Fact]
    public void A_file_gives_one_value_or_all_of_them()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"name":"Kei Ito","rate":43}""");

        InputValues.Read([$"person=@{file}"]).ToJsonString().ShouldBe("""{"person":{"name":"Kei Ito","rate":43}}""");
        InputValues.Read([$"@{file}", "rate=45"]).ToJsonString().ShouldBe("""{"name":"Kei Ito","rate":45}""");
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("500ms", 0.5)]
    [InlineData("12", 12)]
    public void Spans_of_time_are_read_as_written(string text, double seconds) => Duration.Parse(text)!.Value.TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-3s")]
    [InlineData("1e9h")]
    public void What_is_no_span_of_time_is_refused(string text) => Duration.Parse(text).ShouldBeNull();
}
