using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Tests.Board;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("\tx", "'\tx")]
    [InlineData("Ito, Kei", "\"Ito, Kei\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("–", "–")]
    public void A_cell_is_text_and_never_a_formula(string value, string cell) => Csv.Write([[value]]).ShouldBe($"\uFEFF{cell}\r\n");
}
