using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;

namespace ProductionOffice.Benchmarks;

/// <summary>Ten steps in memory: the engine alone, with and without scripts, and through the runtime over a store in memory; and a large flowchart.</summary>
internal static class BurstBenchmark
{
    private const int Count = 20_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var (scripted, bare, conditions) = (Build(Definitions.Ten), Build(Definitions.TenPlain), Build(Definitions.TenConditions));
        var alone = Measure.Run(Count, () => Run(scripted));
        var plain = Measure.Run(Count, () => Run(bare));
        var conditional = Measure.Run(Count, () => Run(conditions));
        var diamonds = Definitions.Diamonds(18);
        var loops = Measure.Run(Count / 100, () => Run(Build(diamonds)));

        var store = new MemoryWorkflowStore();
        var runtime = new WorkflowRuntime(store, ActivityRegistry.Standard, TimeProvider.System);
        await runtime.SaveDefinitionAsync(Definitions.Ten);
        await runtime.PublishAsync("ten");
        var stored = Measure.Run(Count / 4, () => runtime.StartAsync(new StartRequest { DefinitionId = "ten" }).GetAwaiter().GetResult());
        return
        [
            new Figure("Burst of 10 steps, engine alone, per activity", alone.Of(Definitions.ActivitiesOfTen), Rate(alone)),
            new Figure("The same without scripts, per activity", plain.Of(Definitions.ActivitiesOfTen), FormattableString.Invariant($"with scripts everywhere {alone.Cpu / plain.Cpu:0.00} times the CPU")),
            new Figure("The same with scripts as conditions only, per activity", conditional.Of(Definitions.ActivitiesOfTen), FormattableString.Invariant($"{conditional.Cpu / plain.Cpu:0.00} times the CPU of no scripts")),
            new Figure("18 diamonds in a row with a way back, built and run twice through", loops, "113 activities, 2 rounds; the graph is built anew each time"),
            new Figure("Burst of 10 steps, runtime over memory store, per activity", stored.Of(Definitions.ActivitiesOfTen), Rate(stored) + "; the store keeps every instance"),
        ];
    }

    private static WorkflowGraph Build(string definition) => GraphBuilder.Build(DefinitionReader.Read(definition), ActivityRegistry.Standard, _ => null).Graph;

    private static void Run(WorkflowGraph graph)
    {
        var result = Burst.Run(new BurstRequest { Graph = graph, InstanceId = "i1", Now = DateTimeOffset.UnixEpoch, Cause = BurstCause.Start, Input = new ObjectValue(), Children = new Children() }).Result;
        if (result.Instance.SubStatus != Engine.Instances.WorkflowSubStatus.Finished)
            throw new InvalidOperationException("The burst did not finish.");
    }

    private static string Rate(Sample bursts) => FormattableString.Invariant($"{bursts.PerSecond:N0} bursts/s, {bursts.Cpu / bursts.Count * 1000:0} µs CPU a burst; 14 activities each");
}
