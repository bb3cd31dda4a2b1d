using System.Globalization;
using System.Text;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Values;

/// <summary>What a merge field of Word prints.</summary>
internal static class MergeFieldValue
{
    public static Value Of(MergeField field, Tag tag, Evaluator values)
    {
        if (field.Condition is { } condition)
            return Value.From(If(condition, tag, values));
        var value = Find(field.Name, values.Scope, out var found);
        if (!found)
            return values.Unknown(field.Name, tag);
        if (tag.Kind == TagKind.For || value.IsNullish)
            return value;
        var text = Text(field, value, tag, values);
        return Value.From(text.Length == 0 ? "" : field.Before + text + field.After);
    }

    private static string Text(MergeField field, Value value, Tag tag, Evaluator values)
    {
        if (field.Date is { } pattern && value.Kind is ValueKind.String or ValueKind.Date)
            value = values.Format(value, "date: \"" + pattern.Replace("am/pm", "a", StringComparison.OrdinalIgnoreCase).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"", tag, TemplateFormatters.Table);
        else if (field.Number is { } picture && ToNumber(value) is { } number)
            value = Value.From(NumberPicture.Format(number, picture));
        var text = values.Text(value, tag);
        return field.Case?.ToUpperInvariant() switch
        {
            "UPPER" => text.ToUpperInvariant(),
            "LOWER" => text.ToLowerInvariant(),
            "CAPS" => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant()),
            "FIRSTCAP" when text.Length > 0 => char.ToUpperInvariant(text[0]) + text[1..],
            _ => text,
        };
    }

    /// <summary>The exact name, else without regard to case with <c>_</c> for a space; dots lead into objects.</summary>
    private static Value Find(string name, TemplateScope scope, out bool found)
    {
        found = scope.TryGet(name, out var value);
        if (found)
            return value;
        var match = scope.Names.FirstOrDefault(candidate => Same(candidate, name));
        if (match is not null)
        {
            found = scope.TryGet(match, out value);
            return value;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
            return default;
        value = Find(name[..dot], scope, out found);
        foreach (var field in name[(dot + 1)..].Split('.'))
        {
            var key = found && value.Kind == ValueKind.Object ? value.AsObject().Keys.FirstOrDefault(candidate => Same(candidate, field)) : null;
            found = key is not null;
            value = key is null ? default : value[key];
        }

        return value;
    }

    private static bool Same(string a, string b) => string.Equals(a.Replace('_', ' '), b.Replace('_', ' '), StringComparison.OrdinalIgnoreCase);

    private static double? ToNumber(Value value) => value.Kind switch
    {
        ValueKind.Number => value.AsNumber(),
        ValueKind.String when double.TryParse(value.AsString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string If(IReadOnlyList<string> words, Tag tag, Evaluator values)
    {
        var filled = words.Select(word => Fill(word, tag, values)).ToList();
        if (filled.Count < 4)
            return "";
        var holds = Compare(filled[0], filled[1], filled[2]);
        return holds ? filled[3] : filled.ElementAtOrDefault(4) ?? "";
    }

    private static bool Compare(string left, string sign, string right)
    {
        int order;
        if (double.TryParse(left, NumberStyles.Any, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, NumberStyles.Any, CultureInfo.InvariantCulture, out var b))
            order = a.CompareTo(b);
        else if (sign is "=" or "<>" && right.AsSpan().ContainsAny('*', '?'))
            order = System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(right, left, ignoreCase: false) ? 0 : 1;
        else
            order = string.CompareOrdinal(left, right);
        return sign switch
        {
            "=" => order == 0,
            "<>" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => false,
        };
    }

    private static string Fill(string word, Tag tag, Evaluator values)
    {
        var filled = new StringBuilder();
        var at = 0;
        int start;
        while ((start = word.IndexOf(MergeField.NestedStart, at)) >= 0)
        {
            var end = word.IndexOf(MergeField.NestedEnd, start);
            if (end < 0)
                break;
            filled.Append(word, at, start - at);
            var nested = MergeField.Parse(MergeTags.Decode(word[(start + 1)..end]));
            filled.Append(values.Text(Of(nested, tag, values), tag));
            at = end + 1;
        }

        return filled.Append(word, at, word.Length - at).ToString();
    }
}

/// <summary>Word's numeric pictures, for example <c>$#,##0.00</c>.</summary>
internal static class NumberPicture
{
    public static string Format(double number, string picture)
    {
        // Beyond what any sum of money is: as it is.
        if (!(Math.Abs(number) < 1e28))
            return Value.From(number).ToString();
        var sections = picture.Split(';');
        if (number < 0 && sections.Length > 1)
            return Format(-number, sections[1]);
        if (number == 0 && sections.Length > 2)
            return Format(0, sections[2].Contains('0') ? sections[2] : sections[2] + "0");
        picture = sections[0];
        var first = picture.IndexOfAny(['#', '0', 'x']);
        if (first < 0)
            return picture;
        var last = picture.LastIndexOfAny(['#', '0', 'x']);
        var core = picture[first..(last + 1)];
        var dot = core.IndexOf('.', StringComparison.Ordinal);
        var decimals = dot < 0 ? 0 : Math.Min(core.Length - dot - 1, 20);
        var required = dot < 0 ? 0 : core[(dot + 1)..].Count(c => c == '0');
        var rounded = Math.Round((decimal)Math.Abs(number), decimals, MidpointRounding.AwayFromZero);
        var whole = Math.Truncate(rounded).ToString(core.Contains(',') ? "#,##0" : "0", CultureInfo.InvariantCulture);
        var least = (dot < 0 ? core : core[..dot]).Count(c => c == '0');
        if (Math.Truncate(rounded) == 0 && least == 0)
            whole = "";
        whole = whole.PadLeft(least, '0');
        var fraction = decimals == 0 ? "" : (rounded - Math.Truncate(rounded)).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)[2..];
        while (fraction.Length > required && fraction.EndsWith('0'))
            fraction = fraction[..^1];
        var sign = number < 0 ? "-" : "";
        return sign + picture[..first].Trim('\'') + whole + (fraction.Length > 0 ? "." + fraction : "") + picture[(last + 1)..].Trim('\'');
    }
}
