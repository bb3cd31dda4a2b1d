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

    /// <summary>The same, and what a sample of the data shows: unknown names (T005), values of another kind than their tags expect (T006, T009) and fields of the sample no tag uses (W005).</summary>
    /// <param name="file">Bytes of the template.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="sample">Data as the office hands it to the template.</param>
    public static IReadOnlyList<TemplateProblem> Check(ReadOnlyMemory<byte> file, string name, Value sample)
    {
        try
        {
            var template = Template.Compile(file, name);
            return [.. template.Problems, .. Unknown(template, sample, name), .. Clashes(template, sample, name), .. Unused(template, sample, name)];
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

    /// <summary>Values of the sample that are of another kind than their tags can use.</summary>
    private static IEnumerable<TemplateProblem> Clashes(Template template, Value sample, string name)
    {
        foreach (var field in template.Fields)
        {
            if (ValueOf(sample, field.Path.Split('.')) is not { IsNullish: false } value || Fits(field.Kind, value))
                continue;
            var expected = field.Kind switch
            {
                FieldKind.List => "a list",
                FieldKind.Date => "a date or time (2026-03-14, 06:30, 2026-03-14T06:30)",
                FieldKind.Picture => "a picture: a data URI or a name in the document library",
                _ => "a number",
            };
            yield return new TemplateProblem
            {
                Code = field.Kind == FieldKind.List ? "T009" : "T006",
                File = Path.GetFileName(name),
                Place = field.Places.Count > 0 ? field.Places[0] : null,
                Name = field.Path,
                Message = $"“{field.Path}” is {Describe(value)} in the sample, but the template needs {expected}.",
            };
        }
    }

    private static bool Fits(FieldKind kind, Value value) => kind switch
    {
        FieldKind.List => value.Kind is ValueKind.List,
        FieldKind.Number or FieldKind.Money => value.Kind is ValueKind.Number or ValueKind.Boolean or ValueKind.List
            || (value.Kind == ValueKind.String && double.TryParse(value.AsString(), System.Globalization.CultureInfo.InvariantCulture, out _)),
        FieldKind.Date => value.Kind is ValueKind.Date or ValueKind.Number
            || (value.Kind == ValueKind.String && (DateTimeOffset.TryParse(value.AsString(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out _) || value.AsString().Length == 0)),
        FieldKind.Picture => value.Kind is ValueKind.String or ValueKind.List or ValueKind.Object,
        _ => true,
    };

    private static string Describe(Value value) => value.Kind switch
    {
        ValueKind.String => $"the text “{(value.AsString().Length > 40 ? value.AsString()[..39] + "…" : value.AsString())}”",
        ValueKind.Number => $"the number {value}",
        ValueKind.Boolean => value.AsBoolean() ? "true" : "false",
        ValueKind.List => "a list",
        ValueKind.Object => "an object",
        _ => "a " + value.Kind.ToString().ToLowerInvariant(),
    };

    private static Value? ValueOf(Value value, ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            var isItem = step.EndsWith("[]", StringComparison.Ordinal);
            if (value.Kind != ValueKind.Object || !value.AsObject().TryGet(isItem ? step[..^2] : step, out value))
                return null;
            if (!isItem)
                continue;
            if (value.Kind != ValueKind.List || value.AsList().Count == 0)
                return null;
            value = value.AsList()[0];
        }

        return value;
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
