namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

internal static partial class ListFunctions
{
    /// <summary>Sorts a copy: holes last, then undefined, the rest by comparer or as texts by UTF-16 unit; stable.</summary>
    private static Value Sort(Frame frame, Value self, ReadOnlySpan<Value> args, bool keepHoles)
    {
        if (!args.At(0).IsUndefined)
            args.Callback(0, frame);
        var function = args.At(0).Reference as FunctionValue;
        var list = self.AsList();
        frame.Budget.List(list.Count);
        var items = new List<Value>(list.Count);
        int undefined = 0, holes = 0;
        for (var i = 0; i < list.Count; i++)
        {
            if (list.Span[i].IsHole && keepHoles)
                holes++;
            else if (list[i].IsUndefined)
                undefined++;
            else
                items.Add(list[i]);
        }

        var sorted = function is not null
            ? Sorting.Sort([.. items], (a, b) => Conversion.ToNumber(frame.Invoke(function, [a, b]), frame))
            : SortTexts(frame, items);
        var made = new ListValue(list.Count);
        made.AddRange(sorted);
        for (; undefined > 0; undefined--)
            made.Add(Value.Undefined);
        for (; holes > 0; holes--)
            made.Add(Value.Hole);
        return Value.From(made);
    }

    private static Value[] SortTexts(Frame frame, List<Value> items)
    {
        var keyed = new (string Text, Value Item)[items.Count];
        for (var i = 0; i < keyed.Length; i++)
        {
            frame.Step();
            keyed[i] = (Conversion.ToText(items[i], frame), items[i]);
        }

        var sorted = Sorting.Sort(keyed, (a, b) =>
        {
            frame.Step();
            return string.CompareOrdinal(a.Text, b.Text);
        });
        return Array.ConvertAll(sorted, pair => pair.Item);
    }
}
