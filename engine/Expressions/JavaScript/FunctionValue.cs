using System.Collections.Frozen;
using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions.JavaScript;

internal delegate Value Native(Frame frame, Value self, ReadOnlySpan<Value> args);

/// <summary>A built-in function, a namespace such as Math, a method, or an arrow function on its way into a list method.</summary>
internal sealed class FunctionValue(string name, Native? body)
{
    public string Name => name;

    public Native? Body => body;

    /// <summary>A method needs the value it is read from.</summary>
    public bool IsMethod { get; init; }

    /// <summary>Place of the argument that may be an arrow function; -1 when none may.</summary>
    public int CallbackAt { get; init; } = -1;

    /// <summary>Static members, for example those of Math.</summary>
    public FrozenDictionary<string, Value>? Members { get; init; }

    /// <summary>JavaScript members that the language leaves out.</summary>
    public FrozenSet<string>? LeftOut { get; init; }

    public Arrow? Arrow { get; init; }

    public bool CanCall => body is not null || Arrow is not null;

    /// <summary>A class of JavaScript whose call is not part of the language (Object, Array, Date).</summary>
    public bool IsForbiddenToCall { get; init; }
}
