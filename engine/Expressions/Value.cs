using System.Runtime.CompilerServices;
using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions;

/// <summary>One value of the data that templates, workflows and expressions share: a JavaScript value.</summary>
/// <remarks>
/// 16 bytes; numbers and truth values are not boxed. The default is <c>undefined</c>. Lists and objects are held by
/// reference and can be changed by their owner; expressions never change them.
/// </remarks>
public readonly partial struct Value : IEquatable<Value>
{
    private readonly double _number;
    private readonly object? _reference;

    private Value(double number, object? reference)
    {
        _number = number;
        _reference = reference;
    }

    /// <summary>JavaScript <c>undefined</c>.</summary>
    public static Value Undefined => default;

    /// <summary>JavaScript <c>null</c>.</summary>
    public static Value Null => new(0, Tag.Null);

    /// <summary>JavaScript <c>true</c>.</summary>
    public static Value True => new(1, Tag.Boolean);

    /// <summary>JavaScript <c>false</c>.</summary>
    public static Value False => new(0, Tag.Boolean);

    /// <summary>An element of a list that is not there (<c>[1, , 2]</c>); reads as undefined.</summary>
    internal static Value Hole => new(0, Tag.Hole);

    /// <summary>What the value holds.</summary>
    public ValueKind Kind => _reference switch
    {
        null => ValueKind.Undefined,
        Tag tag => tag.Kind,
        string => ValueKind.String,
        ObjectValue => ValueKind.Object,
        ListValue => ValueKind.List,
        DateTag => ValueKind.Date,
        FunctionValue => ValueKind.Function,
        _ => ValueKind.Host,
    };

    /// <summary>True for null and undefined.</summary>
    public bool IsNullish => _reference is null || ReferenceEquals(_reference, Tag.Null) || ReferenceEquals(_reference, Tag.Hole);

    /// <summary>JavaScript truth: false for undefined, null, false, 0, NaN and the empty text.</summary>
    public bool IsTruthy => _reference switch
    {
        null => false,
        Tag => _number != 0 && !double.IsNaN(_number),
        string text => text.Length > 0,
        _ => true,
    };

    internal bool IsUndefined => _reference is null || ReferenceEquals(_reference, Tag.Hole);

    internal bool IsHole => ReferenceEquals(_reference, Tag.Hole);

    internal bool IsNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(_reference, Tag.Number);
    }

    internal bool IsBoolean => ReferenceEquals(_reference, Tag.Boolean);

    internal bool IsDate => _reference is DateTag;

    /// <summary>The number, the truth as 1 or 0, or the milliseconds of a date; unchecked.</summary>
    internal double RawNumber => _number;

    /// <summary>The reference as stored; a text, list, object, function, a tag, or null.</summary>
    internal object? Reference => _reference;

    /// <summary>Own field of an object, else undefined.</summary>
    public Value this[string name] =>
        _reference is ObjectValue fields && fields.TryGet(name, out var value) ? value : Undefined;

    /// <summary>A truth value.</summary>
    public static Value From(bool truth) => truth ? True : False;

    /// <summary>A number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value From(double number) => new(number, Tag.Number);

    /// <summary>A text; null gives JavaScript null.</summary>
    public static Value From(string? text) => text is null ? Null : new(0, text);

    /// <summary>A date with the moment to the millisecond; the offset is not kept.</summary>
    public static Value From(DateTimeOffset moment) => FromDate(moment.ToUnixTimeMilliseconds());

    /// <summary>A list, by reference.</summary>
    public static Value From(ListValue list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new(0, list);
    }

    /// <summary>An object, by reference.</summary>
    public static Value From(ObjectValue fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new(0, fields);
    }

    /// <summary>An opaque object of the host; expressions can pass it on, not look into it.</summary>
    public static Value FromHost(object content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(0, new HostBox(content));
    }

    internal static Value FromDate(double milliseconds) => new(milliseconds, new DateTag());

    internal static Value From(FunctionValue function) => new(0, function);

    /// <summary>The truth value.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public bool AsBoolean() => IsBoolean ? _number != 0 : throw WrongKind(ValueKind.Boolean);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public double AsNumber() => IsNumber ? _number : throw WrongKind(ValueKind.Number);

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public string AsString() => _reference as string ?? throw WrongKind(ValueKind.String);

    /// <summary>The moment of a date, in UTC.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind, or an invalid date.</exception>
    public DateTimeOffset AsDate() => IsDate && Math.Abs(_number) <= 62135596800000
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)_number)
        : throw WrongKind(ValueKind.Date);

    /// <summary>The list, by reference.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ListValue AsList() => _reference as ListValue ?? throw WrongKind(ValueKind.List);

    /// <summary>The object, by reference.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ObjectValue AsObject() => _reference as ObjectValue ?? throw WrongKind(ValueKind.Object);

    /// <summary>The opaque object given to <see cref="FromHost"/>.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public object AsHost() => (_reference as HostBox)?.Content ?? throw WrongKind(ValueKind.Host);

    /// <summary>The text JavaScript's <c>String(x)</c> gives; dates in UTC.</summary>
    public override string ToString() => Conversion.ToText(this, frame: null);

    /// <summary>True when both hold the same data: lists item by item, objects field by field in any order, NaN equal to NaN.</summary>
    public bool Equals(Value other) => Sameness.Same(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _reference switch
    {
        null => 0,
        ListValue list => HashCode.Combine(ValueKind.List, list.Count),
        ObjectValue fields => HashCode.Combine(ValueKind.Object, fields.Count),
        string text => text.GetHashCode(StringComparison.Ordinal),
        Tag tag => tag.Kind == ValueKind.Undefined ? 0 : HashCode.Combine(tag.Kind, _number == 0 ? 0 : _number),
        DateTag => HashCode.Combine(ValueKind.Date, _number),
        HostBox box => box.Content.GetHashCode(),
        var other => other.GetHashCode(),
    };

    /// <summary>Same data.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Different data.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    private InvalidOperationException WrongKind(ValueKind wanted) => new($"The value is a {Kind}, not a {wanted}.");

    private sealed class Tag(ValueKind kind)
    {
        public static readonly Tag Null = new(ValueKind.Null);
        public static readonly Tag Boolean = new(ValueKind.Boolean);
        public static readonly Tag Number = new(ValueKind.Number);
        public static readonly Tag Hole = new(ValueKind.Undefined);

        public ValueKind Kind => kind;
    }

    /// <summary>Gives each date an identity, as <c>new Date(0) === new Date(0)</c> is false.</summary>
    private sealed class DateTag;

    internal sealed class HostBox(object content)
    {
        public object Content => content;
    }
}
