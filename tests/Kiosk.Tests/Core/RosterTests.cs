using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Tests.Core;

public sealed class RosterTests
{
    [Theory]
    [InlineData("cos", "Costume|Ana Costello|Rui Costa")]
    [InlineData("zoe", "Zoë Ångström")]
    [InlineData("angstrom zo", "Zoë Ångström")]
    [InlineData("ark", "Jin Park|Soo-ah Park|Tom Parker")]
    [InlineData("ah", "Soo-ah Park")]
    [InlineData("", "")]
    public void Names_are_found_by_the_beginning_of_words_without_accents(string query, string names) =>
        string.Join('|', new Roster(Office.Reference).Find(query, 5).Select(e => e.Name)).ShouldBe(names);

    [Fact]
    public void No_more_than_asked_for_are_found() => new Roster(Office.Large(5000)).Find("a", 5).Length.ShouldBe(5);
}
