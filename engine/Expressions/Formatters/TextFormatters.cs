using System.Globalization;
using System.Text;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Formatters;

/// <summary><c>upper lower title sentence trim truncate mask initials phone pad lines or dropline droprow map json</c>.</summary>
internal static class TextFormatters
{
    public static Value Upper(FormatterCall call) => Value.From(TextCase.Upper(Read(call)));

    public static Value Lower(FormatterCall call) => Value.From(TextCase.Lower(Read(call)));

    public static Value Trim(FormatterCall call) => Value.From(NumberReader.Trim(Read(call)).ToString());

    /// <summary>First letter of each word large, the others small.</summary>
    public static Value Title(FormatterCall call)
    {
        var text = new StringBuilder();
        var inWord = false;
        foreach (var rune in TextCase.Lower(Read(call)).EnumerateRunes())
        {
            text.Append(inWord ? rune.ToString() : TextCase.Upper(rune.ToString()));
            inWord = Rune.IsLetterOrDigit(rune) || (inWord && rune.Value is '\'' or '’' or '.');
        }

        return Value.From(text.ToString());
    }

    /// <summary>First letter large, the others as they are.</summary>
    public static Value Sentence(FormatterCall call)
    {
        var text = Read(call);
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            if (char.IsLetterOrDigit(text, i))
                return Value.From(text[..i] + TextCase.Upper(text.Substring(i, length)) + text[(i + length)..]);
            i += length - 1;
            if (i + 1 >= text.Length)
                break;
        }

        return Value.From(text);
    }

    public static Value Truncate(FormatterCall call)
    {
        var length = call.Whole(0, 0, 1, 1_000_000);
        var elements = StringInfo.ParseCombiningCharacters(Read(call));
        var text = Read(call);
        return Value.From(elements.Length <= length ? text : text[..elements[length - 1]] + "…");
    }

    /// <summary>All but the last characters as dots.</summary>
    public static Value Mask(FormatterCall call)
    {
        var text = Read(call);
        var shown = Math.Min(call.Whole(0, 4, 0, 1000), text.Length);
        return Value.From(new string('•', text.Length - shown) + text[^shown..]);
    }

    public static Value Initials(FormatterCall call)
    {
        var text = new StringBuilder();
        foreach (var word in Read(call).Split((char[])[' ', '-', '\t', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var rune in word.EnumerateRunes())
            {
                if (!Rune.IsLetterOrDigit(rune))
                    continue;
                text.Append(TextCase.Upper(rune.ToString()));
                break;
            }
        }

        return Value.From(text.ToString());
    }

    /// <summary>Ten digits, or eleven with 1 in front, as in North America; in France pairs; anything else stays.</summary>
    public static Value Phone(FormatterCall call)
    {
        var text = Read(call).Trim();
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isPlain = text.All(c => char.IsAsciiDigit(c) || c is ' ' or '(' or ')' or '-' or '.' or '/' or '+' or '\u00A0');
        if (!isPlain)
            return Value.From(text);
        var name = Locale.Of(call.Context.Locale).Name;
        if (name == "fr-FR" && digits.Length == 10 && digits[0] == '0')
            return Value.From(string.Join(' ', digits.Chunk(2).Select(pair => new string(pair))));
        if (digits.Length == 11 && digits[0] == '1' && name is "en-US" or "en-CA" or "fr-CA")
            return Value.From($"+1 ({digits[1..4]}) {digits[4..7]}-{digits[7..]}");
        return Value.From(digits.Length == 10 && !text.StartsWith('+') && name is "en-US" or "en-CA" or "fr-CA"
            ? $"({digits[..3]}) {digits[3..6]}-{digits[6..]}"
            : text);
    }

    public static Value Pad(FormatterCall call)
    {
        var text = Read(call);
        var length = call.Whole(0, 0, 0, 10_000);
        var filler = call.Text(1, " ");
        if (filler.Length == 0 || text.Length >= length)
            return Value.From(text);
        var missing = length - text.Length;
        var repeated = new StringBuilder(missing + filler.Length);
        while (repeated.Length < missing)
            repeated.Append(filler);
        return Value.From(repeated.ToString(0, missing) + text);
    }

    /// <summary>One paragraph for each line of a text or item of a list.</summary>
    public static Value Lines(FormatterCall call)
    {
        var texts = call.Input.Kind == ValueKind.List
            ? call.Input.AsList().Select(item => ValueText.Print(item, call.Context))
            : Read(call).ReplaceLineEndings("\n").Split('\n');
        return Value.FromHost(new Lines([.. texts]));
    }

    public static Value Or(FormatterCall call) => IsBlank(call.Input) ? call.Argument(0) : call.Input;

    public static Value DropLine(FormatterCall call) => IsBlank(call.Input) ? Value.FromHost(Drop.Line) : call.Input;

    public static Value DropRow(FormatterCall call) => IsBlank(call.Input) ? Value.FromHost(Drop.Row) : call.Input;

    /// <summary>Looks the value up in an object; what is not there stays, unless there is an <c>else</c>.</summary>
    public static Value Map(FormatterCall call)
    {
        if (call.Argument(0).Kind != ValueKind.Object)
            throw call.Wrong("an object is expected, such as { a: \"Approved\" }");
        var table = call.Argument(0).AsObject();
        if (table.TryGet(call.Input.ToString(), out var found))
            return found;
        return table.TryGet("else", out var otherwise) ? otherwise : call.Input;
    }

    public static Value Json(FormatterCall call)
    {
        var text = call.Input.ToJson();
        call.Context.Budget.Text(text.Length);
        return Value.From(text);
    }

    public static bool IsBlank(Value value) => value.IsNullish
        || (value.Kind == ValueKind.String && value.AsString().Length == 0)
        || (value.Kind == ValueKind.List && value.AsList().Count == 0);

    private static string Read(FormatterCall call) => ValueText.Print(call.Input, call.Context);
}
