using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Tests.Security;

[Collection(SharedBoardOffice.Name)]
public sealed class SignInTests(BoardOffice office)
{
    private const string Password = "seven brown mules crossing";

    [Fact]
    public async Task A_sign_in_link_is_used_up_by_sending_its_form_and_not_by_looking()
    {
        using var client = office.Anonymous();
        var path = "/sign-in/link/" + await NewLinkAsync("travel");
        for (var look = 0; look < 3; look++)
            (await client.ReadAsync(path)).ShouldContain("You come in as");

        using var first = await client.PostAsync(path, path);
        using var other = office.Anonymous();
        using var second = await other.PostAsync("/sign-in", path);

        first.StatusCode.ShouldBe(HttpStatusCode.Found);
        second.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await client.ReadAsync("/")).ShouldContain("Travel coordinator");
    }

    [Fact]
    public async Task Of_two_who_send_the_same_link_at_once_one_gets_in()
    {
        var path = "/sign-in/link/" + await NewLinkAsync("pa");
        using var a = office.Anonymous();
        using var b = office.Anonymous();

        var answers = await Task.WhenAll(a.PostAsync(path, path), b.PostAsync(path, path));

        answers.Select(r => r.StatusCode).Order().ShouldBe([HttpStatusCode.Found, HttpStatusCode.Gone]);
    }

    [Fact]
    public async Task A_sign_in_link_is_worth_nothing_after_half_an_hour()
    {
        var path = "/sign-in/link/" + await NewLinkAsync("pa");
        office.Clock.Advance(TimeSpan.FromMinutes(31));
        using var client = office.Anonymous();

        using var answer = await client.PostAsync("/sign-in", path);

        answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task After_signing_in_nobody_is_sent_to_another_site(string target)
    {
        await SetPasswordAsync("locations");
        using var client = office.Anonymous();

        using var answer = await client.PostAsync("/sign-in", "/sign-in", ("name", "locations"), ("password", Password), ("returnUrl", target));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_words_and_too_many_tries_a_wait()
    {
        await SetPasswordAsync("head-snd");
        using var client = office.Anonymous();
        using var wrong = await client.PostAsync("/sign-in", "/sign-in", ("name", "head-snd"), ("password", "not the one at all"));
        using var unknown = await client.PostAsync("/sign-in", "/sign-in", ("name", "nobody-of-that-name"), ("password", "not the one at all"));
        for (var more = 1; more < SignInThrottle.TriesOfAccount; more++)
            (await client.PostAsync("/sign-in", "/sign-in", ("name", "head-snd"), ("password", "x"))).Dispose();
        using var last = await client.PostAsync("/sign-in", "/sign-in", ("name", "head-snd"), ("password", Password));

        const string Words = "This name and password do not belong together.";
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain(Words);
        (await unknown.Content.ReadAsStringAsync()).ShouldContain(Words);
        last.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter.ShouldNotBeNull();
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await client.PostAsync("/sign-in", "/sign-in", ("name", "head-snd"), ("password", Password));
        later.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_password_is_chosen_after_a_link_and_a_weak_one_is_refused_with_the_reason()
    {
        using var client = await office.SignInAsync("head-grp");
        using var weak = await client.PostAsync("/account", "/account/password", ("password", "short"), ("again", "short"));
        using var chosen = await client.PostAsync("/account", "/account/password", ("password", Password), ("again", Password));
        using var next = office.Anonymous();
        using var signedIn = await next.PostAsync("/sign-in", "/sign-in", ("name", "head-grp"), ("password", Password));

        weak.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await weak.Content.ReadAsStringAsync()).ShouldContain("at least 12 characters");
        chosen.StatusCode.ShouldBe(HttpStatusCode.Found);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_cookie_kept_from_before_signing_out_opens_nothing()
    {
        using var client = await office.SignInAsync("pa");
        using var thief = office.Anonymous();
        thief.Cookies.Add(client.Cookies.GetAllCookies());
        (await thief.ReadAsync("/")).ShouldContain("Office PA");

        (await client.PostAsync("/account", "/sign-out")).Dispose();

        using var answer = await thief.GetAsync("/");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_sessions_too()
    {
        using var onSet = await office.SignInAsync("head-cam");
        using var atDesk = await office.SignInAsync("head-cam");

        (await atDesk.PostAsync("/account", "/account/sign-out-everywhere")).Dispose();

        using var answer = await onSet.GetAsync("/");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData(61, 1)]
    [InlineData(50, 15)]
    public async Task A_session_ends_after_an_hour_idle_or_twelve_hours_in_all(int minutes, int times)
    {
        using var client = await office.SignInAsync("pa");
        for (var step = 1; step < times; step++)
        {
            office.Clock.Advance(TimeSpan.FromMinutes(minutes));
            (await client.GetAsync("/account")).Dispose();
        }

        office.Clock.Advance(TimeSpan.FromMinutes(minutes));
        using var answer = await client.GetAsync("/account");

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task The_owner_acts_for_others_and_the_audit_names_both()
    {
        using var client = office.Anonymous();
        await client.TakeLinkAsync(await office.Services.GetRequiredService<SignInLinks>().NewOwnerAsync("upm", CancellationToken.None));
        (await client.ReadAsync("/")).ShouldContain("Acting as");

        using var changed = await client.PostAsync("/", "/account/act-as", ("account", "pa"), ("returnUrl", "/paperwork"));

        changed.Headers.Location!.OriginalString.ShouldBe("/paperwork");
        (await client.ReadAsync("/people/C041")).ShouldContain("Not open to your role");
        await using var context = await office.Store.ReadAsync(CancellationToken.None);
        var row = await context.Audit.OrderByDescending(a => a.Seq).FirstAsync(a => a.Action == "act-as");
        (row.Actor, row.ActingFor).ShouldBe(("owner", "pa"));
    }

    [Fact]
    public async Task An_account_of_its_own_cannot_act_for_another()
    {
        using var client = await office.SignInAsync("pa");

        using var answer = await client.PostAsync("/account", "/account/act-as", ("account", "upm"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<string> NewLinkAsync(string account) => office.Services.GetRequiredService<SignInLinks>().NewAsync(account, CancellationToken.None);

    private Task SetPasswordAsync(string account) => office.Store.WriteAsync(
        async context => (await context.Accounts.FirstAsync(a => a.Name == account)).PasswordHash = office.Services.GetRequiredService<Passwords>().Hash(account, Password), CancellationToken.None);
}
