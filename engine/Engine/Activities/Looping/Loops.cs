using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>What loops have in common: a body, and that a Break ends them once the body is through.</summary>
internal abstract class Loop : Activity
{
    [Port]
    public Activity? Body { get; set; }

    internal override BreakReaction OnBreak => BreakReaction.MarkAndStop;

    protected override void Execute(ActivityExecutionContext context) => Round(context);

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        if (context.IsBreaking)
            context.Complete();
        else
            Round(context);
    }

    /// <summary>Schedules the body once more, or completes.</summary>
    protected abstract void Round(ActivityExecutionContext context);
}

/// <summary>Repeats while a condition holds.</summary>
[Activity("Elsa.While", "Looping", Description = "Execute an activity while a given condition evaluates to true.")]
internal sealed class While : Loop
{
    [Input(Description = "The condition, evaluated before each round.", DefaultSyntax = "JavaScript")]
    public Input<bool>? Condition { get; set; }

    protected override void Round(ActivityExecutionContext context)
    {
        if (Body is null || !context.Get(Condition))
            context.Complete();
        else
            context.Schedule(Body);
    }
}

/// <summary>Counts from one number to another.</summary>
[Activity("Elsa.For", "Looping", Description = "Iterate over a sequence of steps between a start and an end number.")]
internal sealed class For : Loop
{
    private const string Bounds = "bounds";

    [Input(Description = "First number.", DefaultValue = 0)]
    public Input<double>? Start { get; set; }

    [Input(Description = "Last number.", DefaultValue = 0)]
    public Input<double>? End { get; set; }

    [Input(Description = "Added each round; below zero to count down.", DefaultValue = 1)]
    public Input<double>? Step { get; set; }

    [Input(Description = "Whether the last number itself is a round.", DefaultValue = true)]
    public Input<bool>? OuterBoundInclusive { get; set; }

    [Output]
    public Output<object>? CurrentValue { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        // Bounds hold for all rounds, whatever the body does to what they were read from.
        if (!Array.TrueForAll(Inputs, i => i.Expression is LiteralExpression))
            context.State.Set(Bounds, Value.From(new ListValue([Value.From(context.Get(Start)), Value.From(context.Get(End)), Value.From(context.Get(Step)), Value.From(context.Get(OuterBoundInclusive))])));
        Round(context);
    }

    protected override void Round(ActivityExecutionContext context)
    {
        var (start, end, step, inclusive) = context.StoredState?.TryGet(Bounds, out var kept) == true && kept.AsList() is var bounds
            ? (bounds[0].AsNumber(), bounds[1].AsNumber(), bounds[2].AsNumber(), bounds[3].AsBoolean())
            : (context.Get(Start), context.Get(End), context.Get(Step), context.Get(OuterBoundInclusive));
        var current = start + (step * context.Counter);
        var goesOn = step >= 0
            ? inclusive ? current <= end : current < end
            : inclusive ? current >= end : current > end;
        if (!goesOn)
        {
            context.Complete();
            return;
        }

        // As in Elsa a For without a body stands still; the validator and the journal say so.
        if (Body is null)
            return;

        context.Counter++;
        context.Set(CurrentValue, Value.From(current));
        context.Schedule(Body, variables: [new NamedValue("CurrentValue", Value.From(current))]);
    }
}

/// <summary>Repeats for each item of a list.</summary>
[Activity("Elsa.ForEach", "Looping", DisplayName = "For Each", Description = "Iterate over a set of values.")]
internal sealed class ForEach : Loop
{
    [Input(Description = "The list, read again before each round.")]
    public Input<ListValue>? Items { get; set; }

    [Output]
    public Output<object>? CurrentValue { get; set; }

    protected override void Round(ActivityExecutionContext context)
    {
        var items = TypeConversion.ToList(context.GetValue(Items));
        if (items is null || context.Counter >= items.Count || Body is null)
        {
            context.Complete();
            return;
        }

        var index = context.Counter++;
        context.Set(CurrentValue, items[index]);
        context.Schedule(Body, variables: [new NamedValue("CurrentValue", items[index]), new NamedValue("CurrentIndex", Value.From((double)index))]);
    }
}

/// <summary>Runs its body for all items of a list at the same time.</summary>
[Activity("Elsa.ParallelForEach", "Looping", DisplayName = "Parallel For Each", Description = "Schedule an activity for each item in parallel.")]
internal sealed class ParallelForEach : Activity
{
    [Input(Description = "The list.")]
    public Input<ListValue>? Items { get; set; }

    [Port]
    public Activity? Body { get; set; }

    internal override BreakReaction OnBreak => BreakReaction.MarkAndStop;

    protected override void Execute(ActivityExecutionContext context)
    {
        var items = TypeConversion.ToList(context.GetValue(Items));
        if (items is null || items.Count == 0 || Body is null)
        {
            context.Complete();
            return;
        }

        context.Counter = items.Count;
        for (var i = 0; i < items.Count; i++)
            context.Schedule(Body, variables: [new NamedValue("CurrentValue", items[i]), new NamedValue("CurrentIndex", Value.From((double)i))]);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        if (--context.Counter <= 0 || context.IsBreaking)
            context.Complete();
    }
}
