using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Checking;

/// <summary>Finds what is wrong with a template before anybody needs the document.</summary>
public static class TemplateCheck
{
    /// <summary>Every error and warning of the template at once, without data.</summary>
    /// <param name="file">Bytes of the template.</param>
    /// <param name="name">Name of the file, for messages.</param>
    public static IReadOnlyList<TemplateProblem> Check(ReadOnlyMemory<byte> file, string name) => Check(file, name, null, null);

    /// <summary>The same, held against a sample of the data.</summary>
    /// <param name="file">Bytes of the template.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="sample">Data as the office hands it to the template.</param>
    public static IReadOnlyList<TemplateProblem> Check(ReadOnlyMemory<byte> file, string name, Value sample) => Check(file, name, DataShape.OfSample(sample), null);

    /// <summary>The same, held against what the data are: unknown names (T005), values of another kind than their tags need (T006, T008, T009), names that differ in case (W002) and data no tag reads (W005).</summary>
    /// <param name="file">Bytes of the template.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="data">What the data are, or null: the template alone is looked at.</param>
    /// <param name="includes">Finds an included template by name (T013 when it gives null); null: includes are not followed.</param>
    public static IReadOnlyList<TemplateProblem> Check(ReadOnlyMemory<byte> file, string name, DataShape? data, Func<string, byte[]?>? includes)
    {
        try
        {
            var template = Template.Compile(file, name);
            var problems = template.Problems.Concat(ReadAsValues(template.Compiled.Tags)).Concat(SingleBraces.Problems(template.Package));
            if (includes is not null)
                problems = problems.Concat(IncludeCheck.Problems(template.Compiled.Tags, includes));
            if (data is not null)
                problems = problems.Concat(DataCheck.Problems(template.Uses(includes), data));
            return [.. problems.Select(problem => problem with { File = problem.File ?? Path.GetFileName(name) })];
        }
        catch (TemplateException exception)
        {
            return exception.Errors;
        }
    }

    /// <summary>Words of the language without their sign, where they most likely were meant: <c>{{else}}</c> inside of a section.</summary>
    private static IEnumerable<TemplateProblem> ReadAsValues(IReadOnlyList<Tag> tags)
    {
        var depth = 0;
        foreach (var tag in tags)
        {
            if (tag.OpensSection)
                depth++;
            else if (tag.Kind == TagKind.Close)
                depth--;
            else if (depth > 0 && tag.Kind == TagKind.Value && tag.Expression?.PathText is { } path && path.ToLowerInvariant() is "else" or "elseif" or "otherwise")
                yield return tag.Place.Problem("T005", tag.Source, $"{tag.Source} is read as the value “{path}”. {CommonMistakes.InName(path)}", ProblemSeverity.Warning) with { Name = path };
        }
    }
}
