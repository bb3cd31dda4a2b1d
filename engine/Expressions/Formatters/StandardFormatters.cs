namespace ProductionOffice.Expressions.Formatters;

/// <summary>The table of section 4 of the template language, made content apart.</summary>
internal static class StandardFormatters
{
    public static IEnumerable<KeyValuePair<string, FormatterTable.Entry>> All()
    {
        FormatterTable.Entry[] entries =
        [
            new("number", NumberFormatters.Number, false, 0, 1),
            new("money", NumberFormatters.Money, false, 0, 1),
            new("percent", NumberFormatters.Percent, false, 0, 1),
            new("words", NumberFormatters.Words, false, 0, 0),
            new("ordinal", NumberFormatters.Ordinal, false, 0, 0),
            new("plural", NumberFormatters.Plural, false, 1, 2),
            new("round", NumberFormatters.Round, false, 0, 1),
            new("date", DateFormatters.Date, false, 0, 1),
            new("time", DateFormatters.Time, false, 0, 1),
            new("datetime", DateFormatters.DateTime, false, 0, 1),
            new("adddays", DateFormatters.AddDays, false, 1, 1),
            new("until", DateFormatters.Until, false, 1, 1),
            new("upper", TextFormatters.Upper, false, 0, 0),
            new("lower", TextFormatters.Lower, false, 0, 0),
            new("title", TextFormatters.Title, false, 0, 0),
            new("sentence", TextFormatters.Sentence, false, 0, 0),
            new("trim", TextFormatters.Trim, false, 0, 0),
            new("truncate", TextFormatters.Truncate, false, 1, 1),
            new("mask", TextFormatters.Mask, false, 0, 1),
            new("initials", TextFormatters.Initials, false, 0, 0),
            new("phone", TextFormatters.Phone, false, 0, 0),
            new("pad", TextFormatters.Pad, false, 1, 2),
            new("lines", TextFormatters.Lines, false, 0, 0),
            new("or", TextFormatters.Or, true, 1, 1),
            new("dropline", TextFormatters.DropLine, true, 0, 0),
            new("droprow", TextFormatters.DropRow, true, 0, 0),
            new("map", TextFormatters.Map, false, 1, 1),
            new("json", TextFormatters.Json, false, 0, 0),
            new("yesno", ChoiceFormatters.YesNo, false, 0, 2),
            new("checkbox", ChoiceFormatters.Checkbox, true, 0, 1),
            new("join", ListFormatters.Join, false, 0, 1),
            new("list", ListFormatters.List, false, 0, 1),
            new("where", ListFormatters.Where, false, 1, 1),
            new("sort", ListFormatters.Sort, false, 0, 8),
            new("groupBy", ListFormatters.GroupBy, false, 1, 1),
            new("unique", ListFormatters.Unique, false, 0, 1),
            new("first", ListFormatters.First, false, 0, 1),
            new("last", ListFormatters.Last, false, 0, 1),
            new("count", ListFormatters.Count, false, 0, 1),
            new("sum", ListFormatters.Sum, false, 0, 1),
            new("avg", ListFormatters.Average, false, 0, 1),
            new("min", ListFormatters.Min, false, 0, 1),
            new("max", ListFormatters.Max, false, 0, 1),
        ];
        return entries.Select(entry => new KeyValuePair<string, FormatterTable.Entry>(entry.Name, entry));
    }
}
