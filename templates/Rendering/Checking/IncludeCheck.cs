using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Checking;

/// <summary>Follows <c>#include</c> without rendering: templates that are missing, in a circle or wrong themselves.</summary>
internal static class IncludeCheck
{
    private const int Deepest = 8;

    public static IEnumerable<TemplateProblem> Problems(IReadOnlyList<Tag> tags, Func<string, byte[]?> library) => Problems(tags, library, []);

    /// <summary>Tags of the included templates, each read once.</summary>
    public static Func<string, IReadOnlyList<Tag>?> Reader(Func<string, byte[]?> library)
    {
        var known = new Dictionary<string, IReadOnlyList<Tag>?>(StringComparer.OrdinalIgnoreCase);
        return name =>
        {
            if (known.TryGetValue(name, out var tags))
                return tags;
            try
            {
                tags = library(name) is { } file ? Template.Compile(file, name).Compiled.Tags : null;
            }
            catch (TemplateException)
            {
                tags = null;
            }

            return known[name] = tags;
        };
    }

    private static IEnumerable<TemplateProblem> Problems(IReadOnlyList<Tag> tags, Func<string, byte[]?> library, List<string> open)
    {
        foreach (var tag in tags.Where(tag => tag.Kind == TagKind.Include))
        {
            var name = tag.Name!;
            var file = open.Count > 0 ? open[^1] : null;
            if (open.Contains(name, StringComparer.OrdinalIgnoreCase) || open.Count >= Deepest)
            {
                yield return At(tag, file, $"“{name}” includes itself, or templates include one another more than {Deepest} deep ({string.Join(" → ", open.Append(name))}).");
                continue;
            }

            if (library(name) is not { } bytes)
            {
                yield return At(tag, file, $"There is no template “{name}” in the library. Put the file beside this template, or correct the name.");
                continue;
            }

            var (inner, errors) = Compile(bytes, name);
            foreach (var error in errors)
                yield return error;
            if (inner is null)
                continue;
            open.Add(name);
            foreach (var problem in Problems(inner.Compiled.Tags, library, open))
                yield return problem;
            open.RemoveAt(open.Count - 1);
        }
    }

    private static (Template? Template, IReadOnlyList<TemplateProblem> Errors) Compile(byte[] bytes, string name)
    {
        try
        {
            var template = Template.Compile(bytes, name);
            return (template, template.Problems);
        }
        catch (TemplateException exception)
        {
            return (null, exception.Errors);
        }
    }

    private static TemplateProblem At(Tag tag, string? file, string message) => tag.Place.Problem("T013", tag.Source, message) with { Name = tag.Name, File = file };
}
