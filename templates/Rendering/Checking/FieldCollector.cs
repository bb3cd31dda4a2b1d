using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Checking;

/// <summary>Finds what a template reads of its data, from the tags alone.</summary>
internal sealed class FieldCollector
{
    private readonly List<FieldUse> _uses = [];
    private readonly Func<string, IReadOnlyList<Tag>?> _includes;
    private readonly List<string> _files = [];
    private FieldScope? _scope;

    private FieldCollector(Func<string, IReadOnlyList<Tag>?> includes) => _includes = includes;

    /// <summary>The paths with what all their uses together say.</summary>
    public static IReadOnlyList<TemplateField> Collect(IReadOnlyList<Tag> tags, Func<string, IReadOnlyList<Tag>?>? includes = null) =>
        [.. Uses(tags, includes).GroupBy(use => use.Path).Select(group => new TemplateField
        {
            Path = group.Key,
            Kind = KindOf([.. group]),
            Optional = group.All(use => use.IsOptional),
            Places = [.. group.Select(use => use.Place).Distinct()],
        })];

    /// <summary>Every use in the order of the parts.</summary>
    /// <param name="tags">Tags of the template.</param>
    /// <param name="includes">Tags of an included template by its name; null when there is none.</param>
    public static IReadOnlyList<FieldUse> Uses(IReadOnlyList<Tag> tags, Func<string, IReadOnlyList<Tag>?>? includes = null)
    {
        var collector = new FieldCollector(includes ?? (_ => null));
        collector.Read(tags, null);
        return collector._uses;
    }

    private static FieldKind KindOf(List<FieldUse> uses)
    {
        // A value that is only named says nothing of its kind.
        if (uses.Exists(use => use.Tag.Kind != TagKind.Let))
            uses.RemoveAll(use => use.Tag.Kind == TagKind.Let && !use.IsSure);
        FieldKind[] strongest = [FieldKind.List, FieldKind.Money, FieldKind.Date, FieldKind.Number, FieldKind.Picture];
        foreach (var kind in strongest)
        {
            if (uses.Exists(use => use.Kind == kind && use.IsSure))
                return kind;
        }

        return strongest.FirstOrDefault(kind => uses.Exists(use => use.Kind == kind),
            uses.TrueForAll(use => use.Kind == FieldKind.Truth) ? FieldKind.Truth : FieldKind.Text);
    }

    private void Read(IReadOnlyList<Tag> tags, FieldScope? outer)
    {
        foreach (var part in tags.GroupBy(tag => tag.Place.Part))
        {
            var scope = new FieldScope(outer, [.. part.Where(tag => tag.Kind is TagKind.For or TagKind.If && tag.Reach != TagReach.Between)]);
            foreach (var tag in part.OrderBy(tag => tag.Place.Order))
                Read(tag, scope);
        }
    }

    private void Read(Tag tag, FieldScope scope)
    {
        _scope = scope;
        scope.MoveTo(tag);
        if (tag.Kind == TagKind.Close)
        {
            scope.Leave();
            return;
        }

        if (tag.Merge is { } merge)
            Merge(merge, tag, scope);
        else if (tag.Expression is { } expression)
            Read(expression, tag, scope);
        if (tag.Kind == TagKind.Include)
            Include(tag, scope);
        if (tag.OpensSection)
            scope.Enter(tag);
        else if (tag.Kind == TagKind.Let)
            scope.Name(tag.Name!, scope.ListOf(tag.Expression!) with { IsAlias = true });
    }

    private void Merge(MergeField merge, Tag tag, FieldScope scope)
    {
        if (merge.Condition is { } words)
        {
            foreach (var nested in words.SelectMany(MergeFieldNames.In))
                Add(scope.ResolveMerge(nested), nested, FieldKind.Text, false, false, tag);
            return;
        }

        var kind = tag.Kind == TagKind.For ? FieldKind.List : merge.Date is not null ? FieldKind.Date : merge.Number is not null ? FieldKind.Number : FieldKind.Text;
        Add(scope.ResolveMerge(merge.Name), merge.Name, kind, kind == FieldKind.List, false, tag);
    }

    private void Read(TagExpression expression, Tag tag, FieldScope scope)
    {
        var optional = expression.AnswersItself || tag.IsBound;
        var uses = new ExpressionUses(expression, tag);
        foreach (var (path, kind, isSure) in uses.OfExpression())
            Add(scope.Resolve(path), path, kind, isSure, optional, tag);
        var list = scope.ListOf(expression, steps: 0);
        foreach (var (path, isItem, kind, isSure) in uses.OfArguments())
        {
            if (!isItem)
                Add(scope.Resolve(path), path, kind, isSure, optional, tag);
            else if (list is { IsGroup: false, Path.Length: > 0 })
                Add($"{list.Path}[].{path}", path, kind, isSure, optional, tag);
        }

        if (expression.FormatterNames is [.., var last] && last.Equals("signature", StringComparison.OrdinalIgnoreCase) && expression.PathText is { } signed && scope.Resolve(signed) is { } root)
        {
            Add(root + ".name", signed + ".name", FieldKind.Text, false, true, tag);
            Add(root + ".date", signed + ".date", FieldKind.Date, false, true, tag);
            Add(root + ".image", signed + ".image", FieldKind.Picture, false, true, tag);
        }
    }

    private void Add(string? path, string written, FieldKind kind, bool isSure, bool optional, Tag tag)
    {
        if (!string.IsNullOrEmpty(path))
            _uses.Add(new FieldUse(path, kind, isSure, optional || _scope!.IsGuarded(path) || _scope.IsAlias(written), tag) { Written = written, File = _files.Count > 0 ? _files[^1] : null, Loops = _scope!.Loops() });
    }

    private void Include(Tag tag, FieldScope scope)
    {
        if (_files.Contains(tag.Name!, StringComparer.OrdinalIgnoreCase) || _includes(tag.Name!) is not { } tags)
            return;
        _files.Add(tag.Name!);
        Read(tags, tag.Expression is { } with ? FieldScope.Of(scope.ListOf(with)) : scope.Snapshot());
        _files.RemoveAt(_files.Count - 1);
    }
}
