using System.Text.RegularExpressions;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Checking;

/// <summary>What a person meant who wrote a tag as people write, not as the language reads: told in plain words, with the whole tag as it has to be typed.</summary>
/// <remarks>A tag is proposed only when it can be read.</remarks>
internal static partial class CommonMistakes
{
    /// <summary>Words by which people who know other tools close a section.</summary>
    private static readonly Dictionary<string, string> Closings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["end"] = "/",
        ["endif"] = "/if",
        ["fi"] = "/if",
        ["end_if"] = "/if",
        ["endfor"] = "/for",
        ["endforeach"] = "/for",
        ["endeach"] = "/for",
        ["next"] = "/for",
        ["done"] = "/for",
        ["endrow"] = "/for",
        ["loopend"] = "/for",
    };

    private static readonly (Regex Sign, string Meant, string Words)[] Signs =
    [
        (DoubleSign(), " !== ", "“is not” is written !=="),
        (SingleEquals(), " === ", "“equals” is written ==="),
        (IsNot(), " !== ", "“is not” is written !=="),
        (Is(), " === ", "“is” is written ==="),
        (And(), " && ", "“and” is written &&"),
        (Or(), " || ", "“or” is written ||"),
        (Not(), "!", "“not” is written !"),
    ];

    /// <summary>A remedy for an expression that could not be read, or null.</summary>
    public static string? InExpression(string body, string source, FormatterTable formatters)
    {
        if (Sigil(body, source, formatters) is { } sigil)
            return sigil;
        var parts = TagExpression.Split(body);
        var expression = parts[0];
        var (repaired, words) = WithSigns(expression);
        if (words.Count > 0 && Try(repaired + Rest(parts), body, source, formatters) is { } compared)
            return $"{string.Join("; ", words)}. Write {compared}.";
        if (Unquoted(parts, body, source, formatters) is { } quoted)
            return quoted;
        if (SpacedName().IsMatch(expression) && Try(Spaces().Replace(expression.Trim(), ".") + Rest(parts), body, source, formatters) is { } joined)
            return $"A name has no spaces. Write {joined}; words that are to be printed as they are need no tag.";
        if (body.Count(c => c == '"') % 2 == 1 || body.Count(c => c == '\'') % 2 == 1)
            return "A quotation mark is missing: every text has one before it and one after it.";
        return body.EndsWith(';') && Try(body.TrimEnd(';', ' '), body, source, formatters) is { } bare ? $"No semicolon is needed. Write {bare}." : null;
    }

    /// <summary>A remedy for a loop that does not read <c>x in xs</c>, or null.</summary>
    public static string? InLoop(string word, string rest, FormatterTable formatters) =>
        Loop(rest) is { } loop && Reads(loop[(loop.IndexOf(" in ", StringComparison.Ordinal) + 4)..], formatters) ? $"A loop names its item and its list. Write {{{{#{word} {loop}}}}}." : null;

    /// <summary>The tag a section word nobody knows was meant for, with a sentence; or null.</summary>
    public static string? InWord(string word, string rest, FormatterTable formatters)
    {
        var first = word.Split(' ')[0];
        if (Closings.TryGetValue(first, out var closing))
            return $"A section is closed with a slash. Write {{{{{closing}}}}}.";
        switch (first)
        {
            case "else" or "elseif" or "elif":
                return rest.Length > 0 && first != "else" ? $"Write {{{{:else if {rest}}}}}." : "The other case begins with a colon. Write {{:else}}.";
            case "each" or "foreach" or "loop" or "repeat" or "forin" or "every" or "while":
                return InLoop("for", rest, formatters) ?? "To repeat, write {{#for item in list}} … {{/for}}.";
            case "unless" or "ifnot" when Reads(rest, formatters):
                return $"Write {{{{#if {(TagExpression.IsPath(rest) ? "!" + rest : $"!({rest})")}}}}}.";
            case "set" or "var" or "const" or "assign" when rest.Contains('=', StringComparison.Ordinal):
                return $"Write {{{{#let {rest}}}}}.";
            case "row" or "col" or "column" or "para" or "paragraph" or "sheet":
                return Reaching(first, word, rest, formatters);
            case "table":
                return "A table is only kept or dropped: {{#table if …}}. To repeat it, write {{#for item in list}} in a line of its own before it and {{/for}} in a line of its own after it.";
            case "break" or "page" or "newpage":
                return "Write {{#pagebreak}}.";
            case "import" or "insert":
                return "Write {{#include \"file.docx\"}}.";
            default:
                return rest.Length == 0 && IsMember().IsMatch(word)
                    ? $"To repeat for every item of a list, write {{{{#for item in {word}}}}} … {{{{/for}}}}; to show a part only when there is something, write {{{{#if {word}}}}} … {{{{/if}}}}."
                    : null;
        }
    }

    /// <summary>A remedy for a closing tag that closes nothing, or null.</summary>
    public static string? InClosing(string name)
    {
        var word = name.Split(' ')[0];
        if (word is "row" or "col" or "column" or "para" or "paragraph" or "sheet" or "table")
            return $"A #{word} has no closing tag: it rules the {(word is "col" ? "column" : word is "para" ? "paragraph" : word)} it stands in. Delete this tag.";
        return word is "let" or "include" or "pagebreak" or "columnbreak" ? $"#{word} has no closing tag. Delete this tag." : null;
    }

    /// <summary>A remedy for a name that looks like a word of the language, or null.</summary>
    public static string? InName(string name)
    {
        if (Closings.TryGetValue(name, out var closing))
            return $"To close a section, write {{{{{closing}}}}}.";
        return name.ToLowerInvariant() switch
        {
            "else" or "otherwise" => "For the other case of an #if, write {{:else}}.",
            "elseif" or "elif" => "For another case of an #if, write {{:else if …}}.",
            "pagebreak" => "For a page break, write {{#pagebreak}}.",
            "today" or "now" => "For the day of printing, write {{Date.now() | date}}.",
            "this" => "Inside of a #for, write the name that stands after #for.",
            "index" => "For the number of the item in a loop, write {{loop.number}}.",
            _ => null,
        };
    }

    /// <summary>The word a value tag seems to close a section by, or null.</summary>
    public static string? ClosingMeant(Tag tag) => tag.Kind == TagKind.Value && tag.Expression?.PathText is { } path && Closings.TryGetValue(path, out var closing) ? closing : null;

    /// <summary>A remedy for words after a formatter that need quotes, or null.</summary>
    public static string? InArgument(string name, TagExpression expression, string source, FormatterTable formatters)
    {
        var parts = expression.Parts;
        for (var i = 1; i < parts.Count; i++)
        {
            var colon = parts[i].IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || parts[i][(colon + 1)..].Trim() != name)
                continue;
            var quoted = parts.Select((part, n) => n == i ? $"{part[..(colon + 1)]} \"{name}\" " : part).ToList();
            var body = string.Join('|', parts);
            if (Try(string.Join('|', quoted).TrimEnd(), body, source, formatters) is { } repaired)
                return $"Words after “{TagExpression.NameOf(parts[i])}:” stand in quotes. Write {repaired}.";
        }

        return null;
    }

    /// <summary>A remedy for three braces, or null.</summary>
    public static string? InBraces(string body, string source)
    {
        var inner = body.Length > 2 ? body[1..^1].Trim() : "";
        return source.StartsWith("{{{", StringComparison.Ordinal) && source.EndsWith("}}}", StringComparison.Ordinal) && TagExpression.IsPath(inner)
            ? $"Two braces are enough. Write {{{{{inner}}}}}."
            : null;
    }

    /// <summary>What to do about <c>{{</c> without <c>}}</c>.</summary>
    public static string Unclosed(string rest, string unit)
    {
        var end = rest.IndexOf('}', StringComparison.Ordinal);
        if (end > 2 && !rest.AsSpan(end).StartsWith("}}"))
            return $"This tag ends with one brace; it needs two. Write {rest[..end]}}}}}.";
        var join = unit == "paragraph" ? "If its end stands in the next line, put the cursor before that line and press Backspace to join the two." : "A tag stands in one cell, whole.";
        return $"This tag has no closing }}}} in its {unit}. Write }}}} where it ends. {join}";
    }

    private static string? Sigil(string body, string source, FormatterTable formatters)
    {
        var inner = body.Length > 1 ? body[1..].Trim() : "";
        return body[0] switch
        {
            '^' when TagExpression.IsPath(inner) => $"Write {{{{#if !{inner}}}}} … {{{{/if}}}}.",
            '>' => $"To take in another document, write {{{{#include \"{inner}.docx\"}}}}.",
            '&' or '=' or '*' or '%' or '@' when Try(inner, body, source, formatters) is { } bare => $"Write {bare}.",
            _ => null,
        };
    }

    private static string? Reaching(string first, string word, string rest, FormatterTable formatters)
    {
        var second = word.Length > first.Length ? word[(first.Length + 1)..] : "";
        var all = $"{(second is "each" or "foreach" or "repeat" or "loop" ? "" : second)} {rest}".Trim();
        if (second == "unless" && Reads(rest, formatters))
            return $"Write {{{{#{first} if !{rest}}}}}.";
        return InLoop(first + " for", all, formatters) ?? $"Write {{{{#{first} for item in list}}}} or {{{{#{first} if …}}}}.";
    }

    /// <summary><c>item in list</c> of the ways people write a loop.</summary>
    private static string? Loop(string rest)
    {
        var match = LoopWords().Match(rest);
        if (match.Success)
            return $"{match.Groups["item"].Value} in {match.Groups["list"].Value.Trim()}";
        match = AsLoop().Match(rest);
        if (match.Success)
            return $"{match.Groups["item"].Value} in {match.Groups["list"].Value.Trim()}";
        return TagExpression.IsPath(TagExpression.Split(rest)[0].Trim()) ? "item in " + rest : null;
    }

    private static (string Text, List<string> Words) WithSigns(string expression)
    {
        var words = new List<string>();
        foreach (var (sign, meant, told) in Signs)
        {
            // Words inside of quotes stay as they are.
            var pieces = Strings().Split(expression);
            var changed = string.Concat(pieces.Select(piece => piece is ['"', ..] or ['\'', ..] ? piece : sign.Replace(piece, meant)));
            if (changed == expression)
                continue;
            expression = Spaces().Replace(changed, " ");
            if (!words.Contains(told))
                words.Add(told);
        }

        return (expression.Trim(), words);
    }

    private static string? Unquoted(List<string> parts, string body, string source, FormatterTable formatters)
    {
        for (var i = 1; i < parts.Count; i++)
        {
            var part = parts[i].Trim();
            var name = TagExpression.NameOf(part);
            var rest = part[name.Length..].TrimStart();
            if (name.Length == 0 || rest.Length == 0)
                continue;
            var isColon = rest[0] == ':';
            var argument = rest.TrimStart(':', '=').Trim();
            if (isColon && argument.Count(c => c == '"') % 2 == 0 && argument.Contains('"', StringComparison.Ordinal))
                continue;
            var quoted = $"\"{argument.Replace("\"", "", StringComparison.Ordinal)}\"";
            foreach (var candidate in IsMember().IsMatch(argument) && !argument.Contains('.', StringComparison.Ordinal) && name != "until" ? [quoted, argument] : new[] { argument, quoted })
            {
                var repaired = parts.Select((p, n) => n == i ? $" {name}: {candidate} " : p).ToList();
                if (argument.Length == 0 || Try(string.Join('|', repaired).Trim(), body, source, formatters) is not { } tag)
                    continue;
                return isColon ? $"What stands after “{name}:” needs quotes. Write {tag}." : $"A colon stands between “{name}” and what follows it. Write {tag}.";
            }
        }

        return null;
    }

    private static string Rest(List<string> parts) => parts.Count == 1 ? "" : " |" + string.Join('|', parts.Skip(1));

    /// <summary>The whole tag with another expression in the place of the one it has; null when that cannot be read either.</summary>
    private static string? Try(string repaired, string body, string source, FormatterTable formatters)
    {
        if (repaired == body || !Reads(repaired, formatters))
            return null;
        var tag = TypedText.Normalise(source);
        var at = tag.IndexOf(body, StringComparison.Ordinal);
        return at < 0 ? $"{{{{{repaired}}}}}" : string.Concat(tag.AsSpan(0, at), repaired, tag.AsSpan(at + body.Length));
    }

    private static bool Reads(string body, FormatterTable formatters)
    {
        try
        {
            return body.Trim().Length > 0 && new TagExpression(body, formatters) is not null;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    [GeneratedRegex("""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\s*<>\s*")]
    private static partial Regex DoubleSign();

    [GeneratedRegex(@"\s*(?<![=!<>])=(?![=>])\s*")]
    private static partial Regex SingleEquals();

    [GeneratedRegex(@"\s(is\s+not|isn't|ne|neq)(\s|$)", RegexOptions.IgnoreCase)]
    private static partial Regex IsNot();

    [GeneratedRegex(@"\s(is|equals|eq)(\s|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Is();

    [GeneratedRegex(@"\sand\s|\s&(?!&)\s", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"\sor\s", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(@"(?<=^|[\s(])not\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Not();

    [GeneratedRegex(@"^\s*[\p{L}_$][\p{L}\p{Nd}_$.]*(\s+[\p{L}_$][\p{L}\p{Nd}_$]*)+\s*$")]
    private static partial Regex SpacedName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?:each\s+|every\s+)?(?<item>[\p{L}_$][\p{L}\p{Nd}_$]*(?:\s*,\s*[\p{L}_$][\p{L}\p{Nd}_$]*)?)\s+(?:in|of)\s+(?<list>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex LoopWords();

    [GeneratedRegex(@"^(?<list>.+?)\s+as\s+(?<item>[\p{L}_$][\p{L}\p{Nd}_$]*)$", RegexOptions.IgnoreCase)]
    private static partial Regex AsLoop();

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{Nd}_$.]*$")]
    private static partial Regex IsMember();
}
