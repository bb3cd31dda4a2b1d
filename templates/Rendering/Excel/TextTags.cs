using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Excel;

/// <summary>Texts that are no cells (page headers, comments, text boxes, links, names) may hold values and sections that end where they begin.</summary>
internal static class TextTags
{
    public static void Check(IEnumerable<Tag> tags, ProblemList problems)
    {
        foreach (var text in tags.GroupBy(tag => (tag.Place.Words, tag.Place.Text)))
        {
            SectionPairing.Pair(text, problems);
            foreach (var tag in text)
            {
                var isOfSheetName = tag.Reach == TagReach.Sheet && tag.Place.Cell is null && tag.Place.Text == tag.Place.Sheet;
                if (!isOfSheetName && (tag.Reach != TagReach.Between || tag.Kind is TagKind.PageBreak or TagKind.ColumnBreak or TagKind.Include))
                    problems.Add(tag.Place.Problem("T011", tag.Source, $"{tag.Source} can only stand in a cell of a sheet."));
            }
        }
    }
}
