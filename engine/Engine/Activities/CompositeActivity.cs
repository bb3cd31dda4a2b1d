using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>An activity inside which names of inputs mean its own: the workflow and a definition used as an activity.</summary>
internal abstract class CompositeActivity : Activity
{
    public IReadOnlyList<InputDefinition> DeclaredInputs { get; set; } = [];
}

/// <summary>A whole workflow; Elsa calls it <c>Workflow1</c>.</summary>
internal sealed class WorkflowActivity : CompositeActivity
{
    public Activity? Root { get; set; }

    internal override bool HoldsVariables => true;

    protected override void Execute(ActivityExecutionContext context)
    {
        if (Root is null)
            context.Complete();
        else
            context.Schedule(Root);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes) =>
        context.Complete(context.Burst.CompositeOutcomes ?? Outcomes.Done);
}

/// <summary>Another definition used as an activity: it runs inside the same instance, with inputs and outputs of its own.</summary>
internal sealed class DefinitionActivity : CompositeActivity
{
    public WorkflowActivity? Child { get; set; }

    public WorkflowDefinition? Definition { get; set; }

    public bool DeclaresInput(string name)
    {
        foreach (var input in DeclaredInputs)
        {
            if (input.Name == name)
                return true;
        }

        return false;
    }

    protected internal override IReadOnlyList<string>? GetOutcomes(TriggerContext context) => [.. Definition!.Outcomes, "Done"];

    public IOutput? FindOutput(string name)
    {
        foreach (var output in Outputs)
        {
            if (output.Name == name)
                return output;
        }

        return null;
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        var extra = context.Extra ??= new List<NamedValue>(DeclaredInputs.Count);
        foreach (var declared in DeclaredInputs)
        {
            var input = Array.Find(Inputs, i => i.Name == declared.Name);
            var value = input is null ? Value.Null : context.GetValue(input);
            extra.Add(new NamedValue(declared.Name, ProductionOffice.Engine.Expressions.TypeConversion.ToType(value, declared.TypeName, declared.IsArray)));
        }

        context.Schedule(Child);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        var chosen = context.Burst.CompositeOutcomes ?? Outcomes.Done;
        context.Burst.CompositeOutcomes = null;
        context.Complete(chosen);
    }
}

/// <summary>Stands where the definition names a type that is not known; keeps the JSON, faults when it runs.</summary>
internal sealed class NotFoundActivity : Activity
{
    public const string TypeName = "Elsa.NotFoundActivity";

    public string MissingType { get; set; } = "";

    protected override void Execute(ActivityExecutionContext context) =>
        context.Fault($"Activity type '{MissingType}' version '0' could not be found.", "NotFound");
}
