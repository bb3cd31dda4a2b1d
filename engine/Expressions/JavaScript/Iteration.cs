namespace ProductionOffice.Expressions.JavaScript;

/// <summary>What can be walked through item by item: lists and texts.</summary>
internal static class Iteration
{
    public static void AddItems(ListValue list, Value source, Frame frame)
    {
        switch (source.Kind)
        {
            case ValueKind.List:
                var items = source.AsList();
                frame.Budget.List(list.Count + (double)items.Count);
                for (var i = 0; i < items.Count; i++)
                    list.Add(items[i]);
                break;
            case ValueKind.String:
                var text = source.AsString();
                frame.Budget.List(list.Count + (double)text.Length);
                for (var i = 0; i < text.Length;)
                {
                    var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
                    list.Add(Value.From(text.Substring(i, length)));
                    i += length;
                }

                break;
            default:
                throw frame.Error(ErrorKind.Type, "Only a list or a text can be spread out.");
        }
    }

    /// <summary>Own fields of anything, as object spread and Object.entries see them.</summary>
    public static void AddFields(Value source, Frame frame, Action<string, Value> add)
    {
        switch (source.Kind)
        {
            case ValueKind.Object:
                var fields = source.AsObject();
                var order = fields.Order();
                frame.Budget.List(fields.Count);
                for (var i = 0; i < fields.Count; i++)
                {
                    var field = fields.At(order is null ? i : order[i]);
                    add(field.Key, field.Value);
                }

                break;
            case ValueKind.List:
                var items = source.AsList();
                frame.Budget.List(items.Count * 2.0);
                for (var i = 0; i < items.Count; i++)
                {
                    if (!items.Span[i].IsHole)
                        add(Text.NumberText.Of(i), items[i]);
                }

                break;
            case ValueKind.String:
                var text = source.AsString();
                frame.Budget.List(text.Length * 2.0);
                for (var i = 0; i < text.Length; i++)
                    add(Text.NumberText.Of(i), Value.From(text[i].ToString()));
                break;
        }
    }
}
