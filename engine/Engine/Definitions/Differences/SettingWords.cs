using System.Globalization;
using System.Text.RegularExpressions;
using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Engine.Definitions.Differences;

/// <summary>Says settings as people read them.</summary>
/// <param name="choice">Says a value that is chosen from a list.</param>
internal sealed partial class SettingWords(Func<InputDescriptor, string, string> choice)
{
    private const int Longest = 90;

    /// <summary>A change of a value: <c>48 → 24</c>, <c>'a' → 'b'</c>.</summary>
    public string Change(Setting before, Setting after, InputDescriptor? input)
    {
        var (old, now) = (Say(before, input), Say(after, input));
        if (old == now)
            return $"{old}, changed in how it is worked out ({before.Kind} → {after.Kind})";

        return $"{old} → {now}";
    }

    public string Say(Setting setting, InputDescriptor? input) => setting.Kind switch
    {
        "None" => "nothing",
        "Literal" when input?.Options is not null && setting.Text.Length > 0 => choice(input, setting.Text),
        "Literal" when setting.Text is "yes" or "no" || IsNumber(setting.Text) => setting.Text,
        "Literal" => Quote(setting.Text),
        "Variable" => $"the value '{setting.Text}'",
        "Input" => $"what is given as '{setting.Text}'",
        "Output" => $"the result '{setting.Text}'",
        "Target" => $"kept in '{setting.Text}'",
        // A script that is only text with values in it reads as that text.
        "JavaScript" when setting.Text is ['`', .. var text, '`'] && !text.Contains('`') => Quote(ReadValue().Replace(text, "{$1$2}")),
        "JavaScript" => $"the formula {Short(setting.Text)}",
        "Liquid" => Quote(setting.Text),
        _ => Short(setting.Text),
    };

    /// <summary>A text in quotes, in one line and not too long.</summary>
    public static string Quote(string? text) => text is null ? "nothing" : text.Length == 0 ? "empty" : $"'{Short(text)}'";

    /// <summary>A number as it is, other text in quotes.</summary>
    public static string Plain(string? text) => text is not null && IsNumber(text) ? text : Quote(text);

    /// <summary>A field's name in words: <c>reminderHours</c> → <c>Reminder hours</c>.</summary>
    public static string Words(string field)
    {
        var words = WordStart().Replace(field, m => " " + m.Value.ToLower(CultureInfo.InvariantCulture)).Trim();
        return words.Length == 0 ? field : char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
    }

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Short(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Length <= Longest ? line : line[..Longest].TrimEnd() + "…";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"\$\{(?:getVariable|getInput)\('([^']+)'\)((?:\.\w+)?)\}")]
    private static partial Regex ReadValue();
}
