using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api;

[Collection(OfficeServerTests.Name)]
public sealed class OfficeApiTests(OfficeServer server)
{
    private const string Start = "/office/v1/workflows/crew-hire/start";

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_starts_nothing_twice()
    {
        using var office = server.Client();
        var before = await CountAsync(office);

        var first = await office.PostJsonAsync(Start, Hire("C041"), key: "same-key");
        var again = await office.PostJsonAsync(Start, Hire("C041"), key: "same-key");

        first.Status.ShouldBe(200);
        again.Text.ShouldBe(first.Text);
        (await CountAsync(office)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Two_at_once_with_one_key_start_one_workflow()
    {
        using var office = server.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => office.PostJsonAsync(Start, Hire("C041"), key: "at-once")));

        answers.Select(a => (string?)a.Json["instanceId"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        using var office = server.Client();
        await office.PostJsonAsync(Start, Hire("C041"), key: "other-body");

        var other = await office.PostJsonAsync(Start, Hire("C042"), key: "other-body");

        other.Status.ShouldBe(422);
        other.Code.ShouldBe("idempotency-mismatch");
    }

    [Fact]
    public async Task A_key_belongs_to_who_sent_it()
    {
        using var coordinator = server.Client("coordinator");
        using var upm = server.Client("upm");

        var one = await coordinator.PostJsonAsync(Start, Hire("C041"), key: "mine");
        var other = await upm.PostJsonAsync(Start, Hire("C042"), key: "mine");

        other.Json["instanceId"]!.ToString().ShouldNotBe(one.Json["instanceId"]!.ToString());
    }

    [Fact]
    public async Task An_unknown_person_is_named_with_those_near_it()
    {
        using var office = server.Client();

        var answer = await office.PostJsonAsync(Start, Hire("C999"));

        answer.Status.ShouldBe(404);
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Json.AsObject().Select(f => f.Key).ShouldBe(["type", "title", "status", "code", "detail", "remedy", "reference"]);
        answer.Code.ShouldBe("person-unknown");
        answer.Json["detail"]!.ToString().ShouldContain("'C999'");
        answer.Json["remedy"]!.ToString().ShouldContain("Did you mean");
    }

    [Fact]
    public async Task A_second_decision_is_told_who_was_first()
    {
        using var office = server.Client();
        var (_, task) = await server.HireAsync("C041");

        var first = await office.PostJsonAsync($"/office/v1/tasks/{task}", Decide("Approve"));
        var second = await office.PostJsonAsync($"/office/v1/tasks/{task}", Decide("Refuse", "too late"));

        first.Json["state"]!.ToString().ShouldBe("done");
        second.Status.ShouldBe(409);
        second.Code.ShouldBe("task-done");
        second.Json["detail"]!.ToString().ShouldContain(first.Json["doneBy"]!.ToString());
    }

    [Fact]
    public async Task Of_many_decisions_at_once_one_counts()
    {
        using var office = server.Client("upm");
        var (_, task) = await server.HireAsync("C041");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => office.PostJsonAsync($"/office/v1/tasks/{task}", Decide("Approve"), key: $"click-{i}-{task}")));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
    }

    [Fact]
    public async Task A_decision_sent_again_with_its_key_gets_its_answer_again()
    {
        using var office = server.Client("upm");
        var (_, task) = await server.HireAsync("C041");

        var first = await office.PostJsonAsync($"/office/v1/tasks/{task}", Decide("Approve"), key: "decide-" + task);
        var again = await office.PostJsonAsync($"/office/v1/tasks/{task}", Decide("Approve"), key: "decide-" + task);

        first.Status.ShouldBe(200);
        again.Text.ShouldBe(first.Text);
    }

    [Theory]
    [InlineData("{\"input\":{\"person\":")]
    [InlineData("{\"input\":{}}}")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"input\":{},\"input\":{}}")]
    [InlineData("{\"inputs\":{}}")]
    [InlineData("{\"input\":\"person\"}")]
    public async Task Torn_or_strange_JSON_is_refused_with_its_place(string body)
    {
        using var office = server.Client();

        var answer = await office.PostTextAsync(Start, body);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("json-unreadable");
        answer.ContentType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task JSON_nested_without_end_is_refused()
    {
        using var office = server.Client();

        var answer = await office.PostTextAsync(Start, "{\"input\":" + new string('[', 10_000));

        answer.Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_request_that_ends_in_the_middle_changes_nothing()
    {
        using var office = server.Client();
        var before = await CountAsync(office);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Start} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {server.Token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"input\":{{\"person\":"));
        socket.Client.Shutdown(SocketShutdown.Send);

        var answer = await ReadAsync(stream);

        // Whoever hangs up may find nobody to answer; what counts is that nothing was started.
        (answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal)).ShouldBeTrue(answer);
        (await CountAsync(office)).ShouldBe(before);
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        try
        {
            return await new StreamReader(stream).ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_one_megabyte_is_refused(bool isChunked)
    {
        using var office = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, Start) { Content = new StringContent($"{{\"input\":{{\"person\":\"{new string('x', 1_100_000)}\"}}}}", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await office.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(413);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.ToString().ShouldBe("too-large");
    }

    [Fact]
    public async Task Only_JSON_is_taken()
    {
        using var office = server.Client();

        var answer = await office.PostTextAsync(Start, Hire("C041").ToJsonString(), "text/plain");

        answer.Status.ShouldBe(415);
    }

    [Theory]
    [InlineData("/office/v1/tasks")]
    [InlineData("/office/v1/docs")]
    [InlineData("/office/v1/instances")]
    [InlineData("/office/v1/paperwork")]
    [InlineData("/office/v1/deliveries")]
    [InlineData("/office/v1/kiosks")]
    [InlineData("/office/v1/workflows")]
    public async Task Nobody_reads_without_a_token(string path)
    {
        using var stranger = server.Client(token: null, actAs: null);
        using var forger = server.Client(token: "x" + server.Token, actAs: null);
        using var owner = server.Client();

        (await stranger.GetJsonAsync(path)).Status.ShouldBe(401);
        (await forger.GetJsonAsync(path)).Status.ShouldBe(401);
        (await owner.GetJsonAsync(path)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Nobody_acts_for_an_account_that_does_not_exist()
    {
        using var office = server.Client("nobody");

        (await office.GetJsonAsync("/office/v1/tasks")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Somebody_of_another_role_may_not_decide()
    {
        using var assistant = server.Client("pa");
        var (_, task) = await server.HireAsync("C041");

        var answer = await assistant.PostJsonAsync($"/office/v1/tasks/{task}", Decide("Approve"));

        answer.Status.ShouldBe(403);
        answer.Json["remedy"]!.ToString().ShouldContain("can do it");
    }

    [Fact]
    public async Task Withdrawing_tells_why_and_ends_the_workflow()
    {
        using var office = server.Client();
        var (instance, _) = await server.HireAsync("C041");

        var answer = await office.PostJsonAsync($"/office/v1/instances/{instance}/withdraw", new JsonObject { ["reason"] = "position cut" });
        await office.GetJsonAsync($"/office/v1/instances/{instance}?wait=30");

        answer.Status.ShouldBe(200);
        var timeline = (await office.GetJsonAsync($"/office/v1/instances/{instance}/timeline")).Json.AsArray();
        timeline.ShouldContain(e => e!["why"] != null && e["why"]!.ToString() == "position cut");
        (await office.PostJsonAsync($"/office/v1/instances/{instance}/withdraw", new JsonObject())).Status.ShouldBe(409);
    }

    [Fact]
    public async Task A_broken_template_shows_as_stuck_and_a_retry_goes_on()
    {
        using var office = server.Client();
        var template = Path.Combine(server.Data, "templates", "deal-memo.docx");
        var sound = await File.ReadAllBytesAsync(template);
        await File.WriteAllTextAsync(template, "this is no document");
        var started = await office.PostJsonAsync(Start, Hire("C041"));
        var instance = started.Json["instanceId"]!.ToString();
        var task = (await office.GetJsonAsync($"/office/v1/tasks?instance={instance}")).Json[0]!["id"]!.ToString();
        await office.PostJsonAsync($"/office/v1/tasks/{task}", Decide("Checked"));

        var stuck = (await office.GetJsonAsync($"/office/v1/instances/{instance}?wait=30")).Json;
        await File.WriteAllBytesAsync(template, sound);
        var retried = await office.PostJsonAsync($"/office/v1/instances/{instance}/retry", new JsonObject());
        var after = (await office.GetJsonAsync($"/office/v1/instances/{instance}?wait=30")).Json;

        stuck["isStuck"]!.GetValue<bool>().ShouldBeTrue();
        stuck["waitingFor"]!.ToString().ShouldStartWith("Stuck: deal-memo.docx: ");
        retried.Json["retried"]!.GetValue<int>().ShouldBe(1);
        after["waitingFor"]!.ToString().ShouldStartWith("UPM: ");
    }

    [Fact]
    public async Task An_address_that_is_not_there_names_those_that_are()
    {
        using var office = server.Client();

        var answer = await office.GetJsonAsync("/office/v1/taks");

        answer.Status.ShouldBe(404);
        answer.Json["remedy"]!.ToString().ShouldContain("/office/v1/tasks");
    }

    private static JsonObject Hire(string person) => new() { ["input"] = new JsonObject { ["person"] = person } };

    private static JsonObject Decide(string outcome, string? comment = null) => new() { ["outcome"] = outcome, ["comment"] = comment };

    private static async Task<int> CountAsync(HttpClient office) => (await office.GetJsonAsync("/office/v1/instances?definition=crew-hire")).Json.AsArray().Count;
}
