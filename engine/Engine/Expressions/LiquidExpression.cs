using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Expressions;

/// <summary>A Liquid text with the variables, inputs and ids of the instance as <c>Variables.X</c>, <c>Input.X</c>, <c>CorrelationId</c> ….</summary>
internal sealed class LiquidExpression(LiquidTemplate template, string source) : CompiledExpression("Liquid")
{
    public string Source { get; } = source;

    public override Value Evaluate(ActivityExecutionContext context) => Value.From(context.Burst.Scripts.Render(template, context));
}
