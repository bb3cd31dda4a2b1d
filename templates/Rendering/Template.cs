using ProductionOffice.Expressions;
using ProductionOffice.Templates.Checking;
using ProductionOffice.Templates.Excel;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Word;

namespace ProductionOffice.Templates;

/// <summary>A Word or Excel template, read and checked once, filled as often as wanted.</summary>
/// <remarks>Immutable; may render on many threads at once. The tag language is described in the reference of templates.</remarks>
public sealed class Template
{
    private readonly string _name;
    private readonly OfficePackage _package;
    private readonly ICompiledTemplate _compiled;
    private readonly ProblemList _found;

    private Template(string name, OfficePackage package, ICompiledTemplate compiled, ProblemList found)
    {
        _name = name;
        _package = package;
        _compiled = compiled;
        _found = found;
    }

    /// <summary>Extension of the documents it gives, with its dot: <c>.docx</c> or <c>.xlsx</c>.</summary>
    public string Extension => _package.Kind == DocumentKind.Word ? ".docx" : ".xlsx";

    /// <summary>Every data path the template uses, in the order it is met.</summary>
    public IReadOnlyList<TemplateField> Fields => FieldCollector.Collect(_compiled.Tags);

    /// <summary>Every data path the template uses together with the templates it includes.</summary>
    /// <param name="includes">Finds an included template by name; null when there is none.</param>
    public IReadOnlyList<TemplateField> FindFields(Func<string, byte[]?> includes) => FieldCollector.Collect(_compiled.Tags, IncludeCheck.Reader(includes));

    /// <summary>The data the template needs as a JSON Schema, draft 2020-12.</summary>
    /// <param name="includes">Finds an included template by name; null: they are not looked at.</param>
    public string ToJsonSchema(Func<string, byte[]?>? includes = null) => FieldSchema.Of(_name, includes is null ? Fields : FindFields(includes));

    /// <summary>What is wrong with the template itself, all at once; errors of the language and warnings. Rendering reports them too.</summary>
    public IReadOnlyList<TemplateProblem> Problems => [.. _found.Errors.Concat(_found.Warnings).Select(WithFile)];

    internal IReadOnlyList<FieldUse> Uses(Func<string, byte[]?>? includes) => FieldCollector.Uses(_compiled.Tags, includes is null ? null : IncludeCheck.Reader(includes));

    internal OfficePackage Package => _package;

    internal ICompiledTemplate Compiled => _compiled;

    /// <summary>Reads a template.</summary>
    /// <param name="file">Bytes of a .docx, .dotx, .xlsx or .xltx file.</param>
    /// <param name="name">Name of the file, for messages; its extension must fit the content.</param>
    /// <exception cref="TemplateException">The file is damaged, unsafe or of another kind (codes D001–D010). Errors of tags are reported by <see cref="Render"/> and <see cref="Problems"/>.</exception>
    public static Template Compile(ReadOnlyMemory<byte> file, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var problems = new ProblemList();
        var shortName = Path.GetFileName(name);
        try
        {
            var package = OfficePackage.Open(file, shortName, problems);
            var parser = new TagParser(TemplateFormatters.Table, problems);
            ICompiledTemplate compiled = package.Kind == DocumentKind.Word
                ? WordTemplate.Compile(package, parser, problems)
                : ExcelTemplate.Compile(package, parser, problems);
            package.FinishReading();
            return new Template(shortName, package, compiled, problems);
        }
        catch (TemplateException exception)
        {
            throw exception.Of(shortName);
        }
    }

    /// <summary>Fills the template.</summary>
    /// <param name="data">Usually an object; names of tags are looked up in its fields.</param>
    /// <param name="options">Moment, zone, locale and what happens to missing names.</param>
    /// <param name="output">Where the document is written; untouched when there are errors.</param>
    /// <exception cref="TemplateException">Something is wrong; all errors at once, at most 100.</exception>
    public RenderReport Render(Value data, RenderOptions options, Stream output)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        var problems = new ProblemList();
        problems.AddRange(_found.Errors);
        problems.AddRange(_found.Warnings);
        if (options.TrackedChanges == TrackedChangesMode.Error && _compiled.TrackedChanges > 0)
        {
            problems.Add(new TemplateProblem
            {
                Code = "W001",
                Message = $"The template holds {_compiled.TrackedChanges} unaccepted changes. Accept or reject them in Word; this office does not fill such templates.",
            });
        }

        var package = new RenderedPackage(_package);
        if (!problems.Errors.Any(IsStructural))
            Fill(new Evaluator(data, options, problems) { Ghosts = Ghosts() }, package);
        if (problems.Errors.Count > 0)
        {
            throw new TemplateException([.. problems.Errors.Select(WithFile)])
            {
                Warnings = [.. problems.Warnings.Select(WithFile)],
            };
        }

        package.WriteTo(output);
        return new RenderReport { Warnings = [.. problems.Warnings.Select(WithFile)] };
    }

    private void Fill(Evaluator values, RenderedPackage package)
    {
        try
        {
            _compiled.Render(values, package);
        }
        catch (TemplateException exception)
        {
            throw exception.Of(_name);
        }
    }

    /// <summary>Names of loops and values whose tags are in error themselves.</summary>
    private HashSet<string> Ghosts()
    {
        var isWord = _package.Kind == DocumentKind.Word;
        var names = new HashSet<string>();
        foreach (var tag in _compiled.Tags)
        {
            var rulesNothing = isWord ? tag.Reach == TagReach.Sheet : tag.Reach is TagReach.Paragraph or TagReach.Table;
            if (tag.Kind == TagKind.Broken)
                names.UnionWith(tag.Ghosts);
            else if (tag.Kind == TagKind.For && rulesNothing)
                names.UnionWith([tag.Name!, tag.IndexName ?? ""]);
        }

        return names;
    }

    private static bool IsStructural(TemplateProblem problem) => problem.Code is "T001" or "T002" or "T003" or "T004" or "T012" or "W001";

    private TemplateProblem WithFile(TemplateProblem problem) => problem with { File = problem.File ?? _name };
}
