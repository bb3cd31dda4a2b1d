using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board;

[Collection(SharedBoardOffice.Name)]
public sealed partial class SettingsTests(BoardOffice office)
{
    [Fact]
    public async Task The_coordinator_makes_a_pairing_code_that_pairs_one_desk_and_takes_it_off_again()
    {
        using var client = await office.SignInAsync("coordinator");
        using var made = await client.PostAsync("/settings", "/settings/pairing-code");
        var code = Code().Match(await made.Content.ReadAsStringAsync()).Groups[1].Value;
        var kiosks = office.Services.GetRequiredService<KioskDesk>();
        var paired = await kiosks.PairAsync(new PairRequest(code, "Stage 4 desk"), CancellationToken.None);
        (await client.ReadAsync("/settings")).ShouldContain("Stage 4 desk");

        using var off = await client.PostAsync("/settings", $"/settings/kiosks/{paired.Kiosk}/revoke");

        off.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await kiosks.FindByTokenAsync(paired.Token, CancellationToken.None)).ShouldBeNull();
        await Should.ThrowAsync<OfficeProblem>(() => kiosks.PairAsync(new PairRequest(code, "Another"), CancellationToken.None));
    }

    [Theory]
    [InlineData("upm", "coordinator", HttpStatusCode.OK)]
    [InlineData("upm", "lineproducer", HttpStatusCode.Forbidden)]
    [InlineData("coordinator", "pa", HttpStatusCode.Forbidden)]
    [InlineData("pa", "upm", HttpStatusCode.Forbidden)]
    public async Task A_sign_in_link_is_made_only_for_accounts_below_the_own(string by, string forAccount, HttpStatusCode status)
    {
        using var client = await office.SignInAsync(by);

        using var answer = await client.PostAsync("/account", "/settings/sign-in-links", ("account", forAccount));

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).Contains("/sign-in/link/", StringComparison.Ordinal).ShouldBe(status == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("upm", true)]
    [InlineData("coordinator", false)]
    [InlineData("pa", false)]
    public async Task The_audit_is_read_by_the_upm(string account, bool reads)
    {
        using var client = await office.SignInAsync(account);

        (await client.ReadAsync("/settings")).Contains("Every row fits the one before it", StringComparison.Ordinal).ShouldBe(reads);
    }

    [Fact]
    public async Task The_front_office_assistant_pairs_no_desk()
    {
        using var client = await office.SignInAsync("pa");

        using var answer = await client.PostAsync("/account", "/settings/pairing-code");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [GeneratedRegex("class=\"big\">(\\d{6})<")]
    private static partial Regex Code();
}
