using System.Text.Json.Nodes;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>An input of an activity, whatever its type.</summary>
public interface IInput
{
    /// <summary>Name of the property in C#.</summary>
    string Name { get; }

    /// <summary>Type the value is converted to.</summary>
    Type ValueType { get; }

    /// <summary>The expression's type as the definition spells it: <c>Literal</c>, <c>JavaScript</c>, <c>Variable</c> …</summary>
    string ExpressionType { get; }

    /// <summary>The input as it stands in the definition; null when it was made by code.</summary>
    JsonNode? Json { get; }
}

/// <summary>An input of an activity: an expression that is evaluated when the activity runs.</summary>
/// <typeparam name="T">
/// What the value is converted to: text, numbers, <see cref="bool"/>, <see cref="TimeSpan"/>, <see cref="DateTimeOffset"/>, enums, lists of
/// text, <see cref="Value"/> (as it is), <see cref="ObjectValue"/>, <see cref="ListValue"/>.
/// </typeparam>
public sealed class Input<T> : IInput, IBoundInput
{
    private readonly CompiledExpression _expression;

    internal Input(CompiledExpression expression) => _expression = expression;

    /// <summary>An input with a fixed value, for activities made by code.</summary>
    public Input(Value literal) => _expression = CompiledExpression.Literal(literal);

    /// <inheritdoc/>
    public string Name { get; private set; } = "";

    /// <inheritdoc/>
    public Type ValueType => typeof(T);

    /// <inheritdoc/>
    public string ExpressionType => _expression.Type;

    /// <inheritdoc/>
    public JsonNode? Json { get; private set; }

    CompiledExpression IBoundInput.Expression => _expression;

    int IBoundInput.Index => Index;

    internal int Index { get; private set; } = -1;

    void IBoundInput.Bind(string name, int index, JsonNode? json)
    {
        Name = name;
        Index = index;
        Json = json;
    }
}

/// <summary>What the engine needs of an input beside its public face.</summary>
internal interface IBoundInput : IInput
{
    CompiledExpression Expression { get; }

    /// <summary>Position among the activity's inputs; -1 outside of an activity.</summary>
    int Index { get; }

    void Bind(string name, int index, JsonNode? json);
}
