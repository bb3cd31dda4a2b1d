using System.Text;

namespace ProductionOffice.Templates.Tags;

/// <summary>Tags that stand for Word's merge fields: the field's instruction travels in the text of the tag.</summary>
internal static class MergeTags
{
    /// <summary>Private-use sign that begins the body of a tag made from a field.</summary>
    public const char Sign = '\uE000';

    public static string Encode(string instruction) => "{{" + Sign + Convert.ToHexString(Encoding.UTF8.GetBytes(instruction)) + "}}";

    /// <summary>What <see cref="Encode"/> hid; nothing when somebody typed the sign into a document.</summary>
    public static string Decode(string digits) => digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Encoding.UTF8.GetString(Convert.FromHexString(digits)) : "";

    public static Tag Parse(string body, TagParser.Parts tag)
    {
        var instruction = Decode(body);
        var field = MergeField.Parse(instruction);
        var named = tag with { Source = instruction.Trim() };
        if (field.Name.StartsWith("TableStart:", StringComparison.OrdinalIgnoreCase))
            return named.Make(TagKind.For, name: "\uE000item", spreads: true, merge: field with { Name = field.Name[11..] });
        return field.Name.StartsWith("TableEnd:", StringComparison.OrdinalIgnoreCase)
            ? named.Make(TagKind.Close, name: "for")
            : named.Make(TagKind.Value, merge: field);
    }
}

/// <summary>A merge field: a name and switches, or an <c>IF</c> with two texts.</summary>
internal sealed record MergeField(string Name)
{
    public const char NestedStart = '\uE001';
    public const char NestedEnd = '\uE002';

    public string? Number { get; init; }

    public string? Date { get; init; }

    public string? Case { get; init; }

    public string Before { get; init; } = "";

    public string After { get; init; } = "";

    /// <summary>The words of an <c>IF</c>: left, operator, right, yes, no. Nested fields stand in them as hexadecimal digits.</summary>
    public IReadOnlyList<string>? Condition { get; init; }

    public static MergeField Parse(string instruction)
    {
        var words = Words(instruction);
        if (words.Count > 0 && words[0].Equals("IF", StringComparison.OrdinalIgnoreCase))
            return new MergeField("IF") { Condition = [.. words.Skip(1).Take(5)] };
        var field = new MergeField(words.Count > 1 ? words[1] : "");
        for (var i = 2; i + 1 < words.Count; i++)
        {
            var argument = words[i + 1];
            if (words[i] is not ("\\#" or "\\@" or "\\*" or "\\b" or "\\f"))
                continue;
            field = words[i++] switch
            {
                "\\#" => field with { Number = argument },
                "\\@" => field with { Date = argument },
                "\\*" when !argument.Equals("MERGEFORMAT", StringComparison.OrdinalIgnoreCase) && !argument.Equals("CHARFORMAT", StringComparison.OrdinalIgnoreCase) => field with { Case = argument },
                "\\b" => field with { Before = argument },
                "\\f" => field with { After = argument },
                _ => field,
            };
        }

        return field;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (TypedText.IsDoubleQuote(text[i]))
            {
                var end = i + 1;
                while (end < text.Length && !TypedText.IsDoubleQuote(text[end]))
                    end++;
                words.Add(text[(i + 1)..end]);
                i = end + 1;
            }
            else
            {
                var end = i;
                while (end < text.Length && !char.IsWhiteSpace(text[end]) && !TypedText.IsDoubleQuote(text[end]) && !IsOperatorEdge(text, i, end))
                    end++;
                var isSwitch = text[i] == '\\' && end - i > 2;
                words.Add(text[i..(isSwitch ? i + 2 : end)]);
                if (isSwitch)
                    words.Add(text[(i + 2)..end]);
                i = end;
            }
        }

        return words;
    }

    /// <summary>Operators may stand without spaces beside their operands.</summary>
    private static bool IsOperatorEdge(string text, int start, int at) => at > start && text[start] != '\\'
        && text[at] is '=' or '<' or '>' != text[start] is '=' or '<' or '>' && (text[at] is '=' or '<' or '>' || text[start] is '=' or '<' or '>');
}
