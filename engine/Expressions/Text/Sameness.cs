using System.Runtime.CompilerServices;

namespace ProductionOffice.Expressions.Text;

/// <summary>Equality of data, and the equalities of JavaScript.</summary>
internal static class Sameness
{
    /// <summary>Same data: by content, all the way down.</summary>
    public static bool Same(Value left, Value right)
    {
        var kind = left.Kind;
        if (kind != right.Kind)
            return false;
        switch (kind)
        {
            case ValueKind.List:
                return SameItems(left.AsList(), right.AsList());
            case ValueKind.Object:
                return SameFields(left.AsObject(), right.AsObject());
            case ValueKind.Host:
                return left.AsHost().Equals(right.AsHost());
            case ValueKind.Date:
                return left.RawNumber.Equals(right.RawNumber);
            default:
                return SameValueZero(left, right);
        }
    }

    /// <summary>JavaScript <c>===</c></summary>
    public static bool Strict(Value left, Value right)
    {
        if (left.IsNumber)
            return right.IsNumber && left.RawNumber == right.RawNumber;
        if (left.Reference is string a)
            return right.Reference is string b && string.Equals(a, b, StringComparison.Ordinal);
        if (left.IsUndefined)
            return right.IsUndefined;
        return ReferenceEquals(left.Reference, right.Reference) && (!left.IsBoolean || left.RawNumber == right.RawNumber);
    }

    /// <summary>As <c>===</c>, but NaN equals NaN.</summary>
    public static bool SameValueZero(Value left, Value right) =>
        Strict(left, right) || (left.IsNumber && right.IsNumber && double.IsNaN(left.RawNumber) && double.IsNaN(right.RawNumber));

    private static bool SameItems(ListValue left, ListValue right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left.Count != right.Count)
            return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < left.Count; i++)
        {
            if (!Same(left[i], right[i]))
                return false;
        }

        return true;
    }

    private static bool SameFields(ObjectValue left, ObjectValue right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left.Count != right.Count)
            return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < left.Count; i++)
        {
            var field = left.At(i);
            if (!right.TryGet(field.Key, out var value) || !Same(field.Value, value))
                return false;
        }

        return true;
    }
}
