using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;
using static ProductionOffice.Server.Tests.Api.Endpoints.EndpointOffice;

namespace ProductionOffice.Server.Tests.Api.Endpoints;

public sealed class WebEndpointsTests(EndpointOffice office) : IClassFixture<EndpointOffice>
{
    [Fact]
    public async Task A_request_starts_a_workflow_and_gets_what_it_writes()
    {
        await office.PublishAsync("permit", Endpoint("locations/{Location}/permit"), Answer("({ at: variables.Route.Location, stage: variables.Query.stage, by: variables.Body.by, kind: variables.Headers['X-Kind'], key: variables.Headers['Idempotency-Key'] })", 201));

        using var answer = await office.SendAsync("POST", "/workflows/Locations/Pier%209/Permit?stage=4", Json("""{"by":"Ito"}"""), null, ("X-Kind", "street"), ("Idempotency-Key", "k-permit"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"at":"Pier 9","stage":"4","by":"Ito","kind":"street"}""");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        answer.Headers.GetValues("X-Permit").ShouldBe(["7"]);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'none'");
    }

    [Fact]
    public async Task Every_method_of_an_endpoint_is_listened_to_and_no_other()
    {
        await office.PublishAsync("methods", Endpoint("methods"));

        using var put = await office.SendAsync("PUT", "/workflows/methods");
        using var get = await office.SendAsync("GET", "/workflows/methods");

        put.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        get.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.CountAsync("methods")).ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_answer_of_the_workflow_the_instance_is_named_and_a_later_request_wakes_it()
    {
        await office.PublishAsync("twice", Endpoint("twice"), Endpoint("twice/again", starts: false), Answer("variables.Body"));

        using var first = await office.SendAsync("POST", "/workflows/twice", Json("1"));
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var instance = (string)JsonNode.Parse(await first.Content.ReadAsStringAsync())!["instanceId"]!;
        using var second = await office.SendAsync("POST", "/workflows/twice/again", Json("\"go on\""));
        using var third = await office.SendAsync("POST", "/workflows/twice/again", Json("\"go on\""));

        (await second.Content.ReadAsStringAsync()).ShouldBe("go on");
        (await office.ReadAsync(c => c.Instances.SingleAsync(i => i.Id == instance))).Status.ShouldBe(Engine.Instances.WorkflowStatus.Finished);
        third.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)JsonNode.Parse(await third.Content.ReadAsStringAsync())!["code"]!).ShouldBe("not-found");
    }

    [Fact]
    public async Task Of_several_that_wait_at_one_path_the_caller_says_which()
    {
        await office.PublishAsync("many", Endpoint("many"), Endpoint("many/next", starts: false));
        using var one = await office.SendAsync("POST", "/workflows/many");
        using var two = await office.SendAsync("POST", "/workflows/many");
        var instance = (string)JsonNode.Parse(await two.Content.ReadAsStringAsync())!["instanceId"]!;

        using var unclear = await office.SendAsync("POST", "/workflows/many/next");
        using var clear = await office.SendAsync("POST", $"/workflows/many/next?workflowInstanceId={instance}");

        unclear.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)JsonNode.Parse(await clear.Content.ReadAsStringAsync())!["instanceId"]!).ShouldBe(instance);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("permit/on")]
    [InlineData("permit/try/1")]
    public async Task An_address_of_the_boards_own_pages_is_refused_with_a_remedy(string path)
    {
        var refused = await Should.ThrowAsync<OfficeProblem>(() => office.PublishAsync("taken", Endpoint(path)));

        refused.Message.ShouldContain($"/workflows/{path} is a page of the office itself");
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_starts_nothing_else()
    {
        await office.PublishAsync("once", Endpoint("once"), Answer("getWorkflowInstanceId()"));

        using var first = await office.SendAsync("POST", "/workflows/once", Json("1"), null, ("Idempotency-Key", "a"), ("X-Try", "1"));
        using var again = await office.SendAsync("POST", "/workflows/once", Json("1"), null, ("Idempotency-Key", "a"), ("X-Try", "2"));
        using var other = await office.SendAsync("POST", "/workflows/once", Json("2"), null, ("Idempotency-Key", "a"));

        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await office.CountAsync("once")).ShouldBe(1);
    }

    [Fact]
    public async Task A_wake_up_sent_again_with_its_key_gets_the_first_answer_although_nothing_waits_any_more()
    {
        await office.PublishAsync("wake", Endpoint("wake"), Endpoint("wake/up", starts: false), Answer("'woken'", 203));
        using var start = await office.SendAsync("POST", "/workflows/wake");

        using var first = await office.SendAsync("POST", "/workflows/wake/up", null, null, ("Idempotency-Key", "w"));
        using var again = await office.SendAsync("POST", "/workflows/wake/up", null, null, ("Idempotency-Key", "w"));

        first.StatusCode.ShouldBe(HttpStatusCode.NonAuthoritativeInformation);
        again.StatusCode.ShouldBe(HttpStatusCode.NonAuthoritativeInformation);
        (await again.Content.ReadAsStringAsync()).ShouldBe("woken");
    }

    [Fact]
    public async Task An_account_is_asked_for_unless_the_author_says_no()
    {
        await office.PublishAsync("closed", Endpoint("closed", authorize: null));
        await office.PublishAsync("role", Endpoint("role", authorize: true, inputs: ("policy", "productionCoordinator")));

        using var stranger = await office.SendAsync("POST", "/workflows/closed");
        using var anybody = await office.SendAsync("POST", "/workflows/closed", null, "upm");
        using var wrongRole = await office.SendAsync("POST", "/workflows/role", null, "upm");
        using var rightRole = await office.SendAsync("POST", "/workflows/role", null, "coordinator");
        using var wrongToken = await office.SendAsync("POST", "/workflows/closed", null, null, ("Authorization", "Bearer nonsense"));

        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        anybody.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        wrongRole.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        rightRole.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        wrongToken.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_path_with_a_secret_takes_only_what_is_signed_with_it_now_and_once()
    {
        await office.PublishAsync("signed", Endpoint("hooks/{kind}", authorize: null));
        var secret = await office.Services.GetRequiredService<WebhookSecrets>().NewAsync("hooks/{kind}", default);
        var right = WebSignature.Make(secret, office.Clock.GetUtcNow(), "{}"u8);

        using var none = await office.SendAsync("POST", "/workflows/hooks/permit", Json("{}"));
        using var wrong = await Signed("{ }", right);
        using var old = await Signed("{}", WebSignature.Make(secret, office.Clock.GetUtcNow().AddSeconds(-301), "{}"u8));
        using var future = await Signed("{}", WebSignature.Make(secret, office.Clock.GetUtcNow().AddSeconds(301), "{}"u8));
        (await office.CountAsync("signed")).ShouldBe(0);
        using var good = await Signed("{}", right);
        using var replayed = await Signed("{}", right);
        using var dressedUp = await Signed("{}", right + ",t=1,v1=00", ("Idempotency-Key", "new"));

        none.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        future.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        good.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        replayed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        dressedUp.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await office.CountAsync("signed")).ShouldBe(1);

        Task<HttpResponseMessage> Signed(string body, string signature, params (string, string)[] headers) =>
            office.SendAsync("POST", "/workflows/hooks/permit", Json(body), null, [.. headers, (WebSignature.Header, signature)]);
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_or_goes_the_way_its_author_drew()
    {
        await office.PublishAsync("small", Endpoint("small", inputs: ("requestSizeLimit", 10)));
        await office.PublishAsync("drawn", new JsonObject
        {
            ["id"] = "root",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray(Endpoint("drawn", inputs: [("requestSizeLimit", 10), ("exposeRequestTooLargeOutcome", true)]), Answer("'too much for us'", 413)),
            ["connections"] = new JsonArray(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = "endpoint5", ["port"] = "Request too large" },
                ["target"] = new JsonObject { ["activity"] = "answer413", ["port"] = "In" },
            }),
        });

        using var fits = await office.SendAsync("POST", "/workflows/small", Json("[1,2,3]"));
        using var refused = await office.SendAsync("POST", "/workflows/small", Json("[1,2,3,4,5,6]"));
        using var drawn = await office.SendAsync("POST", "/workflows/drawn", Json("[1,2,3,4,5,6]"));

        fits.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await office.CountAsync("small")).ShouldBe(1);
        (await drawn.Content.ReadAsStringAsync()).ShouldBe("too much for us");
    }

    [Fact]
    public async Task Files_are_kept_as_documents_when_their_kind_and_size_are_taken()
    {
        await office.PublishAsync("upload", Endpoint("upload", inputs: [("fileSizeLimit", 100), ("allowedFileExtensions", new JsonArray(".pdf", "docx")), ("allowedMimeTypes", new JsonArray("application/pdf"))]),
            Answer("({ name: variables.Files[0].name, size: variables.Files[0].size, note: variables.Body.note })"));

        using var good = await Sent("../../permit.PDF", "application/pdf", 20);
        using var large = await Sent("permit.pdf", "application/pdf", 101);
        using var program = await Sent("permit.exe", "application/pdf", 20);
        using var disguised = await Sent("permit.pdf", "text/html", 20);

        (await good.Content.ReadAsStringAsync()).ShouldBe("""{"name":"permit.PDF","size":20,"note":"for Pier 9"}""");
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        program.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        disguised.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var document = (await office.ReadAsync(c => c.Documents.Where(d => d.Kind == "received").ToListAsync())).ShouldHaveSingleItem();
        (document.Name, document.Size, document.HasDealTerms).ShouldBe(("permit.PDF", 20, true));

        Task<HttpResponseMessage> Sent(string name, string type, int size)
        {
            var file = new ByteArrayContent(new byte[size]);
            file.Headers.ContentType = new(type);
            return office.SendAsync("POST", "/workflows/upload", new MultipartFormDataContent { { file, "scan", name }, { new StringContent("for Pier 9"), "note" } });
        }
    }

    [Fact]
    public async Task What_opens_doors_is_not_kept_in_the_workflow()
    {
        await office.PublishAsync("headers", Endpoint("headers"), Answer("variables.Headers"));

        using var answer = await office.SendAsync("POST", "/workflows/headers", null, "upm", ("Cookie", "po-session=secret"), ("X-Fine", "yes"));

        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("X-Fine");
        text.ShouldNotContain("Bearer");
        text.ShouldNotContain("po-session");
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused_and_starts_nothing()
    {
        await office.PublishAsync("strict", Endpoint("strict"));

        using var answer = await office.SendAsync("POST", "/workflows/strict", Json("{not json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await office.CountAsync("strict")).ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_workflow_says_so_without_telling_why()
    {
        await office.PublishAsync("failing", Endpoint("failing"), new JsonObject { ["id"] = "fault", ["type"] = "Elsa.Fault", ["message"] = Literal("the vault code is 1234") });

        using var answer = await office.SendAsync("POST", "/workflows/failing");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("1234");
    }

    [Fact]
    public async Task Strangers_are_slowed_down_and_accounts_are_not()
    {
        await office.PublishAsync("busy", Endpoint("busy"));
        var throttle = office.Services.GetRequiredService<RequestThrottle>();
        while (throttle.Try("127.0.0.1") is null)
        {
        }

        using var stranger = await office.SendAsync("POST", "/workflows/busy");
        using var account = await office.SendAsync("POST", "/workflows/busy", null, "upm");
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await office.SendAsync("POST", "/workflows/busy");

        stranger.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        stranger.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        account.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        later.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
