using System.Globalization;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions;

/// <summary>Runs a file of expression cases (the schema of <c>conformance/expressions.json</c>) and tells what each gives.</summary>
public static class ExpressionSuite
{
    private static readonly DateTimeOffset Clock = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Evaluates every case in UTC, with the clock at 2026-03-14 09:00.</summary>
    /// <param name="suite">JSON text with <c>scopes</c> and <c>cases</c> of <c>expr</c> and <c>scope</c>.</param>
    /// <returns>JSON text <c>{"cases":[{"index","expr","actual"|"error"}]}</c>; what JSON cannot hold is encoded as <c>{"$":…}</c>.</returns>
    /// <exception cref="FormatException">The text is not such a file.</exception>
    public static string Run(string suite)
    {
        var file = Read(suite);
        var scopes = file["scopes"];
        if (file["cases"].Kind != ValueKind.List || scopes.Kind is not (ValueKind.Object or ValueKind.Undefined))
            throw new FormatException("An expression suite has “scopes” (an object) and “cases” (a list).");

        var results = new ListValue();
        foreach (var test in file["cases"].AsList())
        {
            var result = new ObjectValue();
            result.Set("index", Value.From((double)results.Count));
            result.Set("expr", test["expr"]);
            var scope = test["scope"].Kind == ValueKind.String && scopes.Kind == ValueKind.Object ? scopes[test["scope"].AsString()] : default;
            Evaluate(test["expr"], scope.Kind == ValueKind.Object ? Decode(scope).AsObject() : new(), result);
            results.Add(Value.From(result));
        }

        var answer = new ObjectValue();
        answer.Set("cases", Value.From(results));
        return Value.From(answer).ToJson();
    }

    private static Value Read(string suite)
    {
        try
        {
            return Value.ParseJson(suite);
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    private static void Evaluate(Value source, ObjectValue scope, ObjectValue result)
    {
        if (source.Kind != ValueKind.String)
            throw new FormatException("Every case has an “expr” (a text).");
        try
        {
            var value = Expression.Parse(source.AsString()).Evaluate(new EvaluationContext { Scope = new ObjectScope(scope), Now = Clock });
            result.Set("actual", Encode(value, 0));
        }
        catch (ExpressionException error)
        {
            result.Set("error", Value.From(error.Kind));
        }
    }

    /// <summary>Writes what JSON cannot hold as <c>{"$":…}</c>.</summary>
    internal static Value Encode(Value value, int depth)
    {
        if (depth > 900)
            throw new ExpressionException(ErrorKind.Limit, "The value is nested too deep.");
        switch (value.Kind)
        {
            case ValueKind.Function when value.Reference is JavaScript.FunctionValue { CanCall: false }:
                return Value.From(new ObjectValue());
            case ValueKind.Undefined or ValueKind.Function or ValueKind.Host:
                return Marked(Value.From("undefined"));
            case ValueKind.Number when !double.IsFinite(value.RawNumber) || (value.RawNumber == 0 && double.IsNegative(value.RawNumber)):
                return Marked(Value.From(value.RawNumber == 0 ? "-0" : NumberText.Of(value.RawNumber)));
            case ValueKind.Date:
                var date = Marked(Value.From("date"));
                date.AsObject().Set("ms", Encode(Value.From(value.RawNumber), depth + 1));
                return date;
            case ValueKind.List:
                return Value.From(new ListValue(value.AsList().Select(item => Encode(item, depth + 1))));
            case ValueKind.Object:
                var fields = new ObjectValue();
                foreach (var (name, field) in value.AsObject())
                    fields.Set(name, Encode(field, depth + 1));
                return Value.From(fields);
            default:
                return value;
        }
    }

    /// <summary>Reads <c>{"$":…}</c> back.</summary>
    internal static Value Decode(Value value)
    {
        if (value.Kind == ValueKind.List)
            return Value.From(new ListValue(value.AsList().Select(Decode)));
        if (value.Kind != ValueKind.Object)
            return value;
        if (value["$"].Kind == ValueKind.String)
            return Unmarked(value["$"].AsString(), value);
        var fields = new ObjectValue();
        foreach (var (name, field) in value.AsObject())
            fields.Set(name, Decode(field));
        return Value.From(fields);
    }

    private static Value Unmarked(string mark, Value value) => mark switch
    {
        "undefined" => Value.Undefined,
        "date" => Value.FromDate(Decode(value["ms"]) is { IsNumber: true } time ? time.RawNumber : double.NaN),
        "-0" => Value.From(-0.0),
        "NaN" or "Infinity" or "-Infinity" => Value.From(NumberReader.Number(mark)),
        _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"“{mark}” is no mark of an expression suite.")),
    };

    private static Value Marked(Value mark)
    {
        var made = new ObjectValue();
        made.Set("$", mark);
        return Value.From(made);
    }
}
