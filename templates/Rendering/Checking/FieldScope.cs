using System.Text.RegularExpressions;
using ProductionOffice.Templates.Excel;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Checking;

/// <summary>Which data the names of a tag stand for, at the place of the tag: loop variables, named values, then the data's root.</summary>
internal sealed partial class FieldScope
{
    private readonly FieldScope? _outer;
    private readonly List<Tag> _reaching;
    private readonly Stack<List<(string Name, FieldSource Source)>> _sections = new([[]]);
    private readonly Stack<List<string>> _guards = new();
    private List<Tag> _around = [];
    private List<string> _asked = [];
    private FieldSource? _root;

    public FieldScope(FieldScope? outer, List<Tag> reaching)
    {
        _outer = outer;
        _reaching = reaching;
    }

    /// <summary>A scope whose root is a value of the data: <c>include … with e</c>.</summary>
    public static FieldScope Of(FieldSource root) => new(null, []) { _root = root };

    /// <summary>The names that are seen now, for an included template.</summary>
    public FieldScope Snapshot()
    {
        var copy = new FieldScope(_outer, []) { _root = _root };
        foreach (var section in _sections.Reverse())
            copy._sections.Push([.. section]);
        copy._sections.Push([.. _around.AsEnumerable().Reverse().SelectMany(NamesOf)]);
        return copy;
    }

    /// <summary>Rows, columns, paragraphs and sheets that are ruled by a loop and hold the tag.</summary>
    public void MoveTo(Tag tag)
    {
        _asked = [];
        _around = [];
        var holding = _reaching.Where(ruling => Holds(ruling, tag)).ToList();
        _around = [.. holding.Where(ruling => ruling.Kind == TagKind.For).OrderBy(loop => Width(loop.Reach))];
        _asked = [.. holding.Where(ruling => ruling.Kind == TagKind.If && ruling != tag).SelectMany(GuardsOf)];
    }

    private static int Width(TagReach reach) => reach switch
    {
        TagReach.Paragraph => 0,
        TagReach.Column => 1,
        TagReach.Row => 2,
        _ => 3,
    };

    private List<string> GuardsOf(Tag tag) => tag.Expression is { AnswersItself: true } expression ? [.. expression.Pipeline.Expression.FreePaths.Select(Resolve).OfType<string>()] : [];

    public void Enter(Tag tag)
    {
        _guards.Push(tag.Kind == TagKind.If ? GuardsOf(tag) : []);
        _sections.Push(tag.Kind == TagKind.For ? NamesOf(tag) : []);
    }

    public void Leave()
    {
        if (_sections.Count == 1)
            return;
        _sections.Pop();
        _guards.TryPop(out _);
    }

    /// <summary>Whether a condition around the tag asks whether the path is there.</summary>
    public bool IsGuarded(string path) => _guards.SelectMany(guards => guards).Concat(_asked).Any(guard => path == guard || (path.StartsWith(guard, StringComparison.Ordinal) && path[guard.Length] is '.' or '['));

    /// <summary>Whether the name was given by <c>#let</c>: it is always there.</summary>
    public bool IsAlias(string name) => Find(name) is { IsAlias: true };

    public IReadOnlyList<(string Name, string Path)> Loops() =>
        [.. _around.SelectMany(NamesOf).Concat(_sections.SelectMany(section => section)).Where(entry => entry.Source.Path.Length > 0 && !entry.Source.IsItemOfGroup && entry.Name != FieldSource.Spread).Select(entry => (entry.Name, entry.Source.Path))];

    public void Name(string name, FieldSource source) => _sections.Peek().Add((name, source));

    /// <summary>A path from the data's root; null for names that are not of the data.</summary>
    public string? Resolve(string path)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var (name, rest) = end < 0 ? (path, "") : (path[..end], path[end..]);
        if (Find(name) is { } source)
            return source.Field(rest);
        return name == "loop" && IsInLoop ? null : Root.Field("." + path);
    }

    /// <summary>A field of a mail merge: of the innermost item when there is one.</summary>
    public string? ResolveMerge(string name)
    {
        foreach (var section in _sections)
        {
            if (section.Find(entry => entry.Name == FieldSource.Spread) is { Source: { } source })
                return source.Field("." + name);
        }

        return Resolve(name);
    }

    /// <summary>What an expression gives when it only leads to, filters or groups data.</summary>
    /// <param name="expression">The expression with its formatters.</param>
    /// <param name="steps">How many formatters count; all when null.</param>
    public FieldSource ListOf(TagExpression expression, int? steps = null)
    {
        var match = Chain().Match(expression.Parts[0].Replace("?.", ".", StringComparison.Ordinal).Trim());
        if (!match.Success || Source(match.Groups["path"].Value) is not { } source)
            return FieldSource.Unknown;
        foreach (var name in expression.FormatterNames.Take(steps ?? int.MaxValue))
        {
            source = name.ToLowerInvariant() switch
            {
                "where" or "sort" or "unique" or "or" => source,
                "groupby" => source with { IsGroup = true },
                "first" or "last" when !source.IsGroup => new FieldSource(source.Path + "[]"),
                _ => FieldSource.Unknown,
            };
        }

        return source;
    }

    private FieldSource Root => _root ?? _outer?.Root ?? FieldSource.Data;

    private bool IsInLoop => _around.Count > 0 || _sections.Any(section => section.Count > 0) || _outer is { IsInLoop: true };

    private FieldSource? Source(string path)
    {
        var end = path.IndexOf('.', StringComparison.Ordinal);
        if (Find(end < 0 ? path : path[..end]) is { } known)
            return end < 0 ? known : known.IsItemOfGroup && path[end..] == ".items" ? new FieldSource(known.Path) : known.Field(path[end..]) is { } inner ? new FieldSource(inner) : FieldSource.Unknown;
        return Root.Field("." + path) is { } own ? new FieldSource(own) : FieldSource.Unknown;
    }

    private FieldSource? Find(string name)
    {
        foreach (var section in _sections.SkipLast(1))
        {
            if (Last(section, name) is { } source)
                return source;
        }

        foreach (var loop in _around)
        {
            if (Last(NamesOf(loop), name) is { } source)
                return source;
        }

        return Last(_sections.Last(), name) ?? _outer?.Find(name);
    }

    private static FieldSource? Last(List<(string Name, FieldSource Source)> names, string name) => names.FindLastIndex(entry => entry.Name == name) is var at and >= 0 ? names[at].Source : null;

    private List<(string Name, FieldSource Source)> NamesOf(Tag loop)
    {
        // The list of a loop is not read in its own scope.
        var around = _around;
        _around = [.. around.Where(other => other != loop && Width(other.Reach) > Width(loop.Reach))];
        var list = loop.Merge is { } merge ? ResolveMerge(merge.Name) is { } path ? new FieldSource(path) : FieldSource.Unknown : ListOf(loop.Expression!);
        _around = around;
        var item = list.IsGroup ? list with { IsGroup = false, IsItemOfGroup = true } : list.Path.Length == 0 ? FieldSource.Unknown : new FieldSource(list.Path + "[]");
        var names = new List<(string, FieldSource)> { (loop.SpreadsItem ? FieldSource.Spread : loop.Name!, item) };
        if (loop.IndexName is not null)
            names.Add((loop.IndexName, FieldSource.Unknown));
        return names;
    }

    private static bool Holds(Tag loop, Tag tag)
    {
        var (a, b) = (loop.Place, tag.Place);
        if (a.Sheet != b.Sheet)
            return false;
        if (loop.Reach == TagReach.Sheet)
            return true;
        if (a.Sheet is not null)
        {
            if (a.Cell is null || b.Cell is null)
                return false;
            var ((column, row), (otherColumn, otherRow)) = (CellRef.Parse(a.Cell), CellRef.Parse(b.Cell));
            return loop.Reach == TagReach.Column ? column == otherColumn : row == otherRow;
        }

        return loop.Reach switch
        {
            TagReach.Row => a.Table is not null && a.Table == b.Table && a.Row == b.Row,
            TagReach.Column => a.Table is not null && a.Table == b.Table && a.Cell == b.Cell,
            _ => a.Order == b.Order || a.Words == b.Words,
        };
    }

    [GeneratedRegex(@"^(?<path>[\p{L}_$][\p{L}\p{Nd}_$]*(?:\.[\p{L}_$][\p{L}\p{Nd}_$]*)*?)(?:\.(?:filter|slice|sort|toSorted|reverse|toReversed)\(.*\))*\s*(?:(?:\?\?|\|\|)\s*\[\s*\])?$")]
    private static partial Regex Chain();
}

/// <summary>The data a name stands for.</summary>
/// <param name="Path">From the data's root; empty when it is not known.</param>
internal sealed record FieldSource(string Path)
{
    /// <summary>Name of the entry whose fields need no prefix.</summary>
    public const string Spread = "\uE000item";

    public static FieldSource Unknown { get; } = new("");

    public static FieldSource Data { get; } = new("") { IsData = true };

    public bool IsData { get; init; }

    /// <summary>Groups of the list's items.</summary>
    public bool IsGroup { get; init; }

    public bool IsItemOfGroup { get; init; }

    public bool IsAlias { get; init; }

    /// <summary>A field of it, from the data's root; null when it is none of the data.</summary>
    public string? Field(string rest)
    {
        if (IsData)
            return rest.TrimStart('.');
        if (Path.Length == 0)
            return null;
        if (!IsItemOfGroup)
            return Path + rest;
        return rest.StartsWith(".items[]", StringComparison.Ordinal) ? Path + rest[".items".Length..] : null;
    }
}
