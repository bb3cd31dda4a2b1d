using System.Collections.Concurrent;
using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Values;

/// <summary>The expression of a tag with its formatters, and what can be said of it without data.</summary>
internal sealed class TagExpression
{
    private ConcurrentDictionary<string, TagExpression>? _corrected;
    private readonly FormatterTable _formatters;
    private readonly string _source;

    public TagExpression(string source, FormatterTable formatters)
    {
        source = DropsLast(source);
        _source = source;
        _formatters = formatters;
        Pipeline = Pipeline.Parse(source, formatters);
        var body = source.AsSpan().TrimStart();
        IsOptional = body.StartsWith("?");
        var parts = Split(IsOptional ? body[1..].ToString() : source);
        Text = parts[0].Trim();
        Parts = parts;
        FormatterNames = parts.Count == 1 ? [] : [.. parts.Skip(1).Select(NameOf)];
        if (IsPath(Text))
        {
            PathText = Text;
            Path = Text.Split('.');
        }
        else if (Text.EndsWith(']') || Text.Contains("].", StringComparison.Ordinal))
        {
            Steps = ItemPath.Read(Text);
        }

        AnswersItself = IsOptional || FormatterNames.Contains("or", StringComparer.OrdinalIgnoreCase)
            || (Path is null && (Text.Contains("??", StringComparison.Ordinal) || Text.Contains("?.", StringComparison.Ordinal)));
    }

    public Pipeline Pipeline { get; }

    /// <summary>The expression and its formatters as they are written, without the <c>?</c> of an optional value.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>The expression without its formatters.</summary>
    public string Text { get; }

    /// <summary>The fields of a plain path such as <c>deal.rate</c>, or null.</summary>
    public string[]? Path { get; }

    public string? PathText { get; }

    /// <summary>The steps of a path with places of lists in it, such as <c>crew[0].name</c>, or null.</summary>
    public IReadOnlyList<object>? Steps { get; }

    public IReadOnlyList<string> FormatterNames { get; }

    public bool HasFormatters => FormatterNames.Count > 0;

    /// <summary>Begins with <c>?</c>.</summary>
    public bool IsOptional { get; }

    /// <summary>Says itself what happens when a name is missing: never warned.</summary>
    public bool AnswersItself { get; }

    /// <summary>The same with the path as the data writes it.</summary>
    public TagExpression Corrected(string path) => LazyInitializer.EnsureInitialized(ref _corrected, static () => new()).GetOrAdd(path, p =>
    {
        var at = _source.IndexOf(PathText!, StringComparison.Ordinal);
        return new TagExpression(_source[..at] + p + _source[(at + PathText!.Length)..], _formatters);
    });

    /// <summary>The longest path of the expression that begins with the name.</summary>
    public string FullPath(string root)
    {
        if (Path is not null)
            return Path[0] == root ? PathText! : root;
        var at = 0;
        while ((at = Text.IndexOf(root, at, StringComparison.Ordinal)) >= 0)
        {
            var end = at + root.Length;
            var isWord = (at == 0 || !IsNamePart(Text[at - 1]) && Text[at - 1] != '.') && (end == Text.Length || !IsNamePart(Text[end]));
            if (isWord)
            {
                while (end + 1 < Text.Length && Text[end] == '.' && IsNameStart(Text[end + 1]))
                {
                    end++;
                    while (end < Text.Length && IsNamePart(Text[end]))
                        end++;
                }

                return end < Text.Length && Text[end] == '(' && Text.LastIndexOf('.', end - 1, end - at) is var dot and > 0 ? Text[at..dot] : Text[at..end];
            }

            at = end;
        }

        return root;
    }

    /// <summary><c>dropline</c> and <c>droprow</c> look at what is printed in the end, wherever they stand.</summary>
    private static string DropsLast(string source)
    {
        if (!source.Contains("drop", StringComparison.OrdinalIgnoreCase))
            return source;
        var parts = Split(source);
        var drops = parts.Skip(1).Where(IsDrop).ToList();
        return drops.Count == 0 || IsDrop(parts[^1]) ? source : string.Join('|', parts.Take(1).Concat(parts.Skip(1).Where(part => !IsDrop(part))).Concat(drops));

        static bool IsDrop(string part) => NameOf(part).ToLowerInvariant() is "dropline" or "droprow";
    }

    /// <summary>Parts at <c>|</c> outside of strings and brackets; <c>||</c> does not part.</summary>
    public static List<string> Split(string source)
    {
        var parts = new List<string>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c is '"' or '\'' or '`')
            {
                i = EndOfString(source, i);
            }
            else if (c is '(' or '[' or '{')
            {
                depth++;
            }
            else if (c is ')' or ']' or '}')
            {
                depth--;
            }
            else if (c == '|' && i + 1 < source.Length && source[i + 1] == '|')
            {
                i++;
            }
            else if (c == '|' && depth <= 0)
            {
                parts.Add(source[start..i]);
                start = i + 1;
            }
        }

        parts.Add(source[start..]);
        return parts;
    }

    public static bool IsPath(string text)
    {
        var expectStart = true;
        foreach (var c in text)
        {
            if (expectStart ? !IsNameStart(c) : c != '.' && !IsNamePart(c))
                return false;
            expectStart = c == '.';
        }

        return !expectStart && text is not ("true" or "false" or "null" or "undefined" or "NaN" or "Infinity");
    }

    public static string NameOf(string formatter)
    {
        var text = formatter.AsSpan().Trim();
        var end = 0;
        while (end < text.Length && IsNamePart(text[end]))
            end++;
        return text[..end].ToString();
    }

    private static int EndOfString(string source, int start)
    {
        for (var i = start + 1; i < source.Length; i++)
        {
            if (source[i] == '\\')
                i++;
            else if (source[i] == source[start])
                return i;
        }

        return source.Length;
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '$';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsDigit(c);
}
