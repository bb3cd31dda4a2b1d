using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Activities;

/// <summary>Runs activities one after the other.</summary>
[Activity("Elsa.Sequence", "Workflows", Description = "Execute a set of activities in sequence.")]
internal sealed class Sequence : Activity
{
    [Port]
    public IReadOnlyList<Activity> Activities { get; set; } = [];

    internal override bool HoldsVariables => true;

    internal override BreakReaction OnBreak => BreakReaction.Mark;

    protected override void Execute(ActivityExecutionContext context) => Next(context);

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        if (context.IsBreaking || child.Activity.IsTerminal)
            context.Complete();
        else
            Next(context);
    }

    private void Next(ActivityExecutionContext context)
    {
        if (context.Counter >= Activities.Count)
            context.Complete();
        else
            context.Schedule(Activities[context.Counter++]);
    }
}
