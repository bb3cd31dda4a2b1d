using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Effects.Web;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tests.Persistence;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Effects.Web;

public sealed class WebRequestEffectTests : IAsyncLifetime
{
    private TestStore _store = null!;
    private readonly FakeClock _clock = new("2027-03-09T18:30:00-08:00");
    private WebhookSecrets _secrets = null!;
    private int _resolved;

    public async Task InitializeAsync()
    {
        _store = await TestStore.OpenAsync("sqlite");
        _secrets = new WebhookSecrets(_store.Office, new EphemeralDataProtectionProvider());
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_request_carries_what_the_workflow_gave_and_the_effects_key()
    {
        await using var server = await OutsideServer.StartAsync(context => context.Response.WriteAsJsonAsync(new { permit = 7 }));
        using var effect = Effect($"127.0.0.1:{server.Port}");

        var answer = await SendAsync(effect, $$"""
            {"url":"http://127.0.0.1:{{server.Port}}/permits?stage=4","method":"post","content":{"location":"Pier 9"},"authorization":"Bearer abc","headers":{"X-Show":"NF"} }
            """);

        var seen = server.Requests.ShouldHaveSingleItem();
        (seen.Method, seen.Path, seen.Body).ShouldBe(("POST", "/permits?stage=4", """{"location":"Pier 9"}"""));
        seen.Headers["Content-Type"].ShouldBe("application/json");
        seen.Headers["Authorization"].ShouldBe("Bearer abc");
        seen.Headers["X-Show"].ShouldBe("NF");
        seen.Headers["Idempotency-Key"].ShouldBe("i1:3:0");
        seen.Headers.ShouldNotContainKey(WebSignature.Header);
        seen.Headers.ShouldNotContainKey("traceparent");
        answer["statusCode"].AsNumber().ShouldBe(200);
        answer["content"]["permit"].AsNumber().ShouldBe(7);
        answer["headers"]["Content-Type"].AsList()[0].AsString().ShouldStartWith("application/json");
    }

    [Theory]
    [InlineData("text/plain", "Granted", "\"Granted\"")]
    [InlineData("application/problem+json; charset=utf-8", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("application/json", "not json", "\"not json\"")]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=x+y&a=2", """{"a":["1","2"],"b":"x y"}""")]
    [InlineData("application/pdf", "%PDF", """{"contentType":"application/pdf","base64":"JVBERg=="}""")]
    public async Task An_answer_is_read_by_its_content_type(string type, string body, string expected)
    {
        await using var server = await OutsideServer.StartAsync(context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });
        using var effect = Effect($"127.0.0.1:{server.Port}");

        var answer = await SendAsync(effect, Get(server.Port));

        answer["content"].ToJson().ShouldBe(expected);
    }

    [Fact]
    public async Task A_request_is_signed_once_a_secret_is_there()
    {
        await using var server = await OutsideServer.StartAsync(_ => Task.CompletedTask);
        using var effect = Effect($"127.0.0.1:{server.Port}");
        var secret = await _secrets.NewAsync(WebhookSecrets.Outgoing, default);

        await SendAsync(effect, $$"""{"url":"http://127.0.0.1:{{server.Port}}/","method":"POST","content":"hello"}""");

        var signature = server.Requests.ShouldHaveSingleItem().Headers[WebSignature.Header];
        WebSignature.Problem(signature, secret, _clock.GetUtcNow(), "hello"u8, out _).ShouldBeNull();
        WebSignature.Problem(signature, secret, _clock.GetUtcNow(), "hullo"u8, out _).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("169.254.169.254")]
    [InlineData("0")]
    [InlineData("10.1.2.3")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1%251]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    public async Task An_address_inside_is_refused_in_every_spelling(string host)
    {
        using var effect = Effect();

        var refused = await Should.ThrowAsync<EffectFailedException>(() => SendAsync(effect, $$"""{"url":"http://{{host}}/","handles":["Failed to connect","Timeout"]}"""));

        refused.Message.ShouldContain("not on the public internet");
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://user:secret@127.0.0.1:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    public async Task No_spelling_reaches_a_server_of_this_machine_unless_its_host_is_allowed(string url)
    {
        await using var server = await OutsideServer.StartAsync(_ => Task.CompletedTask);
        var payload = new System.Text.Json.Nodes.JsonObject { ["url"] = string.Format(null, url, server.Port) }.ToJsonString();
        using var guarded = Effect();
        using var allowing = Effect($"127.0.0.1:{server.Port}", $"localhost:{server.Port}");

        await Should.ThrowAsync<EffectFailedException>(() => SendAsync(guarded, payload));
        server.Requests.ShouldBeEmpty();

        // The control: the same address gets through when it is allowed, except with a user name in it.
        if (url.Contains('@', StringComparison.Ordinal))
            (await Should.ThrowAsync<EffectFailedException>(() => SendAsync(allowing, payload))).Message.ShouldContain("user name");
        else
            (await SendAsync(allowing, payload))["statusCode"].AsNumber().ShouldBe(200);
    }

    [Fact]
    public async Task A_redirect_to_the_inside_is_an_answer_and_not_followed()
    {
        await using var inside = await OutsideServer.StartAsync(_ => Task.CompletedTask);
        await using var server = await OutsideServer.StartAsync(context =>
        {
            context.Response.Redirect($"http://127.0.0.1:{inside.Port}/");
            return Task.CompletedTask;
        });
        using var effect = Effect($"127.0.0.1:{server.Port}");

        var answer = await SendAsync(effect, Get(server.Port));

        answer["statusCode"].AsNumber().ShouldBe(302);
        inside.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_with_one_address_inside_is_refused_and_asked_for_only_once()
    {
        using var effect = Resolving(["93.184.216.34", "127.0.0.1"]);

        var refused = await Should.ThrowAsync<EffectFailedException>(() => SendAsync(effect, """{"url":"http://rebinding.example/"}"""));

        refused.Message.ShouldStartWith("rebinding.example is 127.0.0.1");
        _resolved.ShouldBe(1);
    }

    [Fact]
    public async Task The_connection_goes_to_the_very_address_that_was_looked_at()
    {
        await using var server = await OutsideServer.StartAsync(_ => Task.CompletedTask);
        // The name stands for this machine only when it is asked for the first time.
        using var effect = new WebRequestEffect(
            new WebGuard([new AllowedHost("printer.example", server.Port)], (_, _) => Task.FromResult<IPAddress[]>(_resolved++ == 0 ? [IPAddress.Loopback] : [])), new Destinations(_clock), _secrets, _clock);

        var answer = await SendAsync(effect, $$"""{"url":"http://printer.example:{{server.Port}}/"}""");

        answer["statusCode"].AsNumber().ShouldBe(200);
        server.Requests.ShouldHaveSingleItem().Headers["Host"].ShouldBe($"printer.example:{server.Port}");
        _resolved.ShouldBe(1);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("permits")]
    [InlineData("http://example.com:8080/")]
    [InlineData("https://example.com:22/")]
    public async Task Only_web_addresses_at_the_webs_own_ports_are_called(string url)
    {
        using var effect = Resolving(["93.184.216.34"]);

        await Should.ThrowAsync<EffectFailedException>(() => SendAsync(effect, $$"""{"url":"{{url}}"}"""));

        _resolved.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"X-A":"1\r\nX-Admin: yes"}""")]
    [InlineData("""{"X A":"1"}""")]
    [InlineData("""{"Host":"inside.example"}""")]
    [InlineData("""{"Transfer-Encoding":"chunked"}""")]
    [InlineData("""{"Content-Language":"de"}""")]
    public async Task A_header_that_would_change_the_request_is_refused(string headers)
    {
        await using var server = await OutsideServer.StartAsync(_ => Task.CompletedTask);
        using var effect = Effect($"127.0.0.1:{server.Port}");

        await Should.ThrowAsync<EffectFailedException>(() => SendAsync(effect, $$"""{"url":"http://127.0.0.1:{{server.Port}}/","headers":{{headers}} }"""));

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_cut_off_at_a_megabyte()
    {
        await using var server = await OutsideServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.BodyWriter.WriteAsync(new byte[64 * 1024]);
        });
        using var effect = Effect($"127.0.0.1:{server.Port}");

        (await Should.ThrowAsync<EffectFailedException>(() => SendAsync(effect, Get(server.Port)))).Message.ShouldContain("more than 1 MB");
    }

    [Fact]
    public async Task Silence_for_ten_seconds_is_a_timeout_for_the_workflow_that_handles_it()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await OutsideServer.StartAsync(context =>
        {
            arrived.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var effect = Effect($"127.0.0.1:{server.Port}");

        var sending = SendAsync(effect, Get(server.Port, "Timeout"));
        await arrived.Task;
        _clock.Advance(TimeSpan.FromSeconds(9));
        sending.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await sending)["error"].AsString().ShouldBe("Timeout");
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_failed_connection_or_a_later_try_when_no_way_leads_on()
    {
        var port = await FreePortAsync();
        using var effect = Effect($"127.0.0.1:{port}");

        (await SendAsync(effect, Get(port, "Failed to connect")))["error"].AsString().ShouldBe("Failed to connect");
        (await Should.ThrowAsync<DestinationFailedException>(() => SendAsync(effect, Get(port)))).Message.ShouldContain("it is tried again");
    }

    [Fact]
    public async Task A_dead_host_is_left_alone_while_others_are_called()
    {
        await using var server = await OutsideServer.StartAsync(_ => Task.CompletedTask);
        var dead = await FreePortAsync();
        using var effect = Resolving(["127.0.0.1"], $"dead.example:{dead}", $"alive.example:{server.Port}");
        for (var i = 0; i < 3; i++)
            await SendAsync(effect, $$"""{"url":"http://dead.example:{{dead}}/","handles":["Failed to connect"]}""");
        var before = _resolved;

        var fourth = await SendAsync(effect, $$"""{"url":"http://dead.example:{{dead}}/","handles":["Failed to connect"]}""");

        fourth["reason"].AsString().ShouldContain("left alone");
        _resolved.ShouldBe(before);
        (await SendAsync(effect, $$"""{"url":"http://alive.example:{{server.Port}}/"}"""))["statusCode"].AsNumber().ShouldBe(200);
    }

    private WebRequestEffect Effect(params string[] allowed) => new(new WebGuard([.. allowed.Select(AllowedHost.Parse)]), new Destinations(_clock), _secrets, _clock);

    private WebRequestEffect Resolving(string[] addresses, params string[] allowed) => new(
        new WebGuard([.. allowed.Select(AllowedHost.Parse)], (_, _) =>
        {
            _resolved++;
            return Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);
        }), new Destinations(_clock), _secrets, _clock);

    private static string Get(int port, params string[] handles) => new System.Text.Json.Nodes.JsonObject
    {
        ["url"] = $"http://127.0.0.1:{port}/",
        ["handles"] = new System.Text.Json.Nodes.JsonArray([.. handles.Select(h => System.Text.Json.Nodes.JsonValue.Create(h))]),
    }.ToJsonString();

    private static async Task<int> FreePortAsync()
    {
        await using var server = await OutsideServer.StartAsync(_ => Task.CompletedTask);
        return server.Port;
    }

    private static async Task<Value> SendAsync(WebRequestEffect effect, string payload) =>
        (await effect.PerformAsync(new OutboxMessage("i1:3:0", "i1", "http", payload, "i1-1"), Value.ParseJson(payload), default)).Result;
}
