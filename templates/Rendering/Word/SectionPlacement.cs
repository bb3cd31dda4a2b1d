using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Decides whether a section takes runs, paragraphs or rows with it, and what remains of the paragraphs and rows its tags stand in.</summary>
internal sealed class SectionPlacement(XmlTree tree, Dictionary<int, ParagraphInfo> paragraphs, Dictionary<int, RowPlan> rows, ProblemList problems)
{
    private readonly Dictionary<Tag, (ParagraphInfo Home, int Order)> _homes = [];

    public void Place(Dictionary<Tag, Section> sections)
    {
        foreach (var paragraph in paragraphs.Values)
        {
            foreach (var tag in paragraph.Tags)
                _homes[tag] = (paragraph, _homes.Count);
        }

        foreach (var section in sections.Values.Distinct())
        {
            if (section.Close is not null)
                Place(section);
        }

        foreach (var row in rows)
            Settle(row.Key, row.Value);
        foreach (var paragraph in paragraphs.Values)
            Settle(paragraph);
    }

    private void Place(Section section)
    {
        List<Tag> parts = [section.Open, .. section.Branches, section.Close!];
        var homes = parts.ConvertAll(part => _homes[part].Home);
        if (homes.TrueForAll(home => home == homes[0]))
            homes[0].SplitContainers(tree, parts);
        else if (homes.TrueForAll(home => home.Container == homes[0].Container))
            PlaceBlocks(parts, homes);
        else if (homes.TrueForAll(home => home.Row != XmlTree.None && home.Table == homes[0].Table && tree.Name(home.Container) == N.w_tc && tree.Parent(home.Row) == tree.Parent(homes[0].Row)))
            PlaceRows(section, parts, homes);
        else
            problems.Add(section.Open.Place.Problem("T004", section.Open.Source, $"This {section.Open.Word} begins here but is closed in another cell or table ({homes[^1].Tags[0].Place.Words}). Open and close it in the same cell, in the same row or in rows of the same table."));
    }

    /// <summary>Sections over several paragraphs: the tags are lifted out where nothing else stands beside them.</summary>
    private static void PlaceBlocks(List<Tag> parts, List<ParagraphInfo> homes)
    {
        var clean = true;
        var bare = false;
        for (var i = 0; i < parts.Count; i++)
        {
            clean &= IsFree(homes[i], parts[i], before: true) || IsFree(homes[i], parts[i], before: false);
            bare |= homes[i].IsTagsOnly();
        }

        for (var i = 0; i < parts.Count; i++)
        {
            var (part, home) = (parts[i], homes[i]);
            var before = IsFree(home, part, before: true);
            var after = IsFree(home, part, before: false);
            if ((!clean && !bare) || (!before && !after))
                home.Cuts[part] = clean || bare;
            else if (before && !(after && home.Section != XmlTree.None && part.Kind != TagKind.Close))
                home.Before.Add(part);
            else
                home.After.Add(part);
        }
    }

    private void PlaceRows(Section section, List<Tag> parts, List<ParagraphInfo> homes)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            RowPlan.Of(rows, homes[i].Row).Marks.Add((parts[i], section, _homes[parts[i]].Order));
            homes[i].Lifted.Add(parts[i]);
        }

        var distinct = homes.Select(home => home.Row).Distinct().ToList();
        foreach (var row in distinct)
            RowPlan.Of(rows, row).Vanishes |= distinct.Count > 1 && RowIsTagsOnly(row);
    }

    /// <summary>Which section tags of a row take effect before it, and which after it.</summary>
    private void Settle(int row, RowPlan plan)
    {
        var marks = plan.Marks.OrderBy(mark => mark.Order).ToList();
        if (plan.Vanishes)
        {
            plan.Before.AddRange(marks.Select(mark => mark.Tag));
            return;
        }

        var within = marks.Select(mark => mark.Section).Where(section => _homes[section.Open].Home.Row == row && _homes[section.Close!].Home.Row == row).ToHashSet();
        var across = marks.Where(mark => !within.Contains(mark.Section)).Select(mark => mark.Tag).ToList();
        var before = across.FindLastIndex(tag => tag.Kind != TagKind.Close) + 1;
        plan.Before.AddRange(across.Take(before));
        plan.Before.AddRange(marks.Where(mark => within.Contains(mark.Section) && mark.Tag.Kind != TagKind.Close).Select(mark => mark.Tag));
        plan.After.AddRange(marks.Where(mark => within.Contains(mark.Section) && mark.Tag.Kind == TagKind.Close).Select(mark => mark.Tag));
        plan.After.AddRange(across.Skip(before));
    }

    private bool RowIsTagsOnly(int row)
    {
        foreach (var paragraph in tree.Descendants(row, N.w_p))
        {
            if (paragraphs.TryGetValue(paragraph, out var info))
            {
                if (!info.IsTagsOnly())
                    return false;
            }
            else if (tree.Text(paragraph).Length > 0 || tree.Has(paragraph, N.w_drawing) || tree.Has(paragraph, N.w_pict))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether only spaces and structural tags stand on that side of the tag.</summary>
    private static bool IsFree(ParagraphInfo home, Tag tag, bool before)
    {
        var (from, to) = before ? (0, tag.Start) : (tag.End, home.Text.Length);
        var at = from;
        foreach (var other in home.Tags)
        {
            if (other.Start < from || other.End > to)
                continue;
            if (!other.IsStructural || other.Kind is TagKind.PageBreak or TagKind.ColumnBreak || !home.Text.AsSpan(at, other.Start - at).IsWhiteSpace())
                return false;
            at = other.End;
        }

        return home.Text.AsSpan(at, to - at).IsWhiteSpace()
            && !home.Atoms.Exists(atom => atom.IsContent && (before ? atom.Start <= tag.Start : atom.Start >= tag.End));
    }

    /// <summary>Decides what remains of the paragraph itself.</summary>
    private void Settle(ParagraphInfo paragraph)
    {
        paragraph.Lifted.UnionWith(paragraph.Before);
        paragraph.Lifted.UnionWith(paragraph.After);
        var vanishes = paragraph.Section == XmlTree.None && paragraph.IsTagsOnly()
            && paragraph.Tags.TrueForAll(tag => paragraph.Lifted.Contains(tag) || tag.Kind is TagKind.Let or TagKind.Comment);
        LiftNames(paragraph, vanishes);
        paragraph.Before.Sort((a, b) => a.Start.CompareTo(b.Start));
        paragraph.After.Sort((a, b) => a.Start.CompareTo(b.Start));
        paragraph.Vanishes = vanishes;
        if (paragraph.Cuts.Count > 0)
            paragraph.SplitContainers(tree, [.. paragraph.Cuts.Keys], always: true);
        paragraph.Removable = !vanishes && paragraph.Cuts.Count == 0 && OutsideIsEmpty(paragraph);
    }

    /// <summary>A value that is named beside a section tag is named in the order they are read.</summary>
    private static void LiftNames(ParagraphInfo paragraph, bool vanishes)
    {
        if (!paragraph.Tags.Exists(tag => tag.Kind == TagKind.Let))
            return;
        var lastBefore = paragraph.Before.Select(tag => tag.Start).DefaultIfEmpty(-1).Max();
        var firstAfter = paragraph.After.Select(tag => tag.Start).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var let in paragraph.Tags.Where(tag => tag.Kind == TagKind.Let))
        {
            if (let.Start < lastBefore)
                paragraph.Before.Add(let);
            else if (vanishes || let.Start > firstAfter)
                paragraph.After.Add(let);
            else
                continue;
            paragraph.Lifted.Add(let);
        }
    }

    /// <summary>Whether outside of inline sections there are only structural tags and spaces.</summary>
    private static bool OutsideIsEmpty(ParagraphInfo paragraph)
    {
        var depth = 0;
        var at = 0;
        foreach (var tag in paragraph.Tags)
        {
            if (depth == 0 && (!paragraph.Text.AsSpan(at, tag.Start - at).IsWhiteSpace() || HasOther(at, tag.Start)))
                return false;
            if (paragraph.Lifted.Contains(tag))
            {
                at = tag.End;
                continue;
            }

            if (tag.OpensSection)
                depth++;
            else if (tag.Kind == TagKind.Close)
                depth--;
            else if (depth == 0 && !tag.IsStructural)
                return false;
            at = tag.End;
        }

        return paragraph.Text.AsSpan(at).IsWhiteSpace() && !HasOther(at, int.MaxValue);

        bool HasOther(int from, int to) => paragraph.Atoms.Exists(atom => atom.IsContent && atom.Start >= from && atom.Start <= to);
    }
}
