using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Checking;

/// <summary>Formatters as people call them, and how each is written.</summary>
internal static class FormatterWords
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["average"] = "avg",
        ["barcode128"] = "barcode",
        ["capitalize"] = "title",
        ["capitalise"] = "title",
        ["check"] = "checkbox",
        ["currency"] = "money",
        ["default"] = "or",
        ["dollars"] = "money",
        ["else"] = "or",
        ["filter"] = "where",
        ["group"] = "groupBy",
        ["ifempty"] = "or",
        ["img"] = "image",
        ["length"] = "count",
        ["linebreaks"] = "lines",
        ["lowercase"] = "lower",
        ["md"] = "markdown",
        ["orderby"] = "sort",
        ["percentage"] = "percent",
        ["photo"] = "image",
        ["picture"] = "image",
        ["price"] = "money",
        ["qrcode"] = "qr",
        ["sign"] = "signature",
        ["size"] = "count",
        ["spell"] = "words",
        ["tick"] = "checkbox",
        ["total"] = "sum",
        ["uppercase"] = "upper",
        ["url"] = "link",
    };

    private static readonly Dictionary<string, string> Uses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["adddays"] = "adddays: 7",
        ["barcode"] = "barcode: type=\"code128\"",
        ["checkbox"] = "checkbox: \"weekly\"",
        ["count"] = "count",
        ["date"] = "date: \"d MMM yyyy\"",
        ["datetime"] = "datetime: \"d MMM yyyy, h:mm a\"",
        ["groupBy"] = "groupBy: \"department\"",
        ["image"] = "image: width=\"3cm\"",
        ["join"] = "join: \", \"",
        ["list"] = "list: \"name\"",
        ["map"] = "map: { a: \"Approved\", d: \"Declined\" }",
        ["mask"] = "mask: 4",
        ["money"] = "money: \"EUR\"",
        ["number"] = "number: 2",
        ["or"] = "or: \"TBC\"",
        ["pad"] = "pad: 5, \"0\"",
        ["percent"] = "percent: 1",
        ["plural"] = "plural: \"day\", \"days\"",
        ["qr"] = "qr: size=\"3cm\"",
        ["round"] = "round: 2",
        ["sort"] = "sort: \"department\", \"-rate\"",
        ["sum"] = "sum: \"days\"",
        ["time"] = "time: \"h:mm a\"",
        ["truncate"] = "truncate: 10",
        ["until"] = "until: deal.endDate",
        ["where"] = "where: x => x.days > 0",
        ["yesno"] = "yesno: \"Paid\", \"Due\"",
    };

    /// <summary>The formatter a word of another tool stands for, or null.</summary>
    public static string? Meant(string word) => Names.GetValueOrDefault(word);

    /// <summary>A sentence that shows how the formatter of an error is written, or null.</summary>
    public static string? Use(ExpressionException error)
    {
        if (error.Kind != ErrorKind.Formatter || !error.Message.Contains(" takes ", StringComparison.Ordinal))
            return null;
        var name = error.Message.Split(' ', ':')[0];
        var told = error.Message.Replace("argument(s)", "argument", StringComparison.Ordinal).TrimEnd('.');
        return Uses.TryGetValue(name, out var use) ? $"{told}. It is written {{{{… | {use}}}}}." : told.Contains("takes no argument", StringComparison.Ordinal) ? $"{told}. It is written {{{{… | {name}}}}}." : null;
    }
}
