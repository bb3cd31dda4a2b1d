using ProductionOffice.Expressions;
using ProductionOffice.Templates.Checking;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Tags;

/// <summary>Reads what a tag says; reports T001, T006, T007 and T011 with their places.</summary>
internal sealed class TagParser(FormatterTable formatters, ProblemList problems)
{
    private static readonly string[] Words = ["#if", "#for", "#row for", "#row if", "#col for", "#col if", "#para for", "#para if", "#table if", "#sheet for", "#sheet if", "#let", "#pagebreak", "#columnbreak", "#include"];

    private readonly Dictionary<string, TagExpression> _known = [];
    private int _count;

    public FormatterTable Formatters => formatters;

    public List<Tag> Parse(string text, List<TagSpan> spans, TagPlace place)
    {
        _count += spans.Count;
        if (_count > PackageLimits.Tags)
            throw PackageLimits.TooManyTags(place.Part);
        var tags = new List<Tag>(spans.Count);
        foreach (var span in spans)
        {
            var at = place with { Column = span.Start + 1 };
            if (!span.Closed)
            {
                var rest = text[span.Start..];
                var unit = place.Sheet is null ? "paragraph" : "cell";
                problems.Add(at.Problem("T001", rest.Length > 60 ? rest[..59] + "…" : rest, CommonMistakes.Unclosed(rest, unit)));
                continue;
            }

            tags.Add(Parse(text, span, at));
        }

        return tags;
    }

    /// <summary>Reads a tag whose text is known to be <c>{{ … }}</c>.</summary>
    public Tag Parse(string text, TagSpan span, TagPlace place)
    {
        var source = text[span.Start..span.End].Replace('\n', ' ');
        var raw = text.AsSpan(span.Start + 2, span.End - span.Start - 4);
        var builder = new Parts(source, place, span.Start, span.End);
        if (raw.TrimStart().StartsWith("//"))
            return builder.Make(TagKind.Comment);
        var body = TypedText.Normalise(raw).Trim();
        if (body.StartsWith(MergeTags.Sign))
            return MergeTags.Parse(body[1..], builder);
        if (body.StartsWith("//", StringComparison.Ordinal))
            return builder.Make(TagKind.Comment);
        if (body.StartsWith('#'))
            return Section(body[1..].TrimStart(), builder);
        if (body.StartsWith(':'))
            return Branch(body[1..].Trim(), builder);
        if (body.StartsWith('/'))
            return builder.Make(TagKind.Close, name: body[1..].Trim().ToLowerInvariant());
        if (body.StartsWith('^'))
        {
            Expression(body, builder);
            return builder.Make(TagKind.Broken, name: "if");
        }

        if (CommonMistakes.InBraces(body, source) is { } braces)
        {
            problems.Add(place.Problem("T007", source, braces));
            return builder.Make(TagKind.Broken);
        }

        return Expression(body, builder) is { } expression ? builder.Make(TagKind.Value, expression) : builder.Make(TagKind.Broken);
    }

    public TagExpression? Expression(string body, Parts tag)
    {
        if (body.Length == 0)
        {
            problems.Add(tag.Place.Problem("T007", tag.Source, "This tag is empty. Write the name of a value between the braces, or delete it."));
            return null;
        }

        if (_known.TryGetValue(body, out var known))
            return known;
        foreach (var part in body.Contains('|') ? TagExpression.Split(body).Skip(1) : [])
        {
            var name = TagExpression.NameOf(part);
            if (name.Length == 0 || formatters.Contains(name))
                continue;
            var suggest = FormatterWords.Meant(name) is { } meant ? [meant] : NameSuggestions.Nearest(name, formatters.Names);
            problems.Add(tag.Place.Problem("T006", tag.Source, $"There is no formatter “{name}”." + (suggest.Count > 0 ? $" Did you mean {string.Join(" or ", suggest.Select(s => $"“{s}”"))}?" : "")) with
            {
                Name = name,
                Suggest = suggest,
            });
            return null;
        }

        try
        {
            return _known[body] = new TagExpression(body, formatters);
        }
        catch (ExpressionException exception)
        {
            problems.Add(tag.Place.Problem(exception.Kind == ErrorKind.Formatter ? "T006" : "T007", tag.Source, CommonMistakes.InExpression(body, tag.Source, formatters) ?? FormatterWords.Use(exception) ?? Evaluator.Sentence(exception.Message)) with
            {
                Suggest = exception.Suggest is { } suggest ? [suggest] : [],
            });
            return null;
        }
    }

    private Tag Section(string body, Parts tag)
    {
        var word = TagExpression.NameOf(body).ToLowerInvariant();
        var rest = body[word.Length..].Trim();
        switch (word)
        {
            case "if":
                return Conditional(TagKind.If, TagReach.Between, rest, tag);
            case "for":
                return Loop(TagReach.Between, rest, tag);
            case "row" or "col" or "column" or "para" or "paragraph" or "table" or "sheet":
                return Reaching(word, rest, tag);
            case "let":
                return Let(rest, tag);
            case "pagebreak" or "columnbreak":
                return Break(word == "pagebreak" ? TagKind.PageBreak : TagKind.ColumnBreak, rest, tag);
            case "include":
                return Include(rest, tag);
            default:
                return Unknown(word, tag, rest);
        }
    }

    private Tag Reaching(string word, string rest, Parts tag)
    {
        var reach = word switch
        {
            "row" => TagReach.Row,
            "col" or "column" => TagReach.Column,
            "para" or "paragraph" => TagReach.Paragraph,
            "table" => TagReach.Table,
            _ => TagReach.Sheet,
        };
        var second = TagExpression.NameOf(rest).ToLowerInvariant();
        if (second == "if")
            return Conditional(TagKind.If, reach, rest[2..].Trim(), tag);
        return second == "for" && reach != TagReach.Table ? Loop(reach, rest[3..].Trim(), tag) : Unknown($"{word} {second}".Trim(), tag, rest.Length > second.Length ? rest[second.Length..].Trim() : "");
    }

    private Tag Conditional(TagKind kind, TagReach reach, string rest, Parts tag) =>
        Expression(rest, tag) is { } condition ? tag.Make(kind, condition, reach) : Ghost(kind, reach, "if", tag);

    /// <summary>The tag opens a section all the same, so that its closing tag is not reported too.</summary>
    private static Tag Ghost(TagKind kind, TagReach reach, string name, Parts tag, params string[] names) =>
        tag.Make(TagKind.Broken, name: kind is TagKind.If or TagKind.For && reach == TagReach.Between ? name : null, ghosts: names);

    private Tag Loop(TagReach reach, string rest, Parts tag)
    {
        var at = InAt(rest);
        var names = at < 0 ? [] : rest[..at].Split(',', StringSplitOptions.TrimEntries);
        if (names.Length is 0 or > 2 || !names.All(name => TagExpression.IsPath(name) && !name.Contains('.')))
        {
            var word = reach == TagReach.Between ? "for" : (reach switch { TagReach.Column => "col", TagReach.Paragraph => "para", _ => reach.ToString().ToLowerInvariant() }) + " for";
            problems.Add(tag.Place.Problem("T007", tag.Source, CommonMistakes.InLoop(word, rest, formatters) ?? $"A loop reads {{{{#{word} person in people}}}}: a name for the item, the word “in”, and a list."));
            return Ghost(TagKind.For, reach, "for", tag, [.. FirstNames(rest)]);
        }

        var list = rest[(at + 4)..].Trim();
        var (drop, restart) = (false, false);
        while (true)
        {
            if (EndsWithWord(list, "drop"))
                (drop, list) = (true, list[..^4].TrimEnd());
            else if (EndsWithWord(list, "restart"))
                (restart, list) = (true, list[..^7].TrimEnd());
            else
                break;
        }

        return Expression(list, tag) is { } expression
            ? tag.Make(TagKind.For, expression, reach, names[0], names.Length > 1 ? names[1] : null, drop, restart)
            : Ghost(TagKind.For, reach, "for", tag, names);
    }

    /// <summary>Where the space before the word “in” stands; lines may be broken around it.</summary>
    private static int InAt(string text)
    {
        for (var at = text.IndexOf("in", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("in", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at > 0 && char.IsWhiteSpace(text[at - 1]) && at + 2 < text.Length && char.IsWhiteSpace(text[at + 2]))
                return at - 1;
        }

        return -1;
    }

    /// <summary>Names at the beginning of a text, parted by commas.</summary>
    private static IEnumerable<string> FirstNames(string text)
    {
        foreach (var part in text.Split(','))
        {
            var name = TagExpression.NameOf(part);
            if (name.Length > 0)
                yield return name;
            if (name.Length == 0 || part.Trim().Length > name.Length)
                yield break;
        }
    }

    private static bool EndsWithWord(string text, string word) => text.Length > word.Length + 1
        && text.EndsWith(word, StringComparison.OrdinalIgnoreCase) && char.IsWhiteSpace(text[^(word.Length + 1)]) && text.TrimEnd()[..^word.Length].TrimEnd() is [.., not ('|' or ':' or ',' or '.')];

    private Tag Let(string rest, Parts tag)
    {
        var at = rest.IndexOf('=', StringComparison.Ordinal);
        var name = at < 0 ? "" : rest[..at].Trim();
        if (!TagExpression.IsPath(name) || name.Contains('.') || (at + 1 < rest.Length && rest[at + 1] == '='))
        {
            problems.Add(tag.Place.Problem("T007", tag.Source, "A let reads {{#let total = a + b}}: a name, an equals sign, and a value."));
            return tag.Make(TagKind.Broken, ghosts: [.. FirstNames(rest)]);
        }

        return Expression(rest[(at + 1)..].Trim(), tag) is { } value ? tag.Make(TagKind.Let, value, name: name) : tag.Make(TagKind.Broken, ghosts: [name]);
    }

    private Tag Break(TagKind kind, string rest, Parts tag)
    {
        if (rest.Length == 0)
            return tag.Make(kind);
        if (!TagExpression.NameOf(rest).Equals("if", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(tag.Place.Problem("T007", tag.Source, "A break reads {{#pagebreak}} or {{#pagebreak if condition}}."));
            return tag.Make(TagKind.Broken);
        }

        return Expression(rest[2..].Trim(), tag) is { } condition ? tag.Make(kind, condition) : tag.Make(TagKind.Broken);
    }

    private Tag Include(string rest, Parts tag)
    {
        var end = rest.Length > 1 && rest[0] is '"' or '\'' ? rest.IndexOf(rest[0], 1) : -1;
        var after = end < 0 ? "" : rest[(end + 1)..].Trim();
        var isWith = TagExpression.NameOf(after).Equals("with", StringComparison.OrdinalIgnoreCase);
        if (end < 0 || (after.Length > 0 && !isWith))
        {
            problems.Add(tag.Place.Problem("T007", tag.Source, "An include reads {{#include \"riders/minor.docx\"}}, or the same followed by: with some.value"));
            return tag.Make(TagKind.Broken);
        }

        var name = rest[1..end];
        if (!isWith)
            return tag.Make(TagKind.Include, name: name);
        return Expression(after[4..].Trim(), tag) is { } with ? tag.Make(TagKind.Include, with, name: name) : tag.Make(TagKind.Broken);
    }

    private Tag Branch(string body, Parts tag)
    {
        var word = TagExpression.NameOf(body).ToLowerInvariant();
        var rest = body[word.Length..].Trim();
        if (word is "elseif" or "elif" || (word == "else" && TagExpression.NameOf(rest).Equals("if", StringComparison.OrdinalIgnoreCase)))
        {
            var condition = word == "else" ? rest[2..].Trim() : rest;
            return Expression(condition, tag) is { } expression ? tag.Make(TagKind.ElseIf, expression) : tag.Make(TagKind.Broken);
        }

        switch (word)
        {
            case "else" when rest.Length == 0:
                return tag.Make(TagKind.Else);
            case "between" when rest.Length == 0:
                return tag.Make(TagKind.Between);
            case "empty" when rest.Length == 0:
                return tag.Make(TagKind.Empty);
            default:
                problems.Add(tag.Place.Problem("T011", tag.Source, word is "otherwise" or "default" ? "For the other case of an #if, write {{:else}}." : word == "else" ? $"{{{{:else}}}} stands alone. For another case, write {{{{:else if {rest}}}}}." : $"“:{body}” is not known. There are :else, :else if, :between and :empty.") with
                {
                    Suggest = [.. NameSuggestions.Nearest(":" + word, [":else", ":else if", ":between", ":empty"])],
                });
                return tag.Make(TagKind.Broken);
        }
    }

    private Tag Unknown(string word, Parts tag, string rest)
    {
        string[] meant = word switch
        {
            "each" or "foreach" or "loop" or "repeat" or "while" or "forin" or "every" => ["#for"],
            "unless" or "when" or "ifnot" or "case" or "switch" => ["#if"],
            "set" or "var" or "const" or "assign" => ["#let"],
            "break" or "page" or "newpage" => ["#pagebreak"],
            "import" or "insert" => ["#include"],
            _ => [.. NameSuggestions.Nearest("#" + word, Words)],
        };
        var hint = meant.Length > 0 ? $" Did you mean “{string.Join("” or “", meant)}”?" : " There are #if, #for, #row, #col, #para, #table, #sheet, #let, #pagebreak, #columnbreak and #include.";
        if (CommonMistakes.InWord(word, rest, formatters) is { } remedy)
            hint = " " + remedy;
        problems.Add(tag.Place.Problem("T011", tag.Source, $"“#{word}” is not known.{hint}") with { Name = "#" + word, Suggest = meant });
        return tag.Make(TagKind.Broken, name: word.Split(' ')[0], ghosts: [.. FirstNames(rest)]);
    }

    /// <summary>What is common to all tags made of one piece of text.</summary>
    internal readonly record struct Parts(string Source, TagPlace Place, int Start, int End)
    {
        public Tag Make(TagKind kind, TagExpression? expression = null, TagReach reach = TagReach.Between, string? name = null, string? index = null, bool drop = false, bool restart = false, bool spreads = false, MergeField? merge = null, IReadOnlyList<string>? ghosts = null) => new()
        {
            Kind = kind,
            Expression = expression,
            Reach = reach,
            Name = name,
            IndexName = index,
            Drop = drop,
            Restart = restart,
            SpreadsItem = spreads,
            Merge = merge,
            Ghosts = ghosts ?? [],
            Source = Source,
            Place = Place,
            Start = Start,
            End = End,
        };
    }
}
