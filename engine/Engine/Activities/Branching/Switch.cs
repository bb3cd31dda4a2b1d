using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Activities;

/// <summary>Which cases of a switch count; Elsa's words.</summary>
internal enum SwitchMode
{
    MatchFirst,
    MatchAny,
}

/// <summary>Runs the activities of the cases that hold.</summary>
[Activity("Elsa.Switch", "Branching", Description = "Evaluate a set of case conditions and schedule the activity for a matching case.")]
internal sealed class Switch : Activity
{
    private Case[] _cases = [];

    [Input(Description = "Take the first case that matches, or every one.", DefaultValue = SwitchMode.MatchFirst)]
    public Input<SwitchMode>? Mode { get; set; }

    [Port]
    public Activity? Default { get; set; }

    internal override void Bind(ActivityBinder binder) =>
        _cases = [.. DefinitionJson.Objects(binder.Json["cases"]).Select((json, i) => new Case(binder.FreeInput<bool>(json["condition"], $"cases[{i}].condition"), binder.Child(json["activity"], $"cases[{i}].activity")))];

    protected override void Execute(ActivityExecutionContext context)
    {
        var first = context.Get(Mode) == SwitchMode.MatchFirst;
        var matched = false;
        foreach (var @case in _cases)
        {
            if (!context.Get(@case.Condition))
                continue;
            matched = true;
            Run(context, @case.Activity);
            if (first)
                break;
        }

        if (!matched)
            Run(context, Default);
        if (context.Counter == 0)
            context.Complete();
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        if (--context.Counter <= 0)
            context.Complete();
    }

    private static void Run(ActivityExecutionContext context, Activity? activity)
    {
        if (activity is null)
            return;
        context.Counter++;
        context.Schedule(activity);
    }

    private sealed record Case(Input<bool>? Condition, Activity? Activity);
}
