using System.Globalization;
using System.Runtime.CompilerServices;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Expressions;

/// <summary>Lenient conversion as Elsa does it: what cannot be converted becomes the type's default.</summary>
internal static class TypeConversion
{
    /// <summary>As .NET prints it, which is what Elsa shows: <c>True</c>, <c>3</c>, <c>2.5</c>, lists and objects as JSON, nothing for null.</summary>
    public static string? ToText(Value value) => value.Kind switch
    {
        ValueKind.Undefined or ValueKind.Null => null,
        ValueKind.String => value.AsString(),
        ValueKind.Boolean => value.AsBoolean() ? "True" : "False",
        ValueKind.List or ValueKind.Object => value.ToJson(),
        ValueKind.Date => value.AsDate().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static bool ToBoolean(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean(),
        ValueKind.String => bool.TryParse(value.AsString().Trim(), out var flag) ? flag : value.AsString().Trim() is "1",
        ValueKind.Number => value.AsNumber() != 0 && !double.IsNaN(value.AsNumber()),
        ValueKind.List or ValueKind.Object or ValueKind.Date => true,
        _ => false,
    };

    public static double ToNumber(Value value) => value.Kind switch
    {
        ValueKind.Number => value.AsNumber(),
        ValueKind.Boolean => value.AsBoolean() ? 1 : 0,
        ValueKind.String => double.TryParse(value.AsString(), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : 0,
        _ => 0,
    };

    /// <summary>A whole number: fractions are rounded half to even as .NET does it, text must be a whole number already.</summary>
    public static double ToWhole(Value value) => value.Kind == ValueKind.String
        ? long.TryParse(value.AsString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? whole : 0
        : ToNumber(value) is var number && double.IsFinite(number) ? Math.Round(number, MidpointRounding.ToEven) : 0;

    /// <summary>Text in .NET's own format, so <c>72:00:00</c> is 72 days, or a number of seconds.</summary>
    public static TimeSpan ToTimeSpan(Value value) => value.Kind switch
    {
        ValueKind.String => TimeSpan.TryParse(value.AsString(), CultureInfo.InvariantCulture, out var span) ? span : IsoSpan(value.AsString()),
        ValueKind.Number => TimeSpan.FromSeconds(Math.Clamp(value.AsNumber(), -1e11, 1e11)),
        _ => TimeSpan.Zero,
    };

    public static DateTimeOffset? ToMoment(Value value) => value.Kind switch
    {
        ValueKind.Date => value.AsDate(),
        ValueKind.String => DateTimeOffset.TryParse(value.AsString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null,
        ValueKind.Number => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(value.AsNumber(), -6e13, 2e14)),
        _ => null,
    };

    /// <summary>A list as it is; JSON text that is a list, parsed; null when it is neither.</summary>
    public static ListValue? ToList(Value value) => value.Kind switch
    {
        ValueKind.List => value.AsList(),
        ValueKind.String when Json(value.AsString(), '[') is { Kind: ValueKind.List } list => list.AsList(),
        _ => null,
    };

    public static ObjectValue? ToObject(Value value) => value.Kind switch
    {
        ValueKind.Object => value.AsObject(),
        ValueKind.String when Json(value.AsString(), '{') is { Kind: ValueKind.Object } fields => fields.AsObject(),
        _ => null,
    };

    /// <summary>To one of Elsa's type aliases; types without a rule here keep the value.</summary>
    public static Value ToType(Value value, string typeName, bool isArray)
    {
        if (value.IsNullish)
            return Value.Null;
        if (isArray || typeName.EndsWith("[]", StringComparison.Ordinal))
            return ToList(value) is { } list ? Value.From(list) : value;

        switch (typeName)
        {
            case "String":
                return value.Kind == ValueKind.String ? value : Value.From(ToText(value));
            case "Int32" or "Int64" or "Int16" or "Byte":
                return Value.From(ToWhole(value));
            case "Decimal" or "Double" or "Single":
                return value.Kind == ValueKind.Number ? value : Value.From(ToNumber(value));
            case "Boolean":
                return Value.From(ToBoolean(value));
            case "DateTime" or "DateTimeOffset":
                return value.Kind == ValueKind.Date ? value : ToMoment(value) is { } moment ? Value.From(moment) : value;
            case "Object":
                return value;
            default:
                return value.Kind == ValueKind.String ? FromText(value.AsString()) : value;
        }
    }

    public static T? To<T>(Value value)
    {
        if (typeof(T) == typeof(string))
            return (T?)(object?)ToText(value);
        if (typeof(T) == typeof(Value))
            return As<Value, T>(value);
        if (typeof(T) == typeof(bool))
            return As<bool, T>(ToBoolean(value));
        if (typeof(T) == typeof(int))
            return As<int, T>((int)ToWhole(value));
        if (typeof(T) == typeof(long))
            return As<long, T>((long)ToWhole(value));
        if (typeof(T) == typeof(double))
            return As<double, T>(ToNumber(value));
        if (typeof(T) == typeof(decimal))
            return As<decimal, T>(ToDecimal(value));
        if (typeof(T) == typeof(TimeSpan))
            return As<TimeSpan, T>(ToTimeSpan(value));
        if (typeof(T) == typeof(DateTimeOffset))
            return As<DateTimeOffset, T>(ToMoment(value) ?? default);
        if (typeof(T) == typeof(DateTimeOffset?))
            return (T?)(object?)ToMoment(value);
        if (typeof(T) == typeof(ListValue))
            return (T?)(object?)ToList(value);
        if (typeof(T) == typeof(ObjectValue))
            return (T?)(object?)ToObject(value);
        if (typeof(T) == typeof(string[]) || typeof(T) == typeof(IReadOnlyList<string>))
            return (T?)(object?)ToTexts(value);
        if (typeof(T).IsEnum)
            return ToEnum<T>(value);
        return ToRest<T>(value);
    }

    /// <summary>Texts of a list; a single text, unless it is JSON of a list, counts as one.</summary>
    public static string[] ToTexts(Value value)
    {
        if (ToList(value) is { } list)
            return [.. list.Select(item => ToText(item) ?? "")];
        return ToText(value) is { Length: > 0 } text ? [text] : [];
    }

    private static T? ToRest<T>(Value value)
    {
        var type = Nullable.GetUnderlyingType(typeof(T));
        if (type is not null && value.IsNullish)
            return default;
        object? converted = (type ?? typeof(T)) switch
        {
            var t when t == typeof(bool) => ToBoolean(value),
            var t when t == typeof(int) => (int)ToWhole(value),
            var t when t == typeof(long) => (long)ToWhole(value),
            var t when t == typeof(double) => ToNumber(value),
            var t when t == typeof(decimal) => ToDecimal(value),
            var t when t == typeof(TimeSpan) => ToTimeSpan(value),
            var t when t == typeof(DateOnly) => ToMoment(value) is { } moment ? DateOnly.FromDateTime(moment.DateTime) : null,
            var t when t == typeof(DateTime) => ToMoment(value)?.UtcDateTime,
            var t when t == typeof(object) => value.IsNullish ? null : value,
            _ => throw new InvalidOperationException($"An input cannot have the type {typeof(T)}. Use text, numbers, dates, Value, ListValue or ObjectValue."),
        };
        return (T?)converted;
    }

    private static T? ToEnum<T>(Value value) => value.Kind switch
    {
        ValueKind.String when Enum.TryParse(typeof(T), value.AsString(), ignoreCase: true, out var member) => (T)member,
        ValueKind.Number => (T)Enum.ToObject(typeof(T), (int)value.AsNumber()),
        _ => default,
    };

    private static decimal ToDecimal(Value value) => value.Kind switch
    {
        ValueKind.String => decimal.TryParse(value.AsString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : 0,
        _ => ToNumber(value) is var number && Math.Abs(number) < 7.9e28 ? (decimal)number : 0,
    };

    private static TimeSpan IsoSpan(string text)
    {
        try
        {
            return text.StartsWith('P') ? System.Xml.XmlConvert.ToTimeSpan(text) : TimeSpan.Zero;
        }
        catch (FormatException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>JSON text as what it says; other text as it is.</summary>
    public static Value FromText(string text) =>
        text.Length > 1 && text[0] is '{' or '[' && Json(text, text[0]) is { IsNullish: false } value ? value : Value.From(text);

    private static Value Json(string text, char first)
    {
        if (text.AsSpan().TrimStart() is not [var c, ..] || c != first)
            return Value.Undefined;

        try
        {
            return Value.ParseJson(text);
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or ExpressionException or FormatException)
        {
            return Value.Undefined;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo As<TFrom, TTo>(TFrom value) => Unsafe.As<TFrom, TTo>(ref value);
}
