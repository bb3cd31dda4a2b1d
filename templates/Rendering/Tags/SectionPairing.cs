using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Templates.Tags;

/// <summary>An opening tag with its branches and its closing tag, by their places in the list of all tags of the part.</summary>
internal sealed class Section
{
    public required Tag Open { get; init; }

    public List<Tag> Branches { get; } = [];

    public Tag? Close { get; set; }
}

/// <summary>Pairs opening and closing tags of one part by nesting.</summary>
internal static class SectionPairing
{
    public const int Deepest = 64;

    /// <summary>From every tag of a section (opening, branch, closing) to the section; tags that fit nowhere are reported and left out.</summary>
    public static Dictionary<Tag, Section> Pair(IEnumerable<Tag> tags, ProblemList problems)
    {
        var sections = new Dictionary<Tag, Section>();
        var open = new Stack<Section>();
        var ghosts = new List<string>();
        var meant = new Dictionary<Section, Tag>();
        foreach (var tag in tags)
        {
            if (CommonMistakes.ClosingMeant(tag) is { } closing && open.FirstOrDefault(section => !meant.ContainsKey(section) && (closing == "/" || section.Open.Word[1..] == closing[1..])) is { } ended)
                meant[ended] = tag;
            if (tag.OpensSection)
            {
                var section = new Section { Open = tag };
                open.Push(section);
                sections[tag] = section;
                if (open.Count == Deepest + 1)
                    problems.Add(tag.Place.Problem("T012", tag.Source, $"Sections are nested more than {Deepest} deep here. Split the template."));
            }
            else if (tag.Kind == TagKind.Broken && tag.Name is { } ghost)
            {
                ghosts.Add(ghost);
            }
            else if (tag.IsBranch)
            {
                Branch(tag, open, sections, problems);
            }
            else if (tag.Kind == TagKind.Close)
            {
                Close(tag, open, ghosts, sections, problems);
            }
        }

        foreach (var section in open.Reverse())
        {
            sections.Remove(section.Open);
            foreach (var branch in section.Branches)
                sections.Remove(branch);
            var slashed = section.Open.Word.Replace('#', '/');
            problems.Add(section.Open.Place.Problem("T003", section.Open.Source, meant.TryGetValue(section, out var end)
                ? $"This {section.Open.Word} is never closed. {end.Source} ({end.Place.Words}) is read as a value; write {{{{{slashed}}}}} there instead."
                : $"This {section.Open.Word} is never closed. Write {{{{{slashed}}}}} where it ends, in the same part of the document."));
        }

        return sections;
    }

    private static void Branch(Tag tag, Stack<Section> open, Dictionary<Tag, Section> sections, ProblemList problems)
    {
        var fits = open.TryPeek(out var section) && section.Open.Kind == (tag.Kind is TagKind.Else or TagKind.ElseIf ? TagKind.If : TagKind.For);
        if (fits && section!.Open.Kind == TagKind.If && section.Branches.Any(branch => branch.Kind == TagKind.Else))
        {
            problems.Add(tag.Place.Problem("T002", tag.Source, $"There is a {{{{:else}}}} before this {tag.Word} already; it must be the last part of its #if."));
            return;
        }

        if (fits)
        {
            section!.Branches.Add(tag);
            sections[tag] = section;
            return;
        }

        var expected = tag.Kind is TagKind.Else or TagKind.ElseIf ? "#if" : "#for";
        var found = section is null ? "no section is open here" : $"the open section is {section.Open.Source}";
        problems.Add(tag.Place.Problem("T002", tag.Source, $"{tag.Word} belongs inside of {expected}, but {found}. Remove it, or move it into its {expected}."));
    }

    private static void Close(Tag tag, Stack<Section> open, List<string> ghosts, Dictionary<Tag, Section> sections, ProblemList problems)
    {
        var name = tag.Name!;
        if (open.TryPeek(out var section) && (name.Length == 0 || section.Open.Word == "#" + name))
        {
            open.Pop();
            section.Close = tag;
            sections[tag] = section;
            return;
        }

        if (ghosts.Count > 0 && (name.Length == 0 || ghosts.Contains(name)))
        {
            ghosts.RemoveAt(name.Length == 0 ? ghosts.Count - 1 : ghosts.LastIndexOf(name));
            return;
        }

        if (section is not null && name.StartsWith(section.Open.Word[1..] + " ", StringComparison.Ordinal))
        {
            problems.Add(tag.Place.Problem("T002", tag.Source, $"A closing tag holds the word alone. Write {{{{/{section.Open.Word[1..]}}}}}."));
            open.Pop();
            section.Close = tag;
            sections[tag] = section;
            return;
        }

        var message = CommonMistakes.InClosing(name) is { } remedy ? remedy
            : section is null ? "This closing tag has no opening tag before it. Remove it, or write the opening tag where the section begins."
            : $"This closes “#{name}”, but the section open here is “{section.Open.Word}” ({section.Open.Source}). Write {{{{/{section.Open.Word[1..]}}}}} to close that first, or {{{{/}}}} for whatever is open.";
        problems.Add(tag.Place.Problem("T002", tag.Source, message));
    }
}
