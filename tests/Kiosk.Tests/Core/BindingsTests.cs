using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Core.Screens;

namespace ProductionOffice.Kiosk.Tests.Core;

public sealed class BindingsTests
{
    public static TheoryData<string> Scopes => [.. Enum.GetNames<Scope>()];

    [Theory]
    [MemberData(nameof(Scopes))]
    public void No_two_bindings_of_a_scope_share_a_key(string scope) =>
        Bindings.All.Where(b => b.Scope.ToString() == scope).GroupBy(b => b.Key).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Scopes))]
    public void The_bottom_line_of_a_scope_fits_80_columns(string scope)
    {
        var keys = Bindings.Footer(Enum.Parse<Scope>(scope));

        var width = 1 + keys.Sum(k => k.Key.Length + 1 + k.Label.Length) + 2 * Math.Max(0, keys.Length - 1);

        width.ShouldBeLessThanOrEqualTo(80);
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Every_key_of_the_bottom_line_stands_in_the_help(string scope)
    {
        var help = HelpOverlay.Lines(Enum.Parse<Scope>(scope));

        foreach (var (key, _) in Bindings.Footer(Enum.Parse<Scope>(scope)))
            help.ShouldContain(l => l.StartsWith(key + " ", StringComparison.Ordinal));
        help.ShouldAllBe(l => l.Length <= 76);
    }

    [Fact]
    public void Editing_keys_are_never_bound() =>
        Bindings.All.Select(b => b.Key).ShouldNotContain(k => k == Key.CtrlU || k == Key.CtrlW || k == Key.Backspace || k == Key.Delete);
}
