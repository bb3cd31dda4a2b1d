using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Checking;

/// <summary>Lists the data paths of a template from its tags, without data.</summary>
internal static class FieldCollector
{
    public static IReadOnlyList<TemplateField> Collect(IReadOnlyList<Tag> tags)
    {
        var fields = new List<(string Path, FieldKind Kind, bool Optional, string Place)>();
        var loops = new List<(string Name, string Path, Tag? Open)>();
        foreach (var tag in tags)
        {
            if (tag.Kind == TagKind.Close)
            {
                var open = loops.FindLastIndex(loop => loop.Open is { Reach: TagReach.Between });
                if (open >= 0 && loops[open].Open!.Kind == tag.ClosesKind)
                    loops.RemoveRange(open, loops.Count - open);
                continue;
            }

            if (tag.Merge is { Condition: null } merge)
                fields.Add((merge.Name, tag.Kind == TagKind.For ? FieldKind.List : merge.Date is not null ? FieldKind.Date : merge.Number is not null ? FieldKind.Number : FieldKind.Text, false, tag.Place.Words));
            if (tag.Expression is { } expression)
                Add(tag, expression, fields, loops);
            if (tag.Kind == TagKind.For)
            {
                loops.Add((tag.Name!, tag.Expression is { PathText: { } path } ? Resolve(path, loops) + "[]" : "", tag));
                if (tag.IndexName is not null)
                    loops.Add((tag.IndexName, "", null));
            }
            else if (tag.Kind == TagKind.Let)
            {
                loops.Add((tag.Name!, tag.Expression?.PathText is { } path ? Resolve(path, loops) : "", null));
            }
            else if (tag.Kind == TagKind.If && tag.Reach == TagReach.Between)
            {
                loops.Add(("", "", tag));
            }
        }

        return [.. fields.Where(field => field.Path.Length > 0).GroupBy(field => field.Path).Select(group => new TemplateField
        {
            Path = group.Key,
            Kind = group.Select(field => field.Kind).OrderByDescending(kind => kind is FieldKind.Text ? 0 : kind is FieldKind.Truth ? 1 : 2).First(),
            Optional = group.All(field => field.Optional),
            Places = [.. group.Select(field => field.Place).Distinct()],
        })];
    }

    private static void Add(Tag tag, TagExpression expression, List<(string, FieldKind, bool, string)> fields, List<(string Name, string Path, Tag? Open)> loops)
    {
        foreach (var free in expression.Pipeline.FreePaths)
        {
            var isMain = free == expression.PathText;
            var path = Resolve(free, loops);
            if (path.Length == 0)
                continue;
            fields.Add((path, isMain ? KindOf(tag, expression) : FieldKind.Text, expression.AnswersItself, tag.Place.Sheet is null ? tag.Place.Words : $"sheet “{tag.Place.Sheet}”, cell {tag.Place.Cell}"));
        }
    }

    private static FieldKind KindOf(Tag tag, TagExpression expression)
    {
        if (tag.Kind == TagKind.For)
            return FieldKind.List;
        if (tag.Kind is TagKind.If or TagKind.ElseIf or TagKind.PageBreak or TagKind.ColumnBreak)
            return FieldKind.Truth;
        return expression.FormatterNames.Select(name => name.ToLowerInvariant()).FirstOrDefault() switch
        {
            "money" => FieldKind.Money,
            "number" or "percent" or "words" or "ordinal" or "plural" or "round" => FieldKind.Number,
            "date" or "time" or "datetime" or "adddays" or "until" => FieldKind.Date,
            "yesno" or "checkbox" => FieldKind.Truth,
            "image" => FieldKind.Picture,
            "list" or "join" or "where" or "sort" or "groupby" or "unique" or "first" or "last" or "count" or "sum" or "avg" or "min" or "max" => FieldKind.List,
            _ => FieldKind.Text,
        };
    }

    /// <summary>A path from the data's root; empty for names that are not of the data.</summary>
    private static string Resolve(string path, List<(string Name, string Path, Tag? Open)> loops)
    {
        var root = path.Split('.')[0];
        for (var i = loops.Count - 1; i >= 0; i--)
        {
            if (loops[i].Name == root)
                return loops[i].Path.Length == 0 ? "" : loops[i].Path + path[root.Length..];
        }

        return root == "loop" && loops.Count > 0 ? "" : path;
    }
}
