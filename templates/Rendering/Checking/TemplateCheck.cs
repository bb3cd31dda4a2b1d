using ProductionOffice.Expressions;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Checking;

/// <summary>Finds what is wrong with a template before anybody needs the document.</summary>
public static class TemplateCheck
{
    /// <summary>Every error and warning of the template at once, without data.</summary>
    /// <param name="file">Bytes of the template.</param>
    /// <param name="name">Name of the file, for messages.</param>
    public static IReadOnlyList<TemplateProblem> Check(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            return Template.Compile(file, name).Problems;
        }
        catch (TemplateException exception)
        {
            return exception.Errors;
        }
    }

    /// <summary>The same, and what a sample of the data shows: unknown names (T005) and fields of the sample no tag uses (W005).</summary>
    /// <param name="file">Bytes of the template.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="sample">Data as the office hands it to the template.</param>
    public static IReadOnlyList<TemplateProblem> Check(ReadOnlyMemory<byte> file, string name, Value sample)
    {
        try
        {
            var template = Template.Compile(file, name);
            return [.. template.Problems, .. Unknown(template, sample, name), .. Unused(template, sample, name)];
        }
        catch (TemplateException exception)
        {
            return exception.Errors;
        }
    }

    private static IEnumerable<TemplateProblem> Unknown(Template template, Value sample, string name)
    {
        var scope = new TemplateScope(sample);
        foreach (var field in template.Fields.Where(field => !field.Optional))
        {
            if (Exists(sample, field.Path.Split('.')) != false)
                continue;
            var suggest = NameSuggestions.ForPath(field.Path, scope);
            yield return new TemplateProblem
            {
                Code = "T005",
                File = Path.GetFileName(name),
                Place = field.Places.Count > 0 ? field.Places[0] : null,
                Name = field.Path,
                Suggest = suggest,
                Message = $"There is no “{field.Path}” in the sample." + (suggest.Count > 0 ? $" Did you mean {string.Join(" or ", suggest.Select(s => "{{" + s + "}}"))}?" : ""),
            };
        }
    }

    /// <summary>Null when the sample cannot tell: an empty list, a member of a text or list.</summary>
    private static bool? Exists(Value value, ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            var isItem = step.EndsWith("[]", StringComparison.Ordinal);
            if (value.Kind != ValueKind.Object)
                return null;
            if (!value.AsObject().TryGet(isItem ? step[..^2] : step, out value))
                return false;
            if (!isItem)
                continue;
            if (value.Kind != ValueKind.List || value.AsList().Count == 0)
                return null;
            value = value.AsList()[0];
        }

        return true;
    }

    private static IEnumerable<TemplateProblem> Unused(Template template, Value sample, string name)
    {
        if (sample.Kind != ValueKind.Object)
            yield break;
        var used = template.Fields.Select(field => field.Path.Split('.', '[')[0]).ToHashSet();
        foreach (var key in sample.AsObject().Keys.Where(key => !used.Contains(key)))
        {
            yield return new TemplateProblem
            {
                Code = "W005",
                Severity = ProblemSeverity.Warning,
                File = Path.GetFileName(name),
                Name = key,
                Message = $"The data has “{key}”, which this template does not use.",
            };
        }
    }
}
