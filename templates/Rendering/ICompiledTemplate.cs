using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates;

/// <summary>A compiled Word or Excel template.</summary>
internal interface ICompiledTemplate
{
    /// <summary>Every tag that was read, in the order of the parts.</summary>
    IReadOnlyList<Tag> Tags { get; }

    int TrackedChanges { get; }

    void Render(Evaluator values, RenderedPackage package);
}
