using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Flowcharts;

/// <summary>When a join lets execution on; Elsa's words.</summary>
internal enum FlowJoinMode
{
    WaitAny,
    WaitAll,
    WaitAllActive,
}

/// <summary>Brings branches of a flowchart together.</summary>
[Activity("Elsa.FlowJoin", "Branching", DisplayName = "Join", Description = "Merge multiple branches into a single branch of execution.")]
internal sealed class FlowJoin : Activity
{
    [Input(Description = "Go on with the first branch (WaitAny), with all (WaitAll), or with all that were taken (WaitAllActive).", DefaultValue = FlowJoinMode.WaitAny)]
    public Input<FlowJoinMode>? Mode { get; set; }

    /// <summary>The flowchart decides before the join runs, so the mode is read in the flowchart's own scope.</summary>
    public FlowJoinMode ModeOf(ActivityExecutionContext flowchart) =>
        Mode is IBoundInput mode ? TypeConversion.To<FlowJoinMode>(flowchart.Burst.Evaluate(mode, flowchart)) : FlowJoinMode.WaitAny;

    protected override void Execute(ActivityExecutionContext context)
    {
        // What was queued before the join was reached may wait by now.
        if (context.Parent is { Activity: Flowchart flowchart } parent && context.Get(Mode) == FlowJoinMode.WaitAny)
            flowchart.CancelAncestors(parent, this);
        context.Complete();
    }
}

/// <summary>Goes one of two ways.</summary>
[Activity("Elsa.FlowDecision", "Branching", DisplayName = "Decision", Description = "Evaluate a Boolean condition to determine which path to execute next.")]
[Outcomes("True", "False")]
internal sealed class FlowDecision : Activity
{
    [Input(Description = "The condition to evaluate.", DefaultSyntax = "JavaScript")]
    public Input<bool>? Condition { get; set; }

    protected override void Execute(ActivityExecutionContext context) =>
        context.Complete(context.Get(Condition) ? Outcomes.True : Outcomes.False);
}

/// <summary>Goes the ways whose conditions hold.</summary>
[Activity("Elsa.FlowSwitch", "Branching", DisplayName = "Switch (flow)", Description = "Evaluate a set of case conditions and schedule the activity for a matching case.")]
[Outcomes("Default")]
internal sealed class FlowSwitch : Activity
{
    private (string Label, Input<bool>? Condition)[] _cases = [];

    [Input(Description = "Take the first case that matches, or every one.", DefaultValue = SwitchMode.MatchFirst)]
    public Input<SwitchMode>? Mode { get; set; }

    internal override void Bind(ActivityBinder binder)
    {
        var cases = binder.Json["cases"] is JsonObject { } wrapped && wrapped["expression"] is null ? wrapped : binder.Json["cases"];
        _cases = [.. DefinitionJson.Objects(cases).Select((json, i) => (DefinitionJson.Text(json["label"]) ?? "", binder.FreeInput<bool>(json["condition"], $"cases[{i}].condition")))];
    }

    /// <summary>Whether it goes one way only; unknown modes count as several.</summary>
    internal bool IsExclusive => Mode is not IBoundInput { Expression: not LiteralExpression } && new TriggerContext().Get(Mode) == SwitchMode.MatchFirst;

    protected internal override IReadOnlyList<string>? GetOutcomes(TriggerContext context) => [.. _cases.Select(c => c.Label), "Default"];

    protected override void Execute(ActivityExecutionContext context)
    {
        var first = context.Get(Mode) == SwitchMode.MatchFirst;
        var outcomes = new List<string>();
        foreach (var (label, condition) in _cases)
        {
            if (!context.Get(condition))
                continue;
            outcomes.Add(label);
            if (first)
                break;
        }

        context.Complete(outcomes.Count == 0 ? ["Default"] : [.. outcomes]);
    }
}

/// <summary>Goes several ways at once.</summary>
[Activity("Elsa.FlowFork", "Branching", DisplayName = "Fork (flow)", Description = "Branch execution into multiple branches.")]
internal sealed class FlowFork : Activity
{
    [Input(Description = "Names of the branches, each an outcome.")]
    public Input<ListValue>? Branches { get; set; }

    protected internal override IReadOnlyList<string>? GetOutcomes(TriggerContext context) =>
        Branches is null ? ["Done"] : context.GetValue(Branches) is { IsNullish: false } branches ? TypeConversion.ToTexts(branches) : null;

    protected override void Execute(ActivityExecutionContext context)
    {
        context.Complete(TypeConversion.ToTexts(context.GetValue(Branches)));
    }
}

/// <summary>Holds one activity inside a flowchart.</summary>
[Activity("Elsa.FlowNode", "Flow", IsBrowsable = false)]
internal sealed class FlowNode : Activity
{
    [Port]
    public Activity? Body { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        if (Body is null)
            context.Complete();
        else
            context.Schedule(Body);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes) => context.Complete(outcomes);
}
