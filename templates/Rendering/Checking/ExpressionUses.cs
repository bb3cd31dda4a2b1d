using System.Text.RegularExpressions;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Checking;

/// <summary>What kind of value a tag takes each of its names for: by its formatters, by what it is compared or reckoned with, by the tag itself.</summary>
internal sealed partial class ExpressionUses(TagExpression expression, Tag tag)
{
    /// <summary>Names of the expression before the formatters.</summary>
    public IEnumerable<(string Path, FieldKind Kind, bool IsSure)> OfExpression()
    {
        var text = expression.Parts[0].Replace("?.", ".", StringComparison.Ordinal).Trim();
        foreach (var path in expression.Pipeline.Expression.FreePaths)
        {
            var (kind, isSure) = Main(text, path) ? ByFormatters() : InText(text, path);
            yield return (path, kind, isSure);
        }
    }

    /// <summary>Names in the arguments of formatters; those of list items stand for themselves.</summary>
    public IEnumerable<(string Path, bool IsItem, FieldKind Kind, bool IsSure)> OfArguments()
    {
        foreach (var part in expression.Parts.Skip(1))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            var name = TagExpression.NameOf(part).ToLowerInvariant();
            foreach (var argument in Arguments(part[(colon + 1)..]))
            {
                var literal = Quoted().Match(argument);
                if (literal.Success)
                {
                    if (name is "sum" or "avg" or "min" or "max")
                        yield return (literal.Groups[1].Value, true, FieldKind.Number, name is "sum" or "avg");
                    else if (name is "list" or "sort" or "groupby" or "unique" or "count")
                        yield return (literal.Groups[1].Value.TrimStart('-'), true, FieldKind.Text, false);
                    continue;
                }

                var arrow = Arrow().Match(argument);
                var body = arrow.Success ? arrow.Groups["body"].Value : Named().Replace(argument, "");
                foreach (var path in Free(body))
                {
                    var item = arrow.Success && (path == arrow.Groups["item"].Value || path.StartsWith(arrow.Groups["item"].Value + ".", StringComparison.Ordinal));
                    var (kind, isSure) = name == "until" ? (FieldKind.Date, true) : item && path == body.Trim() && name is "sum" or "avg" ? (FieldKind.Number, true) : InText(body, path);
                    if (!item)
                        yield return (path, false, kind, isSure);
                    else if (path.Length > arrow.Groups["item"].Length)
                        yield return (path[(arrow.Groups["item"].Length + 1)..], true, kind, isSure);
                }
            }
        }
    }

    private static bool Main(string text, string path) => text == path || Fallback().Replace(text, "") == path;

    private (FieldKind Kind, bool IsSure) ByFormatters()
    {
        if (tag.BoundKind is { } bound)
            return bound;
        foreach (var name in expression.FormatterNames)
        {
            switch (name.ToLowerInvariant())
            {
                case "or" or "dropline" or "droprow" or "json":
                    continue;
                case "money":
                    return (FieldKind.Money, true);
                case "number" or "percent" or "words" or "ordinal" or "plural" or "round":
                    return (FieldKind.Number, true);
                case "date" or "time" or "datetime" or "adddays" or "until":
                    return (FieldKind.Date, true);
                case "yesno":
                    return (FieldKind.Truth, false);
                case "checkbox":
                    return (expression.Parts.Any(part => TagExpression.NameOf(part).Equals("checkbox", StringComparison.OrdinalIgnoreCase) && part.Contains(':', StringComparison.Ordinal)) ? FieldKind.Text : FieldKind.Truth, false);
                case "image":
                    return (FieldKind.Picture, true);
                case "list" or "join" or "where" or "sort" or "groupby" or "unique" or "first" or "last" or "count" or "sum" or "avg" or "min" or "max":
                    return (FieldKind.List, true);
                default:
                    return (FieldKind.Text, false);
            }
        }

        return tag.Kind switch
        {
            TagKind.For => (FieldKind.List, true),
            TagKind.If or TagKind.ElseIf or TagKind.PageBreak or TagKind.ColumnBreak => (FieldKind.Truth, false),
            TagKind.Value when tag.IsPicture => (FieldKind.Picture, true),
            _ => (FieldKind.Text, false),
        };
    }

    /// <summary>By what stands on both sides of the name.</summary>
    private static (FieldKind Kind, bool IsSure) InText(string text, string path)
    {
        var at = path.LastIndexOf("[]", StringComparison.Ordinal);
        var tail = at >= 0 ? path[(at + 2)..].TrimStart('.') : path;
        var own = tail.Length == 0 ? path[..at].Split('.', ']')[^1] : tail;
        var best = (FieldKind.Text, false);
        foreach (Match match in Regex.Matches(text, $@"(?<![\p{{L}}\p{{Nd}}_$""'])(?:[\p{{L}}_$][\p{{L}}\p{{Nd}}_$]*\.)*{Regex.Escape(own)}(?![\p{{L}}\p{{Nd}}_$""'])"))
        {
            var found = Beside(text[..match.Index].TrimEnd(), text[(match.Index + match.Length)..].TrimStart());
            if (found.IsSure)
                return found;
            if (found.Kind != FieldKind.Text)
                best = found;
        }

        return best;
    }

    private static (FieldKind Kind, bool IsSure) Beside(string before, string after)
    {
        var method = Method().Match(after);
        if (method.Success)
        {
            return method.Groups[1].Value switch
            {
                "length" => (FieldKind.List, false),
                "map" or "filter" or "some" or "every" or "find" or "reduce" or "flatMap" or "join" or "toSorted" or "sort" => (FieldKind.List, true),
                "toFixed" or "toPrecision" => (FieldKind.Number, true),
                _ => (FieldKind.Text, false),
            };
        }

        if (after.StartsWith('[') || before.EndsWith("...", StringComparison.Ordinal))
            return (FieldKind.List, false);
        var right = Right().Match(after);
        var left = Left().Match(before);
        foreach (var (sign, other) in new[] { (right.Groups["sign"].Value, right.Groups["other"].Value), (left.Groups["sign"].Value, left.Groups["other"].Value) })
        {
            switch (sign)
            {
                case "*" or "/" or "%" or "-" or "**":
                    return (FieldKind.Number, true);
                case "<" or ">" or "<=" or ">=" or "+" or "===" or "==" or "!==" or "!=" when other is [>= '0' and <= '9', ..]:
                    return (FieldKind.Number, sign is "<" or ">" or "<=" or ">=");
                case "<" or ">" or "<=" or ">=" when Day().IsMatch(other):
                    return (FieldKind.Date, true);
                case "===" or "==" or "!==" or "!=" when other is "true" or "false":
                    return (FieldKind.Truth, false);
                default:
                    break;
            }
        }

        return before.EndsWith('!') || before.EndsWith("&&", StringComparison.Ordinal) || before.EndsWith("||", StringComparison.Ordinal)
            || after.StartsWith("&&", StringComparison.Ordinal) || after.StartsWith("||", StringComparison.Ordinal) || (after.StartsWith('?') && !after.StartsWith("??", StringComparison.Ordinal))
            ? (FieldKind.Truth, false)
            : (FieldKind.Text, false);
    }

    private static IReadOnlyList<string> Free(string body)
    {
        try
        {
            return Expression.Parse(body).FreePaths;
        }
        catch (ExpressionException)
        {
            return [];
        }
    }

    /// <summary>Arguments at commas outside of strings and brackets.</summary>
    private static IEnumerable<string> Arguments(string text)
    {
        var (depth, start, quote) = (0, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' or '`')
                quote = c;
            else if (c is '(' or '[' or '{')
                depth++;
            else if (c is ')' or ']' or '}')
                depth--;
            if (c != ',' || depth > 0 || quote != '\0')
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }

        yield return text[start..].Trim();
    }

    [GeneratedRegex("""^["']([^"']*)["']$""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\(?\s*(?<item>[\p{L}_$][\p{L}\p{Nd}_$]*)[^()]*\)?\s*=>(?<body>.*)$", RegexOptions.Singleline)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^\s*\p{L}+\s*=(?!=)")]
    private static partial Regex Named();

    [GeneratedRegex("""\s*(\?\?|\|\|)\s*("[^"]*"|'[^']*'|\d+|\[\s*\])\s*$""")]
    private static partial Regex Fallback();

    [GeneratedRegex(@"^\.([\p{L}]+)")]
    private static partial Regex Method();

    [GeneratedRegex("""^(?<sign>===|!==|==|!=|<=|>=|\*\*|[<>*/%+-])\s*(?<other>"[^"]*"|'[^']*'|[\p{L}\d.]+)?""")]
    private static partial Regex Right();

    [GeneratedRegex("""(?<other>"[^"]*"|'[^']*'|[\p{L}\d.)\]]+)?\s*(?<sign>===|!==|==|!=|<=|>=|\*\*|[<>*/%+-])$""")]
    private static partial Regex Left();

    [GeneratedRegex("""^["']\d{4}-\d{2}-\d{2}""")]
    private static partial Regex Day();
}
