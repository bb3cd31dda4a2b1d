using ProductionOffice.Expressions;
using ProductionOffice.Templates.Checking;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Values;

/// <summary>Evaluates the expressions of tags during one render; answers missing names as the options say; collects errors with their places.</summary>
internal sealed class Evaluator
{
    public const int MostIterations = 200_000;

    private readonly EvaluationContext _context;
    private readonly HashSet<TagExpression> _caseWarned = [];
    private int _iterations;

    public Evaluator(Value data, RenderOptions options, ProblemList problems)
    {
        Options = options;
        Problems = problems;
        Scope = new TemplateScope(data);
        _context = new EvaluationContext
        {
            Scope = Scope,
            Now = options.Now,
            TimeZone = options.TimeZone,
            Locale = options.Locale,
            Currency = options.Currency,
            MissingIsNullish = true,
        };
    }

    public RenderOptions Options { get; }

    /// <summary>Where problems are told; an included template has a list of its own.</summary>
    public ProblemList Problems { get; set; }

    /// <summary>Names of the templates that are being included, outermost first.</summary>
    public List<string> Includes { get; init; } = [];

    public TemplateScope Scope { get; }

    /// <summary>Names that tags in error would have given.</summary>
    public IReadOnlySet<string> Ghosts { get; init; } = new HashSet<string>();

    /// <summary>The name of the last value that was missing and is to be marked in the document, or null.</summary>
    public string? Marked { get; private set; }

    /// <summary>Takes the pictures that stand among words; null: their descriptions are printed.</summary>
    public List<(MadeContent Picture, Tag Tag)>? Pictures { get; set; }

    /// <summary>Whether the iteration limit was passed; everything ends quickly then.</summary>
    public bool Stopped { get; private set; }

    public Value Evaluate(Tag tag) => tag.Merge is { } merge ? MergeFieldValue.Of(merge, tag, this) : Evaluate(tag.Expression!, tag);

    /// <summary>Evaluates formatters over a value that stands in the scope under a name.</summary>
    public Value Format(Value value, string formatter, Tag tag, FormatterTable formatters)
    {
        var depth = Scope.Depth;
        Scope.Push("value_", value);
        var formatted = Evaluate(new TagExpression("value_ | " + formatter, formatters), tag);
        Scope.Release(depth);
        return formatted;
    }

    /// <summary>A name that is not there, as the options say.</summary>
    public Value Unknown(string name, Tag tag) => Missing(name, tag);

    public Value Evaluate(TagExpression expression, Tag tag)
    {
        Marked = null;
        if (expression.Path is { } path)
        {
            var found = Walk(path, out var value, out var corrected);
            if (found == PathResult.Found && !expression.HasFormatters)
                return value;
            if (found == PathResult.Missing && !expression.AnswersItself)
            {
                if (corrected is null)
                    return Missing(expression.PathText!, tag);
                WarnOfCase(expression, corrected, tag);
                return Run(expression.Corrected(corrected), tag);
            }

            if (found == PathResult.NotPlain && !expression.AnswersItself && NoField(expression, path) is { } told)
                return Missing(expression.PathText!, tag, told);
        }
        else if (expression.Steps is { } steps && !expression.AnswersItself && ItemPath.IsMissing(steps, Scope))
        {
            return Missing(expression.Text, tag);
        }

        return Run(expression, tag);
    }

    /// <summary>The value before its last formatters.</summary>
    public Value Evaluate(TagExpression expression, Tag tag, int steps)
    {
        if (expression.Path is { } path && Walk(path, out _, out var corrected) == PathResult.Missing && !expression.AnswersItself)
            return corrected is null ? Missing(expression.PathText!, tag) : expression.Corrected(corrected).Pipeline.Evaluate(_context, steps);
        try
        {
            return expression.Pipeline.Evaluate(_context, steps);
        }
        catch (ExpressionException)
        {
            return Value.Undefined;
        }
    }

    public bool IsTrue(Tag tag) => Truth(Evaluate(tag));

    /// <summary>JavaScript truthiness; an empty list and an object without fields are false.</summary>
    public static bool Truth(Value value) => value.Kind switch
    {
        ValueKind.List => value.AsList().Count > 0,
        ValueKind.Object => value.AsObject().Count > 0,
        _ => value.IsTruthy,
    };

    /// <summary>The list of a <c>for</c>; null counts as empty, anything else is an error.</summary>
    public ListValue? List(Tag tag)
    {
        var errors = Problems.Errors.Count;
        var value = Evaluate(tag);
        if (value.Kind == ValueKind.List)
            return value.AsList();
        if (!value.IsNullish && Problems.Errors.Count == errors)
        {
            var is_ = value.Kind switch
            {
                ValueKind.String => $"the text “{Shorten(value.AsString())}”",
                ValueKind.Number => $"the number {value}",
                ValueKind.Object => "one object with the fields " + Fields(value.AsObject()),
                _ => $"a {value.Kind.ToString().ToLowerInvariant()}",
            };
            Problems.Add(tag.Place.Problem("T009", tag.Source, $"“{tag.Expression?.Text ?? tag.Merge?.Name}” is no list but {is_}. A for needs a list."));
        }

        return null;
    }

    /// <summary>Counts a turn of a loop; false when there were too many.</summary>
    public bool Turn(Tag tag)
    {
        if (++_iterations <= MostIterations)
            return true;
        if (!Stopped)
            Problems.Add(tag.Place.Problem("T012", tag.Source, $"The loops of this template would turn more than {MostIterations:N0} times. Filter the list, or split the document."));
        Stopped = true;
        return false;
    }

    /// <summary>A value as plain text; an object is an error.</summary>
    public string Text(Value value, Tag tag)
    {
        switch (value.Kind)
        {
            case ValueKind.Undefined or ValueKind.Null:
                return "";
            case ValueKind.String:
                return value.AsString();
            case ValueKind.Date:
                return DateText(value, _context.TimeZone);
            case ValueKind.Object:
                Problems.Add(tag.Place.Problem("T008", tag.Source, $"This is no single value but an object. Name one of its fields: {Fields(value.AsObject())}."));
                return "";
            case ValueKind.Function:
                Problems.Add(tag.Place.Problem("T008", tag.Source, "This is a function, not a value. Did you forget the parentheses?"));
                return "";
            case ValueKind.Host when value.AsHost() is PictureContent or CodeContent && Pictures is { } pictures:
                pictures.Add(((MadeContent)value.AsHost(), tag));
                return "";
            case ValueKind.Host:
                return value.AsHost() is MadeContent made ? made.PlainText : "";
            case ValueKind.List when value.AsList().FirstOrDefault(item => item.Kind == ValueKind.Object) is { Kind: ValueKind.Object } item:
                Problems.Add(tag.Place.Problem("T008", tag.Source, $"This is a list of objects, not text. Repeat it with #for, or name one of the fields: {Fields(item.AsObject())}."));
                return "";
            default:
                return TextOf(value, tag);
        }
    }

    private string TextOf(Value value, Tag tag)
    {
        try
        {
            return value.ToString();
        }
        catch (ExpressionException exception) when (exception.Kind == ErrorKind.Limit)
        {
            Problems.Add(tag.Place.Problem("T008", tag.Source, Sentence(exception.Message)));
            return "";
        }
    }

    private Value Run(TagExpression expression, Tag tag)
    {
        var misses = Scope.Misses;
        misses.Clear();
        try
        {
            return expression.Pipeline.Evaluate(_context);
        }
        catch (ExpressionException exception)
        {
            if (exception.Kind == ErrorKind.Reference && misses.Count > 0)
                return expression.IsOptional ? Value.Null : Missing(expression.FullPath(misses[^1]), tag);
            if (expression.IsOptional && exception.Kind == ErrorKind.Type)
                return Value.Null;
            var code = exception.Kind switch
            {
                ErrorKind.Formatter => "T006",
                ErrorKind.Forbidden => "T007",
                _ => "T008",
            };
            var told = exception.Kind == ErrorKind.Type && expression.Path is { } path ? OfBlank(path) : FormatterWords.Use(exception);
            Problems.Add(tag.Place.Problem(code, tag.Source, told ?? Sentence(exception.Message)) with
            {
                Suggest = exception.Suggest is { } suggest ? [suggest] : [],
            });
            return Value.Null;
        }
        catch (PictureException exception)
        {
            Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
            return Value.Null;
        }
    }

    /// <summary>What to tell when a path goes on where there are no fields: into a list, a text, a number, nothing; null when it is well.</summary>
    private string? NoField(TagExpression expression, string[] path)
    {
        Scope.TryGet(path[0], out var value);
        for (var i = 1; i < path.Length; i++)
        {
            if (value.Kind == ValueKind.Object)
            {
                value = value[path[i]];
                continue;
            }

            var before = string.Join('.', path[..i]);
            var item = Scope.Names.Contains("item") ? "x" : "item";
            return value.Kind switch
            {
                ValueKind.List when path[i] != "length" => $"“{before}” is a list. To print “{path[i]}” of every item, write {{{{#for {item} in {before}}}}} {{{{{item}.{string.Join('.', path[i..])}}}}} {{{{/for}}}}.",
                ValueKind.String when path[i] != "length" => $"“{before}” is the text “{Shorten(value.AsString())}” and has no field “{path[i]}”. Write {{{{{before}}}}}.",
                ValueKind.Number or ValueKind.Boolean => $"“{before}” is {value} and has no field “{path[i]}”. Write {{{{{before}}}}}.",
                _ => null,
            };
        }

        return null;
    }

    /// <summary>What to tell when a path leads through a value that is blank.</summary>
    private string? OfBlank(string[] path)
    {
        Scope.TryGet(path[0], out var value);
        for (var i = 1; i < path.Length; i++)
        {
            if (value.IsNullish)
                return $"“{string.Join('.', path[..i])}” is blank in the data, so there is no “{path[i]}” of it. To print nothing then, write {{{{? {string.Join('.', path)}}}}}.";
            value = value.Kind == ValueKind.Object ? value[path[i]] : Value.Undefined;
        }

        return null;
    }

    private Value Missing(string name, Tag tag, string? told = null)
    {
        if (Ghosts.Contains(name.Split('.', '[')[0]))
        {
            Marked = null;
            return Value.Undefined;
        }

        var isError = Options.Missing == MissingMode.Error;
        var suggest = told is null ? NameSuggestions.ForPath(name, Scope) : [];
        var message = told ?? $"There is no “{name}” in the data.";
        var remedy = told is not null ? "" : CommonMistakes.InName(name) ?? (tag.Expression is { } expression ? CommonMistakes.InArgument(name, expression, tag.Source, TemplateFormatters.Table) : null);
        if (remedy is not null)
            message += remedy.Length > 0 ? " " + remedy : "";
        else if (suggest.Count > 0)
            message += $" Did you mean {string.Join(" or ", suggest.Select(s => "{{" + s + "}}"))}?";
        Problems.Add(tag.Place.Problem("T005", tag.Source, message, isError ? ProblemSeverity.Error : ProblemSeverity.Warning) with
        {
            Name = name,
            Suggest = suggest,
        });
        Marked = Options.Missing == MissingMode.Mark ? name : null;
        return Value.Undefined;
    }

    private void WarnOfCase(TagExpression expression, string corrected, Tag tag)
    {
        if (_caseWarned.Add(expression))
        {
            Problems.Add(tag.Place.Problem("W002", tag.Source, $"There is no “{expression.PathText}” in the data; “{corrected}” was used.", ProblemSeverity.Warning) with
            {
                Name = expression.PathText,
                Suggest = [corrected],
            });
        }
    }

    private PathResult Walk(string[] path, out Value value, out string? corrected)
    {
        corrected = null;
        Scope.Misses.Clear();
        if (!Scope.TryGet(path[0], out value))
        {
            corrected = CorrectCase(path);
            return PathResult.Missing;
        }

        for (var i = 1; i < path.Length; i++)
        {
            if (value.Kind != ValueKind.Object)
                return value.Kind == ValueKind.Undefined ? PathResult.Missing : PathResult.NotPlain;
            if (!value.AsObject().TryGet(path[i], out var inner))
            {
                corrected = CorrectCase(path);
                return PathResult.Missing;
            }

            value = inner;
        }

        return PathResult.Found;
    }

    /// <summary>The path as the data writes it, when exactly one field differs only in case at each step.</summary>
    private string? CorrectCase(string[] path)
    {
        var names = new string[path.Length];
        var value = Value.Undefined;
        for (var i = 0; i < path.Length; i++)
        {
            var candidates = i == 0 ? Scope.Names : value.Kind == ValueKind.Object ? value.AsObject().Keys : [];
            var matches = candidates.Where(name => string.Equals(name, path[i], StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
            var match = matches.Contains(path[i]) ? path[i] : matches.Count == 1 ? matches[0] : null;
            if (match is null)
                return null;
            names[i] = match;
            if (i == 0)
                Scope.TryGet(match, out value);
            else
                value = value[match];
        }

        return string.Join('.', names);
    }

    public static string DateText(Value value, TimeZoneInfo zone)
    {
        if (double.IsNaN(DateNumber(value)))
            return "Invalid Date";
        var local = TimeZoneInfo.ConvertTime(value.AsDate(), zone);
        return local.TimeOfDay == TimeSpan.Zero
            ? local.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            : local.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double DateNumber(Value value)
    {
        try
        {
            return value.AsDate().ToUnixTimeMilliseconds();
        }
        catch (InvalidOperationException)
        {
            return double.NaN;
        }
    }

    private static string Fields(ObjectValue fields) => fields.Count == 0 ? "(none)" : string.Join(", ", fields.Keys.Take(12)) + (fields.Count > 12 ? ", …" : "");

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..39] + "…";

    internal static string Sentence(string text) => text.Length == 0 ? "The expression failed." : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '?' or '!' ? "" : ".");

    private enum PathResult
    {
        Found,
        Missing,
        NotPlain,
    }
}
