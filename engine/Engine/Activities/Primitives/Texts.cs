using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Writes a line to the journal (Elsa: to the console).</summary>
[Activity("Elsa.WriteLine", "Console", Description = "Write a line of text to the journal.")]
internal sealed class WriteLine : CodeActivity
{
    [Input(Description = "The text to write.")]
    public Input<string>? Text { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var text = context.Get(Text) ?? "";
        context.Burst.Lines.Add(text);
        context.Note(text);
    }
}

/// <summary>Sets a variable that is in scope.</summary>
[Activity("Elsa.SetVariable", "Primitives", Description = "Assign a value to a workflow variable.")]
internal sealed class SetVariable : CodeActivity
{
    [Input(Description = "The value to assign.")]
    public Input<Value>? Value { get; set; }

    public string? VariableId { get; private set; }

    public string? VariableName { get; private set; }

    internal override void Bind(ActivityBinder binder)
    {
        if (binder.Json["variable"] is not System.Text.Json.Nodes.JsonObject variable)
            return;
        VariableName = Definitions.DefinitionJson.Text(variable["name"]);
        VariableId = Definitions.DefinitionJson.Text(variable["id"]) ?? VariableName;
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        var value = context.GetValue(Value);
        if (VariableId is null || !VariableScope.TrySetById(context, VariableId, value.Kind == ValueKind.Undefined ? ProductionOffice.Expressions.Value.Null : value))
            context.Fault($"There is no variable '{VariableName ?? VariableId}' (id '{VariableId}') in scope.", "UnknownVariable");
    }
}

/// <summary>Names the instance.</summary>
[Activity("Elsa.SetName", "Primitives", DisplayName = "Set Name", Description = "Set the name of the workflow instance to a specified value.")]
internal sealed class SetName : CodeActivity
{
    [Input(DisplayName = "Name", Description = "The name of the instance.")]
    public Input<string>? Value { get; set; }

    protected override void Execute(ActivityExecutionContext context) => context.Workflow.Name = context.Get(Value);
}

/// <summary>Sets what later events find the instance by.</summary>
[Activity("Elsa.Correlate", "Primitives", Description = "Set the correlation id of the workflow instance.")]
internal sealed class Correlate : CodeActivity
{
    [Input(Description = "The correlation id.")]
    public Input<string>? CorrelationId { get; set; }

    protected override void Execute(ActivityExecutionContext context) => context.Workflow.CorrelationId = context.Get(CorrelationId);
}

/// <summary>Gives an output of the workflow.</summary>
[Activity("Elsa.SetOutput", "Composition", DisplayName = "Set Output", Description = "Set an output of the workflow.")]
internal sealed class SetOutput : CodeActivity
{
    [Input(Description = "Name of the output.", UIHint = "output-picker")]
    public Input<string>? OutputName { get; set; }

    [Input(Description = "The value.")]
    public Input<Value>? OutputValue { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var value = context.GetValue(OutputValue);
        context.Burst.SetWorkflowOutput(context, context.Get(OutputName) ?? "", value.Kind == ValueKind.Undefined ? Value.Null : value);
    }
}

/// <summary>Runs a short script; it may choose outcomes.</summary>
[Activity("Elsa.RunJavaScript", "Scripting", DisplayName = "Run JavaScript", Description = "Run a JavaScript expression or short script.")]
internal sealed class RunJavaScript : CodeActivity
{
    private CompiledExpression? _compiled;

    [Input(Description = "The script to run.", UIHint = "code-editor")]
    public Input<string>? Script { get; set; }

    [Input(Description = "Outcomes the script can choose.", UIHint = "dynamic-outcomes")]
    public Input<ListValue>? PossibleOutcomes { get; set; }

    [Output(Description = "The value of the script.")]
    public Output<object>? Result { get; set; }

    internal override void Bind(ActivityBinder binder)
    {
        if (((IBoundInput?)Script)?.Expression is LiteralExpression literal)
            _compiled = ExpressionCompiler.JavaScript(TypeConversion.ToText(literal.Value) ?? "");
    }

    protected internal override IReadOnlyList<string>? GetOutcomes(TriggerContext context) => ["Done", .. TypeConversion.ToTexts(context.GetValue(PossibleOutcomes))];

    /// <summary>What is wrong with a fixed script; null when nothing.</summary>
    public string? Problem => (_compiled as BrokenExpression)?.Problem;

    protected override void Execute(ActivityExecutionContext context)
    {
        var script = _compiled ?? ExpressionCompiler.JavaScript(context.Get(Script) ?? "");
        context.Burst.Scripts.ChosenOutcomes = null;
        var value = script.Evaluate(context);
        context.Set(Result, value.Kind == ValueKind.Undefined ? Value.Null : value);
        context.Complete(context.Burst.Scripts.ChosenOutcomes ?? Outcomes.Done);
    }
}

/// <summary>Raises an incident on purpose.</summary>
[Activity("Elsa.Fault", "Primitives", Description = "Faults the workflow.", IsBrowsable = true)]
internal sealed class Fault : Activity
{
    [Input(Description = "Code of the fault.", DefaultValue = "0")]
    public Input<string>? Code { get; set; }

    [Input(Description = "Category: HTTP, Alteration, Azure …", DefaultValue = "General")]
    public Input<string>? Category { get; set; }

    [Input(DisplayName = "Type", Description = "System, Business, Integration …", DefaultValue = "System")]
    public Input<string>? FaultType { get; set; }

    [Input(Description = "What people read.")]
    public Input<string>? Message { get; set; }

    protected override void Execute(ActivityExecutionContext context) => context.Fault(context.Get(Message) ?? "", context.Get(Code) ?? "0");
}
