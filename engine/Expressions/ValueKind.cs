namespace ProductionOffice.Expressions;

#pragma warning disable CA1720 // String and Object are the names of JavaScript.
/// <summary>What a <see cref="Value"/> holds.</summary>
public enum ValueKind : byte
{
    /// <summary>JavaScript <c>undefined</c>; the default.</summary>
    Undefined,

    /// <summary>JavaScript <c>null</c>.</summary>
    Null,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A 64-bit floating point number.</summary>
    Number,

    /// <summary>A text of UTF-16 units.</summary>
    String,

    /// <summary>A moment in milliseconds since 1970-01-01 UTC, or an invalid date (NaN).</summary>
    Date,

    /// <summary>A <see cref="ListValue"/>.</summary>
    List,

    /// <summary>An <see cref="ObjectValue"/>.</summary>
    Object,

    /// <summary>A function or namespace of the language, or an arrow function on its way into a list method.</summary>
    Function,

    /// <summary>An opaque object of the host, for example made content of a template.</summary>
    Host,
}
