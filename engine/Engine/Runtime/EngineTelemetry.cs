using System.Diagnostics;
using System.Diagnostics.Metrics;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Runtime;

/// <summary>What a collector can see of the engine, under the name <c>ProductionOffice</c>: ids, types and times, never what people wrote. Costs next to nothing while nobody listens.</summary>
internal static class EngineTelemetry
{
    private const string Name = "ProductionOffice";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Bursts = Meter.CreateCounter<long>("office.bursts", description: "Bursts run");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("office.burst.duration", "ms", "Time a burst took in memory");
    private static readonly Counter<long> Commits = Meter.CreateCounter<long>("office.commits", description: "Bursts stored");

    public static Activity? StartCommit(BurstOutcome outcome) => Source.StartActivity("commit")?.SetTag("office.instance", outcome.Result.Instance.Id).SetTag("office.definition", outcome.Result.Instance.DefinitionId);

    public static BurstOutcome Run(BurstRequest request)
    {
        using var span = Source.StartActivity("burst");
        var began = Duration.Enabled ? Stopwatch.GetTimestamp() : 0;
        var outcome = Burst.Run(request);
        if (span is not null)
        {
            span.SetTag("office.instance", request.InstanceId).SetTag("office.definition", request.Graph.Definition.DefinitionId)
                .SetTag("office.cause", request.Cause.ToString()).SetTag("office.substatus", outcome.Result.Instance.SubStatus.ToString());
        }

        if (began != 0)
            Duration.Record(Stopwatch.GetElapsedTime(began).TotalMilliseconds, new KeyValuePair<string, object?>("office.definition", request.Graph.Definition.DefinitionId));
        Bursts.Add(1);
        return outcome;
    }

    public static void Committed() => Commits.Add(1);
}
