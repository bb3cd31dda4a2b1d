using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Telemetry;
using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Telemetry;

/// <summary>What a collector gets to see.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class TelemetryTests(OfficeServer office)
{
    private const string Name = "ProductionOffice";
    private static readonly string[] Tags = ["office.instance", "office.definition", "office.cause", "office.substatus", "office.effect.kind"];
    private static readonly string[] Secrets = ["2651", "Quillon Vane", "Gaffer", "Deal memo"];

    [Fact]
    public async Task A_hire_is_seen_as_bursts_commits_and_effects_without_its_terms()
    {
        var spans = new ConcurrentQueue<Activity>();
        var isMade = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                spans.Enqueue(span);
                if (span.OperationName == "effect" && (string?)span.GetTagItem("office.effect.kind") == "document")
                    isMade.TrySetResult();
            },
        };
        ActivitySource.AddActivityListener(listener);

        var hire = await HireAsync();
        await isMade.Task.WaitAsync(TimeSpan.FromMinutes(1));

        var ours = spans.Where(s => (string?)s.GetTagItem("office.instance") == hire).ToList();
        ours.Select(s => s.OperationName).Distinct().Order().ShouldBe(["burst", "commit", "effect"]);
        ours.Where(s => s.OperationName is "burst" or "commit").ShouldAllBe(s => (string?)s.GetTagItem("office.definition") == "crew-hire");
        var tags = spans.SelectMany(s => s.TagObjects.Concat(s.Events.SelectMany(e => e.Tags))).ToList();
        tags.ShouldAllBe(t => Tags.Contains(t.Key));
        spans.Select(s => s.DisplayName).Concat(tags.Select(t => t.Value?.ToString() ?? "")).ShouldAllBe(text => !Secrets.Any(s => text.Contains(s, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Requests_are_seen_without_the_secrets_of_their_addresses()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var client = office.Client(null, null);

        await client.GetJsonAsync("/sign-in/link/a-secret-of-the-address?token=a-secret-of-the-query");
        await client.GetJsonAsync("/health/live");

        spans.ShouldNotBeEmpty();
        spans.SelectMany(s => s.TagObjects.Select(t => $"{t.Key}={t.Value}").Append(s.DisplayName)).ShouldAllBe(text => !text.Contains("a-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Counters_and_gauges_are_there_and_say_what_the_office_has_before_it()
    {
        var (names, tags, values) = (new ConcurrentDictionary<string, Instrument>(), new ConcurrentQueue<KeyValuePair<string, object?>>(), new ConcurrentDictionary<string, double>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == Name && names.TryAdd(instrument.Name, instrument))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((i, value, t, _) => Note(i, value, t));
        listener.SetMeasurementEventCallback<long>((i, value, t, _) => Note(i, value, t));
        listener.SetMeasurementEventCallback<double>((i, value, t, _) => Note(i, value, t));
        office.Services.GetRequiredService<OfficeTelemetry>();
        listener.Start();

        await HireAsync();
        listener.RecordObservableInstruments();

        names.Keys.Order().ShouldBe(["office.bookmarks", "office.burst.duration", "office.bursts", "office.commits", "office.outbox.age", "office.parked", "office.timer.lag"]);
        values["office.bursts"].ShouldBeGreaterThan(0);
        values["office.commits"].ShouldBeGreaterThan(0);
        values["office.bookmarks"].ShouldBeGreaterThan(0);
        values.Keys.Order().ShouldBe(names.Keys.Order());
        tags.ShouldAllBe(t => t.Key == "office.definition");

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> with)
        {
            values.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            foreach (var tag in with)
                tags.Enqueue(tag);
        }
    }

    /// <summary>A hire of somebody new, as far as the deal memo.</summary>
    private async Task<string> HireAsync()
    {
        using var client = office.Client();
        var input = new JsonObject
        {
            ["name"] = "Quillon Vane",
            ["role"] = "Gaffer",
            ["department"] = "ELC",
            ["rateType"] = "weekly",
            ["rate"] = "2651",
            ["startDate"] = "2031-03-03",
            ["endDate"] = "2031-04-04",
        };
        var hire = (string)(await client.PostJsonAsync("/office/v1/workflows/crew-hire/start", new JsonObject { ["input"] = input })).Json["instanceId"]!;
        for (var isChecked = false; !isChecked;)
        {
            var task = (await client.GetJsonAsync($"/office/v1/tasks?instance={hire}")).Json[0]!;
            isChecked = task["outcomes"]!.AsArray().Any(o => (string?)o == "Checked");
            var answer = await client.PostJsonAsync($"/office/v1/tasks/{task["id"]}", new JsonObject { ["outcome"] = isChecked ? "Checked" : "Approve" });
            answer.Status.ShouldBe(200, answer.Text);
            await client.GetJsonAsync($"/office/v1/instances/{hire}?wait=30");
        }

        return hire;
    }
}
