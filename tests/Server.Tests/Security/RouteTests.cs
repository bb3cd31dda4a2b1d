using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Tests.Security;

[Collection(SharedBoardOffice.Name)]
public sealed class RouteTests(BoardOffice office)
{
    /// <summary>The only doors open to everybody; those under /kiosk ask for a desk's token themselves.</summary>
    private static readonly string[] Open =
    [
        "/assets/{name}", "/health/live", "/health/ready", "/kiosk/v1/events", "/kiosk/v1/pair", "/kiosk/v1/reference", "/sign-in", "/sign-in/link/{token}", "/studio/appsettings.json", "/studio/{**path:file}", "/workflows/{**path}",
    ];

    [Fact]
    public void Only_the_listed_routes_are_open_to_everybody() =>
        Routes().Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Pattern).Distinct().Order(StringComparer.Ordinal).ShouldBe(Open);

    [Fact]
    public async Task Every_other_route_sends_strangers_away()
    {
        using var client = office.Anonymous();
        foreach (var (method, path) in Calls().Where(c => !Open.Contains(c.Pattern)).Select(c => (c.Method, c.Path)))
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(method, path));
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Found);
            if (answer.StatusCode == HttpStatusCode.Found)
                answer.Headers.Location!.OriginalString.ShouldContain("/sign-in", Case.Sensitive, path);
        }

        using var unknown = await client.GetAsync("/no/such/page");
        unknown.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("/kiosk/v1/events", "POST")]
    [InlineData("/kiosk/v1/reference", "GET")]
    public async Task A_desk_without_a_token_learns_nothing(string path, string method)
    {
        using var client = office.Anonymous();

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_desk_token_opens_no_page_and_no_other_api()
    {
        var kiosks = office.Services.GetRequiredService<KioskDesk>();
        var paired = await kiosks.PairAsync(new PairRequest(await kiosks.NewPairingCodeAsync(CancellationToken.None), "Front desk"), CancellationToken.None);
        using var client = office.Anonymous();

        (await StatusAsync(client, "/kiosk/v1/reference", paired.Token)).ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/", "/paperwork", "/office/v1/tasks", "/documents", "/settings" })
            (await StatusAsync(client, path, paired.Token)).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Found);
    }

    [Fact]
    public async Task The_owner_token_acts_for_the_account_named_with_it()
    {
        using var client = office.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/people/C041");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", BoardOffice.OwnerTokenText);
        request.Headers.Add("X-Office-As", "pa");

        using var answer = await client.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldContain("Not open to your role");
        (await StatusAsync(client, "/", "another token")).ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_everywhere()
    {
        using var client = await office.SignInAsync("upm");
        foreach (var call in Calls().Where(c => c.Method == HttpMethod.Post && !c.Path.StartsWith("/kiosk", StringComparison.Ordinal)))
        {
            using var answer = await client.PostAsync(call.Path, ("account", "pa"));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, call.Path);
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_sent_by_another_site_is_refused(string header, string value)
    {
        using var client = await office.SignInAsync("upm");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add(header, value);

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("another site");
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_also_when_it_is_a_refusal()
    {
        using var client = await office.SignInAsync("upm");
        foreach (var path in new[] { "/", "/paperwork.csv", "/no-such-page", "/documents/none/file", "/health/live", "/sign-in", "/office/v1/none" })
        {
            using var answer = await client.GetAsync(path);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
        }

        var page = await client.ReadAsync("/");
        page.ShouldNotContain("<script");
        page.ShouldNotContain(" style=");
        page.ShouldNotContain("http://", Case.Insensitive);
    }

    [Fact]
    public async Task Looking_at_pages_changes_nothing()
    {
        using var client = await office.SignInAsync("upm");
        var instance = await office.HireAsync("C026", "lineproducer");
        await office.DoAsync(instance, "Checked");
        var task = await office.TaskAsync(instance, "Approve");
        await office.SettledAsync();
        var before = await Dump.OfAsync(office);
        foreach (var path in new[]
        {
            "/", "/overdue", "/paperwork", "/paperwork.csv", "/approvals", $"/approvals/{task.Id}?outcome=Approve", $"/i/{instance}", "/people", "/people/C026",
            "/workflows", "/start/crew-hire?person=C026", "/instances", "/deliveries", "/documents", $"/documents/{task.DocumentId}/file", "/messages", "/settings", "/account",
        })
        {
            using var answer = await client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        (await Dump.OfAsync(office)).ShouldBe(before);
    }

    private static async Task<HttpStatusCode> StatusAsync(BoardClient client, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private IEnumerable<RouteEndpoint> Routes() => office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private IEnumerable<(HttpMethod Method, string Path, string Pattern)> Calls() =>
        from route in Routes()
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (new HttpMethod(method), string.Join('/', Pattern(route).Split('/').Select(s => s.StartsWith('{') ? "x" : s)), Pattern(route));

    private static string Pattern(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.Trim('/');
}
