using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Benchmarks;

/// <summary>Ten steps in memory: the engine alone, and through the runtime over a store in memory.</summary>
internal static class BurstBenchmark
{
    private const int Count = 20_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var graph = GraphBuilder.Build(DefinitionReader.Read(Definitions.Ten, "ten"), ActivityRegistry.Standard, _ => null).Graph;
        var now = TimeProvider.System.GetUtcNow();
        var alone = Measure.Run(Count, () =>
        {
            var result = Burst.Run(new BurstRequest { Graph = graph, InstanceId = "i1", Now = now, Cause = BurstCause.Start, Input = new ObjectValue(), Children = new Children() }).Result;
            if (result.Instance.Status != Engine.Instances.WorkflowStatus.Finished)
                throw new InvalidOperationException("The burst did not finish.");
        });

        var store = new MemoryWorkflowStore();
        var runtime = new WorkflowRuntime(store, ActivityRegistry.Standard, TimeProvider.System);
        await runtime.SaveDefinitionAsync(Definitions.Ten);
        await runtime.PublishAsync("ten");
        var stored = Measure.Run(Count / 4, () => runtime.StartAsync(new StartRequest { DefinitionId = "ten" }).GetAwaiter().GetResult());
        return
        [
            new Figure("Burst of 10 steps, engine alone, per activity", alone.Of(Definitions.ActivitiesOfTen), Rate(alone)),
            new Figure("Burst of 10 steps, runtime over memory store, per activity", stored.Of(Definitions.ActivitiesOfTen), Rate(stored) + "; the store keeps every instance"),
        ];
    }

    private static string Rate(Sample bursts) => FormattableString.Invariant($"{bursts.PerSecond:N0} bursts/s, {bursts.Cpu / bursts.Count * 1000:0} µs CPU a burst; 14 activities each");
}
