using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ProductionOffice.Engine.Running;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Telemetry;

/// <summary>What a collector can see of the office besides the engine, under the same name <c>ProductionOffice</c>.</summary>
/// <remarks>Sent out only when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; ids, kinds and counts, never names, terms or texts.</remarks>
internal sealed class OfficeTelemetry : IDisposable
{
    private const string Name = "ProductionOffice";
    private static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter = new(Name);

    public OfficeTelemetry(WorkflowStore store, TimeProvider clock)
    {
        // Read when a collector asks, and only then.
        _meter.CreateObservableGauge("office.bookmarks", () => Backlog.Read(store, clock.GetUtcNow()).Bookmarks, description: "Places where workflows wait");
        _meter.CreateObservableGauge("office.outbox.age", () => Backlog.Read(store, clock.GetUtcNow()).OutboxAge.TotalSeconds, "s", "How long the oldest due effect has waited");
        _meter.CreateObservableGauge("office.parked", () => Backlog.Read(store, clock.GetUtcNow()).Parked, description: "Effects and work set aside for a person");
        _meter.CreateObservableGauge("office.timer.lag", () => Backlog.Read(store, clock.GetUtcNow()).TimerLag.TotalSeconds, "s", "How late the most overdue work is");
    }

    public static Activity? StartEffect(OutboxMessage message) => Source.StartActivity("effect")?.SetTag("office.effect.kind", message.Kind).SetTag("office.instance", message.InstanceId);

    /// <summary>Sends what there is to a collector, when the environment names one.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<OfficeTelemetry>();
        if (!string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
            Export(services);
    }

    public void Dispose() => _meter.Dispose();

    // Not inlined: an office without a collector loads no exporter.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Export(IServiceCollection services)
    {
        services.AddHostedService<Started>();
        services.AddOpenTelemetry()
            .WithTracing(t => t.AddSource(Name, "Microsoft.AspNetCore").AddOtlpExporter())
            .WithMetrics(m => m.AddMeter(Name, "Microsoft.AspNetCore.Hosting").AddOtlpExporter());
    }

    /// <summary>Makes the gauges exist from the start.</summary>
    private sealed class Started(OfficeTelemetry telemetry) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            GC.KeepAlive(telemetry);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
