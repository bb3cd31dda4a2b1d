using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Activities;

/// <summary>When a fork goes on; Elsa's words.</summary>
internal enum ForkJoinMode
{
    WaitAll,
    WaitAny,
}

/// <summary>Runs branches at the same time.</summary>
[Activity("Elsa.Fork", "Branching", Description = "Branch execution into multiple branches.")]
internal sealed class Fork : Activity
{
    [Input(Description = "Go on when all branches have completed, or with the first.", DefaultValue = ForkJoinMode.WaitAll)]
    public ForkJoinMode JoinMode { get; set; }

    [Port]
    public IReadOnlyList<Activity> Branches { get; set; } = [];

    internal override BreakReaction OnBreak => BreakReaction.Mark;

    protected override void Execute(ActivityExecutionContext context)
    {
        if (Branches.Count == 0)
            context.Complete();
        foreach (var branch in Branches)
            context.Schedule(branch);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        context.Counter++;
        if (JoinMode == ForkJoinMode.WaitAny || context.IsBreaking || context.Counter >= Branches.Count)
            context.Complete();
    }
}

/// <summary>Runs activities at the same time and waits for all.</summary>
[Activity("Elsa.Parallel", "Branching", Description = "Execute a set of activities in parallel.")]
internal sealed class Parallel : Activity
{
    [Port]
    public IReadOnlyList<Activity> Activities { get; set; } = [];

    internal override bool HoldsVariables => true;

    protected override void Execute(ActivityExecutionContext context)
    {
        if (Activities.Count == 0)
            context.Complete();
        foreach (var activity in Activities)
            context.Schedule(activity);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        if (++context.Counter >= Activities.Count)
            context.Complete();
    }
}
