using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Excel;

/// <summary>A compiled Excel template. Immutable.</summary>
internal sealed class ExcelTemplate : ICompiledTemplate
{
    public IReadOnlyList<Tag> Tags { get; } = [];

    public int TrackedChanges => 0;

    public static ExcelTemplate Compile(OfficePackage package, TagParser parser, ProblemList problems)
    {
        _ = (package, parser, problems);
        return new ExcelTemplate();
    }

    public void Render(Evaluator values, RenderedPackage package) => _ = (values, package);
}
