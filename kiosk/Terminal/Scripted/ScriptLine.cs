using System.Globalization;
using System.Text.Json;

namespace ProductionOffice.Kiosk.Terminal.Scripted;

/// <summary>One line of a script: a verb and what it is given.</summary>
internal sealed record ScriptLine(int Number, string Verb, string Argument)
{
    /// <summary>Reads a script; blank lines and lines that begin with # are left out.</summary>
    /// <exception cref="ScriptException">A line cannot be understood.</exception>
    public static IReadOnlyList<ScriptLine> Read(string text)
    {
        var lines = new List<ScriptLine>();
        var number = 0;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;

            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var verb = blank < 0 ? line : line[..blank];
            lines.Add(new ScriptLine(number, verb, blank < 0 ? "" : Unquote(line[(blank + 1)..].Trim(), number)));
        }

        return lines;
    }

    /// <summary>A span such as <c>500ms</c>, <c>45s</c>, <c>10m</c>, <c>2h</c>.</summary>
    public TimeSpan Span()
    {
        var digits = Argument.TrimEnd('m', 's', 'h');
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            throw Wrong("a span such as 45s");

        return Argument[digits.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(value),
            "s" => TimeSpan.FromSeconds(value),
            "m" => TimeSpan.FromMinutes(value),
            "h" => TimeSpan.FromHours(value),
            _ => throw Wrong("a span such as 45s"),
        };
    }

    /// <summary>A size such as <c>60x16</c>.</summary>
    public (int Width, int Height) Size() =>
        Argument.Split('x') is [var w, var h] && int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var height) && width is > 0 and < 1000 && height is > 0 and < 1000
            ? (width, height) : throw Wrong("a size such as 60x16");

    public ScriptException Wrong(string expected) => new($"Line {Number}: '{Verb}' wants {expected}, not '{Argument}'.");

    private static string Unquote(string text, int number)
    {
        if (text.Length == 0 || text[0] != '"')
            return text;

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetString()!;
        }
        catch (JsonException)
        {
            throw new ScriptException($"Line {number}: the text in quotes is not closed or has a wrong escape.");
        }
    }
}

/// <summary>A script cannot be understood, or what it waits for does not come.</summary>
internal sealed class ScriptException(string message) : Exception(message);
