using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ProductionOffice.Server.Commands;

/// <summary>A span of time as people write it: <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>500ms</c>; a plain number is seconds.</summary>
internal static class Duration
{
    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "30s",
        CustomParser = Read,
    };

    public static TimeSpan? Parse(string text)
    {
        var (unit, length) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (TimeSpan.FromMilliseconds(1), 2),
            [.., 's'] => (TimeSpan.FromSeconds(1), 1),
            [.., 'm'] => (TimeSpan.FromMinutes(1), 1),
            [.., 'h'] => (TimeSpan.FromHours(1), 1),
            _ => (TimeSpan.FromSeconds(1), 0),
        };
        return double.TryParse(text.AsSpan(0, text.Length - length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit.TotalHours < 24 * 365
            ? number * unit
            : null;
    }

    private static TimeSpan? Read(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Parse(text) is { } span)
            return span;

        result.AddError($"'{text}' is not a span of time: write for example 30s, 5m or 2h.");
        return null;
    }
}
