using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Incidents;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

internal sealed partial class Burst
{
    private List<GivenOutput>? _given;
    private ScriptScope? _scripts;

    // What woke this burst brought with it: an input of the workflow until the burst ends.
    private ObjectValue? _brought;

    public Value LastResult { get; private set; } = Value.Null;

    public ScriptScope Scripts => _scripts ??= new ScriptScope(this);

    public Value Evaluate(IBoundInput input, ActivityExecutionContext context)
    {
        var before = _current;
        _current = context;
        try
        {
            return input.Expression.Evaluate(context);
        }
        catch (Exception problem) when (problem is ExpressionException or ActivityFaultException)
        {
            throw new ActivityFaultException($"Failed to evaluate activity input '{input.Name}': {problem.Message}", "Expression");
        }
        finally
        {
            _current = before;
        }
    }

    public void SetOutput(ActivityExecutionContext context, IOutput output, Value value)
    {
        _given ??= [];
        var index = _given.FindIndex(g => g.Activity == context.Activity && g.Name == output.Name);
        if (index >= 0)
            _given.RemoveAt(index);
        _given.Add(new GivenOutput(context.Activity, output.Name, value));
        LastResult = value;
        if (output.Target is { } target)
            SetTarget(context, target, value);
    }

    /// <summary>An output of an activity that ran in this burst, by the activity's id or name.</summary>
    public bool TryGetOutput(string activity, string? output, out Value value)
    {
        for (var i = (_given?.Count ?? 0) - 1; i >= 0; i--)
        {
            var given = _given![i];
            if ((given.Activity.Id == activity || given.Activity.Name == activity) && (output is null || given.Name.Equals(output, StringComparison.OrdinalIgnoreCase)))
            {
                value = given.Value;
                return true;
            }
        }

        value = Value.Undefined;
        return false;
    }

    /// <summary>By the spelling of <c>getResultFromCalc()</c>.</summary>
    public Value? OutputByAccessor(string accessor)
    {
        foreach (var given in Enumerable.Reverse(_given ?? []))
        {
            var name = given.Activity.Name ?? given.Activity.Id;
            if (accessor == $"get{given.Name}From{Definitions.PascalName.Of(name)}" || accessor == $"get{given.Name}From{Definitions.PascalName.Of(given.Activity.Id)}")
                return given.Value;
        }

        return Graph.HasOutputAccessor(accessor) ? Value.Null : null;
    }

    /// <summary>Gives an output of the workflow, or of the definition-as-activity around, whichever declares it first.</summary>
    public void SetWorkflowOutput(ActivityExecutionContext from, string name, Value value)
    {
        for (var context = from.Parent; context is not null; context = context.Parent)
        {
            if (context.Activity is DefinitionActivity definition && definition.FindOutput(name) is { } output)
            {
                SetOutput(context, output, value);
                return;
            }
        }

        Output.Set(name, value);
    }

    /// <summary>Takes what woke an activity, which scripts read as an input of the workflow too.</summary>
    private void Bring(ActivityExecutionContext context, Value stimulus)
    {
        context.Resumed = stimulus;
        _brought = Request.WorkflowInput is { } given ? Copies.Of(Value.From(given)).AsObject() : new ObjectValue();
        if (context.Activity switch { Event => Event.InputName, RunTask => RunTask.InputName, _ => null } is { } name && stimulus.Kind != ValueKind.Undefined)
            _brought.Set(name, stimulus);
    }

    /// <summary>An input of the nearest definition that declares it, else of the workflow; null when neither has it.</summary>
    public static Value? FindInput(ActivityExecutionContext from, string name)
    {
        for (var context = from; context is not null; context = context.Parent)
        {
            if (context.Parent is not null && context.Activity is DefinitionActivity definition && definition.DeclaresInput(name) && VariableScope.TryGet(context, name, out var value))
                return value;
        }

        var burst = from.Burst;
        if (burst._brought is { } brought && brought.TryGet(name, out var now))
            return now;
        if (burst.Input.TryGet(name, out var given))
            return given;
        return burst.Graph.DeclaresInput(name) ? Value.Null : null;
    }

    private void SetTarget(ActivityExecutionContext context, string target, Value value)
    {
        var from = context.Parent ?? context;
        if (VariableScope.TrySetById(from, target, value))
            return;
        if (Graph.DeclaresOutput(target) || DeclaredAround(context, target))
            SetWorkflowOutput(context, target, value);
    }

    private static bool DeclaredAround(ActivityExecutionContext from, string output)
    {
        for (var context = from.Parent; context is not null; context = context.Parent)
        {
            if (context.Activity is DefinitionActivity definition && definition.FindOutput(output) is not null)
                return true;
        }

        return false;
    }

    private readonly record struct GivenOutput(Activity Activity, string Name, Value Value);
}
