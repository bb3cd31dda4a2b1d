using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Checking;

/// <summary>Holds what a template reads against what the data are: unknown names, kinds that clash, data nobody reads.</summary>
internal static class DataCheck
{
    private const int MostNames = 2000;

    public static IEnumerable<TemplateProblem> Problems(IReadOnlyList<FieldUse> uses, DataShape data)
    {
        foreach (var use in uses)
        {
            if (Of(use, data) is { } problem)
                yield return use.File is null ? problem : problem with { File = use.File };
        }

        foreach (var problem in Unused(uses, data))
            yield return problem;
    }

    private static TemplateProblem? Of(FieldUse use, DataShape data)
    {
        var at = data;
        var mayMiss = (string?)null;
        var path = "";
        foreach (var step in Steps(use.Path))
        {
            if (step == "[]")
            {
                if (at.Item is null)
                    return null;
                at = at.Item;
            }
            else if (at.Fields.TryGetValue(step, out var inner))
            {
                at = inner;
                mayMiss ??= at.MayMiss ? path + step : null;
            }
            else
            {
                return at.IsOpen || step == "length" ? null : Missing(use, data, at, path.TrimEnd('.'), step);
            }

            path += step == "[]" ? "" : step + ".";
        }

        if (mayMiss is not null && !use.IsOptional)
            return MayMiss(use, data);
        return Clash(use, at, data.Words);
    }

    private static TemplateProblem? Missing(FieldUse use, DataShape data, DataShape at, string parent, string step)
    {
        if (use.IsOptional)
            return null;
        if (at.Kinds.HasFlag(DataKinds.List) && at.Item is { } item && item.Fields.ContainsKey(step))
            return Problem(use, "T005", $"“{parent}” is a list. To print “{step}” of every item, write {{{{#for item in {parent}}}}} {{{{item.{step}}}}} {{{{/for}}}}.");
        var same = at.Fields.Keys.Where(name => name.Equals(step, StringComparison.OrdinalIgnoreCase)).ToList();
        if (same.Count == 1 && use.Tag.Expression?.PathText == use.Written)
        {
            var corrected = use.Written.Replace(step, same[0], StringComparison.Ordinal);
            return Problem(use, "W002", $"There is no “{use.Written}” in {data.Words}; “{corrected}” is used.") with { Severity = ProblemSeverity.Warning, Suggest = [corrected] };
        }

        var suggest = NameSuggestions.Nearest(use.Written, Names(use, data));
        var remedy = CommonMistakes.InName(use.Written) ?? (use.Tag.Expression is { } expression ? CommonMistakes.InArgument(use.Written, expression, use.Tag.Source, TemplateFormatters.Table) : null);
        remedy ??= suggest.Count > 0 ? $"Did you mean {string.Join(" or ", suggest.Select(name => "{{" + name + "}}"))}?" : "If it may be missing, write {{? " + use.Written + "}}.";
        return Problem(use, "T005", $"There is no “{use.Written}” in {data.Words}. {remedy}") with { Suggest = suggest };
    }

    private static TemplateProblem MayMiss(FieldUse use, DataShape data) =>
        Problem(use, "T005", data.Words == "the sample"
            ? $"Not every item in {data.Words} has “{use.Written}”. Where it may be missing, write {{{{? {use.Written}}}}} or {{{{{use.Written} | or: \"TBC\"}}}}."
            : $"“{use.Written}” may be missing by {data.Words}. Write {{{{? {use.Written}}}}} or {{{{{use.Written} | or: \"TBC\"}}}}.") with
        {
            Severity = data.Words == "the sample" ? ProblemSeverity.Error : ProblemSeverity.Warning,
        };

    private static TemplateProblem? Clash(FieldUse use, DataShape at, string words)
    {
        var kinds = at.Kinds & ~DataKinds.Null;
        if (kinds == DataKinds.None || at.Kinds == DataKinds.Any)
            return null;
        if (use.IsSure)
        {
            var (fits, expected) = use.Kind switch
            {
                FieldKind.List => (DataKinds.List, "a list"),
                FieldKind.Number or FieldKind.Money => (DataKinds.Number | DataKinds.NumericText | DataKinds.Truth | DataKinds.List, "a number"),
                FieldKind.Date => (DataKinds.Date | DataKinds.Number, "a date or time (2026-03-14, 06:30, 2026-03-14T06:30)"),
                FieldKind.Picture => (DataKinds.Text | DataKinds.List | DataKinds.Object, "a picture: a data URI or a name in the document library"),
                _ => (DataKinds.Any, ""),
            };
            if ((kinds & fits) == DataKinds.None)
                return Problem(use, use.Kind == FieldKind.List ? "T009" : "T006", $"“{use.Written}” is {at.Example ?? Describe(kinds)} in {words}, but this tag needs {expected}.");
        }

        var isPrinted = use.Tag is { Kind: Tags.TagKind.Value, IsBound: false, Expression: { HasFormatters: false } expression } && expression.PathText == use.Written;
        return isPrinted && kinds == DataKinds.Object
            ? Problem(use, "T008", $"“{use.Written}” is no single value but an object. Name one of its fields: {string.Join(", ", at.Fields.Keys.Take(12))}.")
            : null;
    }

    private static TemplateProblem Problem(FieldUse use, string code, string message) => use.Tag.Place.Problem(code, use.Tag.Source, message) with { Name = use.Path };

    private static string Describe(DataKinds kinds) => kinds.HasFlag(DataKinds.List) ? "a list" : kinds.HasFlag(DataKinds.Object) ? "an object" : kinds.HasFlag(DataKinds.Number) ? "a number" : kinds.HasFlag(DataKinds.Truth) ? "true or false" : "a text";

    /// <summary>Everything that could be typed at the place of the tag.</summary>
    private static List<string> Names(FieldUse use, DataShape data)
    {
        var names = new List<string>();
        foreach (var (name, path) in use.Loops)
        {
            var at = data;
            foreach (var step in Steps(path))
                at = step == "[]" ? at?.Item : at?.Fields.GetValueOrDefault(step);
            if (at is not null)
                Add(name, at, 1);
        }

        foreach (var (name, field) in data.Fields)
            Add(name, field, 1);
        return names;

        void Add(string path, DataShape shape, int depth)
        {
            if (names.Count >= MostNames)
                return;
            names.Add(path);
            foreach (var (name, field) in depth < 4 ? shape.Fields : new Dictionary<string, DataShape>())
                Add(path + "." + name, field, depth + 1);
        }
    }

    /// <summary>Fields no tag reads: each of the root, and those of an object that is read in part together. Items of lists often know more than a list prints.</summary>
    private static IEnumerable<TemplateProblem> Unused(IReadOnlyList<FieldUse> uses, DataShape data)
    {
        var read = new HashSet<string>();
        var whole = new HashSet<string>();
        foreach (var use in uses)
        {
            for (var end = use.Path.Length; end > 0; end = use.Path.AsSpan(0, end).LastIndexOfAny('.', '['))
                read.Add(use.Path[..end]);
            if (use.Kind == FieldKind.Text && use.Tag.Kind != Tags.TagKind.Let)
                whole.Add(use.Path);
        }

        foreach (var name in data.Fields.Keys.Where(name => !read.Contains(name)))
            yield return Warning(name, $"The data has “{name}”, which this template does not use.");
        foreach (var (path, names) in data.Fields.Where(field => read.Contains(field.Key)).SelectMany(field => Inner(field.Key, field.Value)))
            yield return Warning(string.Join(", ", names.Select(name => path + "." + name)), $"Of “{path}” this template does not use: {string.Join(", ", names)}.");

        IEnumerable<(string, List<string>)> Inner(string path, DataShape shape)
        {
            if (whole.Contains(path))
                yield break;
            var left = shape.Fields.Keys.Where(name => !read.Contains(path + "." + name)).ToList();
            if (left.Count > 0)
                yield return (path, left);
            foreach (var found in shape.Fields.Where(field => !left.Contains(field.Key)).SelectMany(field => Inner(path + "." + field.Key, field.Value)))
                yield return found;
        }

        static TemplateProblem Warning(string name, string message) => new() { Code = "W005", Severity = ProblemSeverity.Warning, Name = name, Message = message };
    }

    /// <summary>Names and <c>[]</c> of a path, one by one.</summary>
    private static IEnumerable<string> Steps(string path)
    {
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf("[]", StringComparison.Ordinal);
            yield return bracket < 0 ? part : part[..bracket];
            for (; bracket >= 0; bracket = part.IndexOf("[]", bracket + 2, StringComparison.Ordinal))
                yield return "[]";
        }
    }
}
