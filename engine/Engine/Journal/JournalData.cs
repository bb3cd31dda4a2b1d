using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Journal;

/// <summary>What lines of the journal say beside words: <c>{"inputs":{…}}</c> where an activity starts, <c>{"outcomes":[…]}</c> where it completes.</summary>
/// <remarks>Inputs that the definition states literally are not repeated, and none is written at length: a journal is kept for long, and values are not its purpose.</remarks>
internal static class JournalData
{
    private const int LongestText = 400;
    private const int MostValues = 40;
    private const string Done = """{"outcomes":["Done"]}""";

    public static string Outcomes(string[] outcomes)
    {
        if (outcomes is ["Done"])
            return Done;

        var named = new ObjectValue();
        named.Set("outcomes", Value.From(new ListValue(outcomes.Select(o => Value.From(o)))));
        return Value.From(named).ToJson();
    }

    /// <summary>Inputs that were worked out; null when there are none.</summary>
    public static string? Inputs(IBoundInput[] inputs, Value[] values)
    {
        ObjectValue? computed = null;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Expression is LiteralExpression || values[i].IsNullish)
                continue;

            var left = MostValues;
            (computed ??= new ObjectValue()).Set(ActivityBinder.CamelCase(inputs[i].Name), Short(values[i], ref left));
        }

        if (computed is null)
            return null;

        var named = new ObjectValue();
        named.Set("inputs", Value.From(computed));
        return Value.From(named).ToJson();
    }

    /// <summary>The value when it is small; what is more of it is cut off.</summary>
    private static Value Short(Value value, ref int left)
    {
        left--;
        switch (value.Kind)
        {
            case ValueKind.String:
                var text = value.AsString();
                return text.Length <= LongestText ? value : Value.From(string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText), "…"));
            case ValueKind.List:
                var list = new ListValue();
                foreach (var item in value.AsList())
                {
                    if (left <= 0)
                        break;
                    list.Add(Short(item, ref left));
                }

                return Value.From(list);
            case ValueKind.Object:
                var fields = new ObjectValue();
                foreach (var (name, field) in value.AsObject())
                {
                    if (left <= 0)
                        break;
                    fields.Set(name, Short(field, ref left));
                }

                return Value.From(fields);
            case ValueKind.Host:
                return Value.Null;
            default:
                return value;
        }
    }
}
