using System.Collections.Frozen;
using ProductionOffice.Expressions.JavaScript.BuiltIns;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>A member name with what the method tables say about it, looked up once.</summary>
internal sealed class MemberNames(string name)
{
    public string Name => name;

    public FunctionValue? OfList { get; } = MethodTables.List.GetValueOrDefault(name);

    public FunctionValue? OfText { get; } = MethodTables.Text.GetValueOrDefault(name);
}

/// <summary>Reads members: own fields of data, then the tables of the language, nothing else.</summary>
internal static class Members
{
    private static readonly FrozenSet<string> Never = FrozenSet.Create(StringComparer.Ordinal, "constructor", "prototype", "__proto__");
    private static readonly FrozenSet<string> OfFunctions = FrozenSet.Create(StringComparer.Ordinal, "call", "apply", "bind");

    /// <summary>Refuses the names that lead out of the data.</summary>
    public static void Guard(string name, int column)
    {
        if (Refusal(name, column) is { } refusal)
            throw refusal;
    }

    /// <summary>Why a name that leads out of the data is refused; null for every other name.</summary>
    public static ExpressionException? Refusal(string name, int column) =>
        Never.Contains(name) ? new(ErrorKind.Forbidden, $"“{name}” is not part of the language.", column) : null;

    public static Value Get(Value target, MemberNames names, int column)
    {
        var name = names.Name;
        switch (target.Kind)
        {
            case ValueKind.Undefined or ValueKind.Null:
                throw NothingToReadFrom(target, name, column);
            case ValueKind.Object:
                if (target.AsObject().TryGet(name, out var field))
                    return field;
                return LeftOutOr(name, MethodTables.LeftOutOfObject, column);
            case ValueKind.List:
                var list = target.AsList();
                if (name == "length")
                    return Value.From(list.Count);
                if (names.OfList is { } listMethod)
                    return Value.From(listMethod);
                if (ObjectValue.IsIntegerName(name, out var at))
                    return at < list.Count ? list[(int)at] : Value.Undefined;
                RefuseFunctionMember(name, column);
                return LeftOutOr(name, MethodTables.LeftOutOfList, column);
            case ValueKind.String:
                var text = target.AsString();
                if (name == "length")
                    return Value.From(text.Length);
                if (names.OfText is { } textMethod)
                    return Value.From(textMethod);
                if (ObjectValue.IsIntegerName(name, out var place))
                    return place < text.Length ? Value.From(text[(int)place].ToString()) : Value.Undefined;
                RefuseFunctionMember(name, column);
                return LeftOutOr(name, MethodTables.LeftOutOfText, column);
            case ValueKind.Number:
                return FromTable(MethodTables.Number, MethodTables.LeftOutOfNumber, name, column);
            case ValueKind.Boolean:
                return FromTable(MethodTables.Boolean, MethodTables.LeftOutOfObject, name, column);
            case ValueKind.Date:
                return FromTable(MethodTables.Date, MethodTables.LeftOutOfDate, name, column);
            case ValueKind.Function:
                var function = (FunctionValue)target.Reference!;
                if (function.Members is not null && function.Members.TryGetValue(name, out var member))
                    return member;
                RefuseFunctionMember(name, column);
                if (function.LeftOut?.Contains(name) == true)
                    throw LeftOut(name, column);
                return LeftOutOr(name, MethodTables.LeftOutOfFunction, column);
            default:
                return Value.Undefined;
        }
    }

    /// <summary>The operator <c>in</c>; members that every value of the kind has count, as in JavaScript.</summary>
    public static bool Has(Value target, string name)
    {
        switch (target.Kind)
        {
            case ValueKind.Object:
                return target.AsObject().TryGet(name, out _) || MethodTables.LeftOutOfObject.Contains(name);
            case ValueKind.List:
                var list = target.AsList();
                if (ObjectValue.IsIntegerName(name, out var at))
                    return at < list.Count && !list.Span[(int)at].IsHole;
                return name == "length" || MethodTables.List.ContainsKey(name) || MethodTables.LeftOutOfList.Contains(name);
            case ValueKind.Date:
                return MethodTables.Date.ContainsKey(name) || MethodTables.LeftOutOfDate.Contains(name);
            default:
                var function = (FunctionValue)target.Reference!;
                return function.Members?.ContainsKey(name) == true || function.LeftOut?.Contains(name) == true
                    || MethodTables.LeftOutOfObject.Contains(name)
                    || (function.CanCall && (MethodTables.LeftOutOfFunction.Contains(name) || OfFunctions.Contains(name)));
        }
    }

    /// <summary>Whether a method read from one value can run on this receiver.</summary>
    public static bool Suits(FunctionValue method, Value receiver) => receiver.Kind switch
    {
        ValueKind.List => ReferenceEquals(MethodTables.List.GetValueOrDefault(method.Name), method),
        ValueKind.String => ReferenceEquals(MethodTables.Text.GetValueOrDefault(method.Name), method),
        ValueKind.Number => ReferenceEquals(MethodTables.Number.GetValueOrDefault(method.Name), method),
        ValueKind.Boolean => ReferenceEquals(MethodTables.Boolean.GetValueOrDefault(method.Name), method),
        ValueKind.Date => ReferenceEquals(MethodTables.Date.GetValueOrDefault(method.Name), method),
        _ => false,
    };

    public static ExpressionException NothingToReadFrom(Value target, string name, int column) =>
        new(ErrorKind.Type, $"“{name}” cannot be read from {(target.IsUndefined ? "undefined" : "null")}.", column, "?.");

    private static Value FromTable(FrozenDictionary<string, FunctionValue> table, FrozenSet<string> leftOut, string name, int column)
    {
        if (table.TryGetValue(name, out var method))
            return Value.From(method);
        RefuseFunctionMember(name, column);
        return LeftOutOr(name, leftOut, column);
    }

    private static Value LeftOutOr(string name, FrozenSet<string> leftOut, int column)
    {
        Guard(name, column);
        return leftOut.Contains(name) ? throw LeftOut(name, column) : Value.Undefined;
    }

    private static void RefuseFunctionMember(string name, int column)
    {
        if (OfFunctions.Contains(name))
            throw LeftOut(name, column);
    }

    private static ExpressionException LeftOut(string name, int column)
    {
        var instead = MethodTables.Instead.GetValueOrDefault(name);
        var message = $"“{name}” is not part of the language" + (instead is null ? "." : $"; use {instead}.");
        return new(ErrorKind.Forbidden, message, column, instead);
    }
}
