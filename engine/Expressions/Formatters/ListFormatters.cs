using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Formatters;

/// <summary><c>join list where sort groupBy unique first last count sum avg min max</c>.</summary>
internal static class ListFormatters
{
    public static Value Join(FormatterCall call)
    {
        var text = string.Join(call.Text(0, ", "), Items(call).Select(item => ValueText.Print(item, call.Context)));
        call.Context.Budget.Text(text.Length);
        return Value.From(text);
    }

    /// <summary>“A, B, and C” by locale.</summary>
    public static Value List(FormatterCall call)
    {
        var texts = Items(call)
            .Select(item => call.Arguments.Count > 0 ? call.Select(item, call.Argument(0)) : item)
            .Where(item => !item.IsNullish)
            .Select(item => ValueText.Print(item, call.Context))
            .ToList();
        if (texts.Count < 2)
            return Value.From(texts.Count == 0 ? "" : texts[0]);
        var locale = Locale.Of(call.Context.Locale);
        var and = locale.Language == "es" && StartsWithI(texts[^1]) ? "e" : locale.And;
        var comma = locale.CommaBeforeAnd && texts.Count > 2 ? "," : "";
        return Value.From($"{string.Join(", ", texts.SkipLast(1))}{comma} {and} {texts[^1]}");
    }

    public static Value Where(FormatterCall call) =>
        From(Items(call).Where((item, index) => call.Select(item, call.Argument(0), index).IsTruthy));

    /// <summary>By paths in quotes, <c>-</c> in front for descending, or arrow functions; stable, in the locale's order.</summary>
    public static Value Sort(FormatterCall call)
    {
        var selectors = call.Arguments.Count == 0 ? [default] : call.Arguments.Select(Selector.Read).ToArray();
        var keyed = Items(call).Select((item, index) => (Item: item, Keys: Array.ConvertAll(selectors, selector => selector.Key(call, item, index)))).ToArray();
        var sorted = Sorting.Sort(keyed, (left, right) =>
        {
            call.Frame.Step();
            for (var i = 0; i < selectors.Length; i++)
            {
                var order = TextOrder.Compare(left.Keys[i], right.Keys[i]);
                if (order != 0)
                    return selectors[i].IsDescending ? -order : order;
            }

            return 0;
        });
        return From(sorted.Select(pair => pair.Item));
    }

    /// <summary>Groups with <c>key</c>, <c>items</c>, <c>count</c>, in the order in which keys first come.</summary>
    public static Value GroupBy(FormatterCall call)
    {
        var groups = new Dictionary<Value, ListValue>();
        var order = new List<Value>();
        var index = 0;
        foreach (var item in Items(call))
        {
            var key = call.Select(item, call.Argument(0), index++);
            if (!groups.TryGetValue(key, out var items))
            {
                groups[key] = items = new ListValue();
                order.Add(key);
            }

            items.Add(item);
        }

        return From(order.Select(key =>
        {
            var group = new ObjectValue();
            group.Set("key", key);
            group.Set("items", Value.From(groups[key]));
            group.Set("count", Value.From((double)groups[key].Count));
            return Value.From(group);
        }));
    }

    /// <summary>Without repeats, by a key when one is given; the first of each stays.</summary>
    public static Value Unique(FormatterCall call)
    {
        var seen = new HashSet<Value>();
        return From(Items(call).Where((item, index) => seen.Add(call.Arguments.Count > 0 ? call.Select(item, call.Argument(0), index) : item)));
    }

    public static Value First(FormatterCall call) => Some(call, fromEnd: false);

    public static Value Last(FormatterCall call) => Some(call, fromEnd: true);

    public static Value Count(FormatterCall call) => call.Arguments.Count > 0
        ? Value.From((double)Items(call).Where((item, index) => call.Select(item, call.Argument(0), index).IsTruthy).Count())
        : Value.From((double)Items(call).Count);

    public static Value Sum(FormatterCall call) => Value.From(Exact.Sum(Numbers(call)));

    public static Value Average(FormatterCall call)
    {
        var numbers = Numbers(call);
        return numbers.Count == 0 ? Value.Null : Value.From(Exact.Sum(numbers) / numbers.Count);
    }

    public static Value Min(FormatterCall call) => Extreme(call, -1);

    public static Value Max(FormatterCall call) => Extreme(call, 1);

    private static Value Some(FormatterCall call, bool fromEnd)
    {
        var items = Items(call);
        if (call.Arguments.Count == 0)
            return items.Count == 0 ? Value.Null : items[fromEnd ? items.Count - 1 : 0];
        var count = call.Whole(0, 1, 0, int.MaxValue);
        return From(fromEnd ? items.Skip(Math.Max(items.Count - count, 0)) : items.Take(count));
    }

    // Texts and dates have extremes too; nothing else than numbers is added up.
    private static Value Extreme(FormatterCall call, int wanted)
    {
        var best = Value.Null;
        foreach (var value in Selected(call))
        {
            if (best.IsNullish || Math.Sign(TextOrder.Compare(value, best)) == wanted)
                best = value;
        }

        return best;
    }

    private static List<double> Numbers(FormatterCall call)
    {
        var numbers = new List<double>();
        foreach (var value in Selected(call))
        {
            var number = value.Kind is ValueKind.Number or ValueKind.String ? Conversion.ToNumber(value, null) : double.NaN;
            if (double.IsNaN(number))
                throw call.Wrong($"a number is expected, not {NumberFormatters.Describe(value)}");
            numbers.Add(number);
        }

        return numbers;
    }

    private static IEnumerable<Value> Selected(FormatterCall call) => Items(call)
        .Select((item, index) => call.Arguments.Count > 0 ? call.Select(item, call.Argument(0), index) : item)
        .Where(value => !TextFormatters.IsBlank(value));

    private static ListValue Items(FormatterCall call)
    {
        if (call.Input.Kind != ValueKind.List)
            throw call.Wrong($"a list is expected, not {NumberFormatters.Describe(call.Input)}");
        var list = call.Input.AsList();
        call.Context.Budget.List(list.Count);
        return list;
    }

    private static Value From(IEnumerable<Value> items) => Value.From(new ListValue(items));

    // Spanish y becomes e before the sound of i.
    private static bool StartsWithI(string text) => text.Length > 0 && (char.ToLowerInvariant(text[0]) is 'i' or 'í' || text.StartsWith("hi", StringComparison.OrdinalIgnoreCase))
        && !text.StartsWith("hie", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("hia", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Selector(Value What, bool IsDescending)
    {
        public static Selector Read(Value argument) => argument.Kind == ValueKind.String && argument.AsString().StartsWith('-')
            ? new(Value.From(argument.AsString()[1..]), true)
            : new(argument, false);

        public Value Key(FormatterCall call, Value item, int index) => What.IsNullish ? item : call.Select(item, What, index);
    }
}
