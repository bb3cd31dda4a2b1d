using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Word;

/// <summary>Another template of the library in the place of a tag; its pictures, charts, links, notes, styles and lists come along.</summary>
internal static class IncludeWriter
{
    private const int Deepest = 8;

    public static void Inline(WordRender to, Tag tag, TextShape shape)
    {
        if (!shape.DirectlyInParagraph)
        {
            Missing(to.Values, tag, "A document cannot be put into a link or into a control that stands within a line. Give the tag a paragraph of its own.");
            return;
        }

        to.Out.Write("</w:p>"u8);
        Block(to, tag);
        to.Out.Write(shape.NextParagraph);
    }

    public static void Block(WordRender to, Tag tag)
    {
        var name = tag.Name!;
        var values = to.Values;
        if (values.Includes.Contains(name, StringComparer.OrdinalIgnoreCase) || values.Includes.Count >= Deepest)
        {
            Missing(values, tag, $"“{name}” includes itself, or templates include one another more than {Deepest} deep ({string.Join(" → ", values.Includes.Append(name))}).");
            return;
        }

        if (values.Options.Includes?.Invoke(name) is not { } file)
        {
            Missing(values, tag, $"There is no template “{name}” in the library.");
            return;
        }

        var found = new ProblemList();
        var inner = tag.Expression is null ? values : new Evaluator(values.Evaluate(tag), values.Options, found) { Includes = values.Includes };
        var outer = values.Problems;
        inner.Includes.Add(name);
        inner.Problems = found;
        try
        {
            Insert(to, inner, OfficePackage.Open(file, name, found));
        }
        catch (TemplateException exception)
        {
            found.AddRange(exception.Errors);
        }
        finally
        {
            inner.Includes.RemoveAt(inner.Includes.Count - 1);
            values.Problems = outer;
            outer.AddRange(found.Errors.Concat(found.Warnings).Select(problem => problem with { File = problem.File ?? name }));
        }
    }

    private static void Missing(Evaluator values, Tag tag, string message) => values.Problems.Add(tag.Place.Problem("T013", tag.Source, message) with { Name = tag.Name });

    private static void Insert(WordRender to, Evaluator values, OfficePackage source)
    {
        if (source.Kind != DocumentKind.Word)
            throw new TemplateException("D007", "Only Word documents can be included in a Word document.");
        var template = WordTemplate.Compile(source, new TagParser(TemplateFormatters.Table, values.Problems), values.Problems);
        if (values.Problems.Errors.Count > 0)
            return;
        var package = new RenderedPackage(source);
        template.RenderBody(values, package);
        if (values.Problems.Errors.Count == 0)
            BodyImport.Write(to, template, package);
    }
}
