using System.Text.Json.Nodes;
using ProductionOffice.Server.Commands;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

public sealed class ListingTests
{
    [Fact]
    public void CSV_quotes_what_needs_it_and_disarms_formulas()
    {
        var text = Write("csv", Row("""{"a":"x, \"y\"","b":"=HYPERLINK(1)"}"""), Row("""{"a":"two\nlines","b":"-3.5"}"""));

        text.ShouldBe("a,b\r\n\"x, \"\"y\"\"\",'=HYPERLINK(1)\r\n\"two\nlines\",-3.5\r\n");
    }

    [Fact]
    public void A_name_cannot_steer_the_terminal()
    {
        var text = Write(null, Row("""{"a":"\u001b[2Jgone\tnow","b":["x","y"]}"""));

        text.ShouldBe(" [2Jgone now\tx, y\n");
    }

    [Fact]
    public void A_terminal_gets_a_table()
    {
        var table = TerminalTable.Build([Row("""{"id":"t1","waitingFor":"UPM: [approve]"}""")], ["id", "waitingFor"]);

        RecordingConsole.Render(table).ShouldContain("Waiting for");
        RecordingConsole.Render(table).ShouldContain("UPM: [approve]");
    }

    [Theory]
    [InlineData("state=late", true)]
    [InlineData("state=LATE and dept=camera", true)]
    [InlineData("state!=late", false)]
    [InlineData("dept~cam", true)]
    [InlineData("isOpen=true", true)]
    [InlineData("isOpen=no", false)]
    [InlineData("missing=", true)]
    public void Rows_are_kept_by_their_fields(string filter, bool isKept) =>
        RowFilter.Parse(filter).Matches(Row("""{"state":"late","dept":"Camera","isOpen":true}""")).ShouldBe(isKept);

    [Theory]
    [InlineData("late")]
    [InlineData("=late")]
    [InlineData("state!late")]
    public void What_is_no_condition_is_a_usage_error(string filter) =>
        Should.Throw<CommandFailure>(() => RowFilter.Parse(filter)).ExitCode.ShouldBe(2);

    private static string Write(string? format, params JsonObject[] rows)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Listing.Write(new Streams(output, TextWriter.Null, IsTerminal: false), format, rows, ["a", "b"]);
        return output.ToString();
    }

    private static JsonObject Row(string json) => JsonNode.Parse(json)!.AsObject();
}
