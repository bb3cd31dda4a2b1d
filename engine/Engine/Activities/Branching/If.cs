using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Runs one of two activities.</summary>
[Activity("Elsa.If", "Branching", Description = "Evaluate a Boolean condition to determine which activity to execute next.")]
internal sealed class If : Activity
{
    [Input(Description = "The condition to evaluate.", DefaultSyntax = "JavaScript")]
    public Input<bool>? Condition { get; set; }

    [Port]
    public Activity? Then { get; set; }

    [Port]
    public Activity? Else { get; set; }

    [Output]
    public Output<bool>? Result { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var holds = context.Get(Condition);
        context.Set(Result, Value.From(holds));
        if ((holds ? Then : Else) is { } next)
            context.Schedule(next);
        else
            context.Complete();
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes) => context.Complete();
}
