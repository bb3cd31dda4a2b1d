using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Api;

[Collection(OfficeServerTests.Name)]
public sealed class KioskApiTests(OfficeServer server)
{
    [Fact]
    public async Task A_batch_sent_again_counts_once()
    {
        var (id, token) = await PairAsync();
        using var desk = server.Client(token, null);
        using var office = server.Client();
        var batch = Batch(Logged(id, 1, $"{id}-0001", "C041"), Logged(id, 2, $"{id}-0002", "C042"));

        var first = await desk.PostJsonAsync("/kiosk/v1/events", batch.DeepClone());
        var again = await desk.PostJsonAsync("/kiosk/v1/events", batch.DeepClone());

        Results(first).ShouldBe(["accepted", "accepted"]);
        Results(again).ShouldBe(["duplicate", "duplicate"]);
        var parcels = (await office.GetJsonAsync("/office/v1/deliveries")).Json.AsArray();
        parcels.Count(p => p!["number"]!.ToString().StartsWith(id + "-", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Replays_at_the_same_time_count_once()
    {
        var (id, token) = await PairAsync();
        using var desk = server.Client(token, null);
        var batch = Batch(Logged(id, 1, $"{id}-0001", "C041"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.PostJsonAsync("/kiosk/v1/events", batch.DeepClone())));

        answers.SelectMany(Results).Count(r => r == "accepted").ShouldBe(1);
        answers.SelectMany(Results).Count(r => r == "duplicate").ShouldBe(5);
    }

    [Fact]
    public async Task Another_record_under_a_known_number_is_rejected()
    {
        var (id, token) = await PairAsync();
        using var desk = server.Client(token, null);
        await desk.PostJsonAsync("/kiosk/v1/events", Batch(Logged(id, 1, $"{id}-0001", "C041")));

        var other = await desk.PostJsonAsync("/kiosk/v1/events", Batch(Logged(id, 1, $"{id}-0009", "C042")));

        Results(other).ShouldBe(["rejected"]);
    }

    [Theory]
    [InlineData("delivery.logged", "{}")]
    [InlineData("delivery.logged", """{"number":"K1-7001","recipient":null,"pieces":1}""")]
    [InlineData("delivery.handedOver", """{"numbers":null,"collector":null}""")]
    [InlineData("crew.in", "[]")]
    public async Task An_unsound_record_does_not_hold_up_those_behind_it(string type, string data)
    {
        var (id, token) = await PairAsync();
        using var desk = server.Client(token, null);
        var unsound = Logged(id, 1, $"{id}-0001", "C041");
        unsound["type"] = type;
        unsound["data"] = JsonNode.Parse(data);

        var answer = await desk.PostJsonAsync("/kiosk/v1/events", Batch(unsound, Logged(id, 2, $"{id}-0002", "C042")));

        Results(answer).ShouldBe(["rejected", "accepted"]);
    }

    [Fact]
    public async Task A_desk_speaks_only_for_itself()
    {
        var (_, token) = await PairAsync();
        using var desk = server.Client(token, null);

        var answer = await desk.PostJsonAsync("/kiosk/v1/events", Batch(Logged("K999", 1, "K999-0001", "C041")));

        answer.Status.ShouldBe(422);
        answer.Code.ShouldBe("kiosk-mismatch");
    }

    [Fact]
    public async Task Reference_data_are_sent_once_and_hold_no_deal_terms()
    {
        var (_, token) = await PairAsync();
        using var desk = server.Client(token, null);

        var data = await desk.GetJsonAsync("/kiosk/v1/reference");
        var again = await desk.GetJsonAsync($"/kiosk/v1/reference?version={data.Json["version"]}");

        data.Json["people"]!.AsArray().Count.ShouldBeGreaterThan(50);
        data.Text.ShouldNotContain("rate", Case.Insensitive);
        data.Text.ShouldNotContain("deal", Case.Insensitive);
        again.Status.ShouldBe(304);
    }

    [Fact]
    public async Task A_desk_token_opens_nothing_but_the_desk()
    {
        var (_, token) = await PairAsync();
        using var desk = server.Client(token, null);
        using var owner = server.Client();
        using var stranger = server.Client(null, null);

        (await desk.GetJsonAsync("/office/v1/tasks")).Status.ShouldBe(401);
        (await owner.GetJsonAsync("/kiosk/v1/reference")).Status.ShouldBe(401);
        (await stranger.GetJsonAsync("/kiosk/v1/reference")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_code_pairs_one_desk()
    {
        using var office = server.Client();
        using var stranger = server.Client(null, null);
        var code = (await office.PostJsonAsync("/office/v1/kiosk/pairing-code", new JsonObject())).Json["code"]!.ToString();

        var first = await stranger.PostJsonAsync("/kiosk/v1/pair", new JsonObject { ["code"] = code, ["name"] = "Front desk" });
        var second = await stranger.PostJsonAsync("/kiosk/v1/pair", new JsonObject { ["code"] = code, ["name"] = "Front desk" });

        first.Status.ShouldBe(200);
        second.Status.ShouldBe(403);
        second.Code.ShouldBe("pairing-refused");
    }

    [Fact]
    public async Task Only_coordinator_and_UPM_make_pairing_codes()
    {
        using var assistant = server.Client("pa");

        (await assistant.PostJsonAsync("/office/v1/kiosk/pairing-code", new JsonObject())).Status.ShouldBe(403);
    }

    private async Task<(string Id, string Token)> PairAsync()
    {
        // Straight from the desk: the way over HTTP is braked, and has its own tests.
        var paired = await server.PairAsync("Front desk");
        return (paired.Kiosk, paired.Token);
    }

    private static JsonObject Batch(params JsonNode[] events) => new() { ["events"] = new JsonArray(events) };

    private static JsonObject Logged(string kiosk, int seq, string number, string person) => new()
    {
        ["v"] = 1,
        ["id"] = $"0193e2f0-0000-7000-8000-{kiosk.GetHashCode(StringComparison.Ordinal) & 0xffff:x4}{seq:x4}{number.GetHashCode(StringComparison.Ordinal) & 0xffff:x4}",
        ["kiosk"] = kiosk,
        ["seq"] = seq,
        ["at"] = "2026-11-20T10:00:00-08:00",
        ["mono"] = 1000,
        ["actor"] = "desk",
        ["type"] = "delivery.logged",
        ["data"] = new JsonObject
        {
            ["number"] = number,
            ["recipient"] = "Somebody",
            ["personId"] = person,
            ["pieces"] = 1,
            ["kind"] = "parcel",
            ["condition"] = "good",
            ["perishable"] = false,
            ["signatureRequired"] = false,
        },
        ["crc"] = 0,
    };

    private static List<string> Results(Reply reply) => [.. reply.Json["results"]!.AsArray().Select(r => r!["result"]!.ToString())];
}
