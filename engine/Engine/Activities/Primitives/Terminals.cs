using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Marks where a flowchart begins.</summary>
[Activity("Elsa.Start", "Flow", Description = "A milestone activity that marks the start of a flowchart.")]
internal sealed class Start : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context)
    {
    }
}

/// <summary>Ends the sequence or flowchart it stands in.</summary>
[Activity("Elsa.End", "Flow", Description = "A milestone activity that marks the end of a flowchart.", IsTerminal = true)]
internal sealed class End : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context)
    {
    }
}

/// <summary>Ends the whole instance.</summary>
[Activity("Elsa.Finish", "Primitives", Description = "Mark the workflow as finished.", IsTerminal = true)]
internal sealed class Finish : Activity
{
    protected override void Execute(ActivityExecutionContext context) => context.Burst.Finish(context);
}

/// <summary>Ends the nearest loop.</summary>
[Activity("Elsa.Break", "Looping", Description = "Break out of a loop.", IsTerminal = true)]
internal sealed class Break : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context) => Burst.Break(context);
}

/// <summary>Ends the nearest workflow or definition used as an activity, with outcomes.</summary>
[Activity("Elsa.Complete", "Composition", Description = "Signals the current composite activity to complete itself.", IsTerminal = true)]
internal sealed class Complete : Activity
{
    [Input(Description = "Outcomes of the composite.", UIHint = "outcome-picker")]
    public Input<Value>? Outcomes { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var outcomes = ProductionOffice.Engine.Expressions.TypeConversion.ToTexts(context.GetValue(Outcomes));
        context.Burst.CompleteComposite(context, outcomes.Length == 0 ? Running.Outcomes.Done : outcomes);
    }
}
