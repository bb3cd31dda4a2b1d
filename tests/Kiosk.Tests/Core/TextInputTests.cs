using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Tests.Core;

public sealed class TextInputTests
{
    [Fact]
    public void The_caret_moves_over_whole_graphemes()
    {
        var input = new TextInput().Insert("a").Insert("e\u0301").Insert("👩‍👩‍👧").Insert("🇫🇷");

        input = input.Edit(Key.Backspace)!.Edit(Key.Left)!.Edit(Key.Backspace)!;

        (input.Text, input.Caret).ShouldBe(("a👩‍👩‍👧", 1));
    }

    [Fact]
    public void A_paste_keeps_its_first_line_without_control_characters() =>
        new TextInput().Insert("Prop\u001b[31m House\u0007\r\nrm -rf").Text.ShouldBe("Prop[31m House");

    [Fact]
    public void A_text_longer_than_the_field_shows_its_caret()
    {
        var (shown, cursor) = new TextInput().Insert("0123456789ABC").View(5);

        (shown, cursor).ShouldBe(("9ABC", 4));
    }

    [Theory]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("🇫🇷", 2)]
    [InlineData("ｶﾅ", 2)]
    [InlineData("\u200b\u0301", 0)]
    public void Cells_are_counted_by_grapheme(string text, int cells) => Graphemes.CellsOfText(text).ShouldBe(cells);
}
