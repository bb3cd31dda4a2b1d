using System.Globalization;
using System.Text;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Expressions;

internal sealed partial class ScriptScope
{
    private delegate Value Function(ScriptScope scope, IReadOnlyList<Value> arguments);

    private static readonly Dictionary<string, Function> Fixed = new(StringComparer.Ordinal)
    {
        ["getVariable"] = static (s, a) => VariableScope.TryGet(s._at, Text(a, 0), out var value) ? value : Value.Null,
        ["setVariable"] = static (s, a) =>
        {
            VariableScope.Set(s._at, Text(a, 0), At(a, 1));
            return Value.Undefined;
        },
        ["getInput"] = static (s, a) => Burst.FindInput(s._at, Text(a, 0)) ?? Value.Null,
        ["getOutputFrom"] = static (s, a) => s._burst.TryGetOutput(Text(a, 0), a.Count > 1 ? Text(a, 1) : null, out var value) ? value : Value.Null,
        ["getLastResult"] = static (s, _) => s._burst.LastResult,
        ["getCorrelationId"] = static (s, _) => Value.From(s._burst.CorrelationId),
        ["setCorrelationId"] = static (s, a) =>
        {
            s._burst.CorrelationId = At(a, 0).IsNullish ? null : Text(a, 0);
            return Value.Undefined;
        },
        ["getWorkflowInstanceId"] = static (s, _) => Value.From(s._burst.InstanceId),
        ["getWorkflowInstanceName"] = static (s, _) => Value.From(s._burst.Name),
        ["setWorkflowInstanceName"] = static (s, a) =>
        {
            s._burst.Name = At(a, 0).IsNullish ? null : Text(a, 0);
            return Value.Undefined;
        },
        ["getWorkflowDefinitionId"] = static (s, _) => Value.From(s._burst.Graph.Definition.DefinitionId),
        ["getWorkflowDefinitionVersionId"] = static (s, _) => Value.From(s._burst.Graph.Definition.Id),
        ["getWorkflowDefinitionVersion"] = static (s, _) => Value.From((double)s._burst.Graph.Definition.Version),
        ["setOutcome"] = static (s, a) =>
        {
            s.ChosenOutcomes = [Text(a, 0)];
            return Value.Undefined;
        },
        ["setOutcomes"] = static (s, a) =>
        {
            s.ChosenOutcomes = TypeConversion.ToTexts(At(a, 0));
            return Value.Undefined;
        },
        ["isNullOrEmpty"] = static (_, a) => Value.From(At(a, 0).IsNullish || Text(a, 0).Length == 0),
        ["isNullOrWhiteSpace"] = static (_, a) => Value.From(At(a, 0).IsNullish || string.IsNullOrWhiteSpace(Text(a, 0))),
        ["toJson"] = static (_, a) => Value.From(At(a, 0).ToJson()),
        ["parseGuid"] = static (_, a) => Guid.TryParse(Text(a, 0), out var id) ? Value.From(id.ToString()) : Value.Null,
        ["newGuid"] = static (s, _) => Value.From(s.NextGuid().ToString()),
        ["newGuidString"] = static (s, _) => Value.From(s.NextGuid().ToString()),
        ["newShortGuid"] = static (s, _) => Value.From(Short(s.NextGuid())),
        ["getGuidString"] = static (_, a) => Value.From(Text(a, 0)),
        ["getShortGuid"] = static (_, a) => Guid.TryParse(Text(a, 0), out var id) ? Value.From(Short(id)) : Value.Null,
        ["bytesToString"] = static (_, a) => Value.From(Encoding.UTF8.GetString(Bytes(At(a, 0)))),
        ["bytesFromString"] = static (_, a) => FromBytes(Encoding.UTF8.GetBytes(Text(a, 0))),
        ["bytesToBase64"] = static (_, a) => Value.From(Convert.ToBase64String(Bytes(At(a, 0)))),
        ["bytesFromBase64"] = static (_, a) => FromBytes(Base64(Text(a, 0))),
        ["stringToBase64"] = static (_, a) => Value.From(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(a, 0)))),
        ["stringFromBase64"] = static (_, a) => Value.From(Encoding.UTF8.GetString(Base64(Text(a, 0)))),
    };

    private readonly Dictionary<string, Func<IReadOnlyList<Value>, Value>> _bound = new(StringComparer.Ordinal);
    private int _guids;

    /// <summary>Names of the functions that are always there, for suggestions.</summary>
    public static IEnumerable<string> FunctionNames => Fixed.Keys;

    public bool TryGetFunction(string name, out Func<IReadOnlyList<Value>, Value> function)
    {
        if (!Fixed.ContainsKey(name) && !IsAccessor(name))
        {
            function = null!;
            return false;
        }

        if (_bound.TryGetValue(name, out function!))
            return true;

        function = Fixed.TryGetValue(name, out var known) ? arguments => known(this, arguments) : Accessor(name);
        _bound[name] = function;
        return true;
    }

    private bool IsAccessor(string name)
    {
        if (name.Length < 4 || name[1] != 'e' || name[2] != 't')
            return false;
        if (name[0] == 's')
            return VariableScope.NameByAccessor(_at, name.AsSpan(3)) is not null;
        return name[0] == 'g' && (VariableScope.NameByAccessor(_at, name.AsSpan(3)) is not null || InputByAccessor(name.AsSpan(3)) is not null || _burst.OutputByAccessor(name) is not null);
    }

    private Func<IReadOnlyList<Value>, Value> Accessor(string name)
    {
        if (name[0] == 's')
        {
            return arguments =>
            {
                VariableScope.Set(_at, VariableScope.NameByAccessor(_at, name.AsSpan(3))!, At(arguments, 0));
                return Value.Undefined;
            };
        }

        return _ =>
        {
            if (VariableScope.NameByAccessor(_at, name.AsSpan(3)) is { } variable)
                return VariableScope.TryGet(_at, variable, out var value) ? value : Value.Null;
            if (InputByAccessor(name.AsSpan(3)) is { } input)
                return Burst.FindInput(_at, input) ?? Value.Null;
            return _burst.OutputByAccessor(name) ?? Value.Null;
        };
    }

    private string? InputByAccessor(ReadOnlySpan<char> accessor)
    {
        for (var composite = _at.Activity.Composite; composite is not null; composite = composite.Composite)
        {
            foreach (var input in composite.DeclaredInputs)
            {
                if (accessor.SequenceEqual(input.Accessor))
                    return input.Name;
            }
        }

        foreach (var name in _burst.Input.Keys)
        {
            if (accessor.SequenceEqual(Definitions.PascalName.Of(name)))
                return name;
        }

        return null;
    }

    /// <summary>Looks like chance but is counted, so that the same burst gives the same ids.</summary>
    private Guid NextGuid()
    {
        var seed = string.Create(CultureInfo.InvariantCulture, $"{_burst.InstanceId}:{_at.Id}:{_burst.Now.UtcTicks}:{_guids++}");
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(seed), hash);
        return new Guid(hash[..16]);
    }

    private static string Short(Guid id) => Convert.ToBase64String(id.ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static Value At(IReadOnlyList<Value> arguments, int index) => index < arguments.Count ? arguments[index] : Value.Undefined;

    private static string Text(IReadOnlyList<Value> arguments, int index) => TypeConversion.ToText(At(arguments, index)) ?? "";

    private static byte[] Bytes(Value value) => value.Kind == ValueKind.List
        ? [.. value.AsList().Select(item => (byte)TypeConversion.ToNumber(item))]
        : Encoding.UTF8.GetBytes(TypeConversion.ToText(value) ?? "");

    private static byte[] Base64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new Incidents.ActivityFaultException($"'{text}' is not Base64.", "Expression");
        }
    }

    private static Value FromBytes(byte[] bytes) => Value.From(new ListValue(bytes.Select(b => Value.From((double)b))));
}
