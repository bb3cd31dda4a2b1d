using ProductionOffice.Templates.Package;

namespace ProductionOffice.Templates.Word;

/// <summary>A chart where it stands: its titles are filled there; every further copy has a part of its own with a workbook of its own.</summary>
internal sealed class ChartReferenceNode(ChartPart chart, Relationship relation, byte[] id, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        var filled = chart.Write(to.Values, null);
        to.Charts.Add(chart.Part);
        if (to.IsFirst(slot))
        {
            if (filled is not null)
                to.Package.Set(chart.Part, filled);
            to.Out.Write(id);
            return;
        }

        var copy = PartCopy.Make(to.Package, chart.Part, to.Package, filled ?? to.Package.Template.Part(chart.Part));
        to.Out.WriteText(to.Relations.AddOf(relation.Type, RelationshipSet.Relative(to.Part, copy), isExternal: false));
    }
}
