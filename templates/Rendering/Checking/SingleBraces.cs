using System.Text.RegularExpressions;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Word;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Checking;

/// <summary>Words in single braces that read like a tag: ordinary text to the office, a slip to most who typed them.</summary>
internal static partial class SingleBraces
{
    public static IEnumerable<TemplateProblem> Problems(OfficePackage package) => package.Kind == DocumentKind.Word ? InWord(package) : InExcel(package);

    private static IEnumerable<TemplateProblem> InWord(OfficePackage package)
    {
        List<string> parts = [package.MainPart, .. package.RelationsOf(package.MainPart).Where(relation => relation.Kind is "header" or "footer" or "footnotes" or "endnotes").Select(relation => RelationshipSet.Resolve(package.MainPart, relation.Target)).Distinct()];
        foreach (var part in parts)
        {
            if (package.Part(part) is not { } bytes || bytes.AsSpan().IndexOf((byte)'{') < 0)
                continue;
            var tree = XmlScan.Read(bytes, part);
            var plan = new WordPlan(tree, part, new TagParser(TemplateFormatters.Table, new ProblemList()), new ProblemList());
            foreach (var node in tree.Descendants(tree.Root, N.w_p).Where(node => tree.Span(node).Contains((byte)'{')))
            {
                plan.TryTextOf(node, out var text);
                foreach (var problem in In(text, plan.PlaceOf(node, text)))
                    yield return problem;
            }
        }
    }

    private static IEnumerable<TemplateProblem> InExcel(OfficePackage package)
    {
        var workbook = XmlScan.Read(package.Part(package.MainPart)!, package.MainPart);
        var relations = package.RelationsOf(package.MainPart);
        var shared = relations.FirstOrDefault(relation => relation.Kind == "sharedStrings") is { } strings && package.Part(RelationshipSet.Resolve(package.MainPart, strings.Target)) is { } list
            ? XmlScan.Read(list, "sharedStrings.xml") is var tree ? tree.Children(tree.Root).Select(tree.Text).ToList() : []
            : [];
        foreach (var sheet in workbook.Descendants(workbook.Root, N.sheet))
        {
            var name = workbook.Attribute(sheet, "name"u8) ?? "";
            if (relations.FirstOrDefault(relation => relation.Id == workbook.Attribute(sheet, "r:id"u8)) is not { Kind: "worksheet" } relation)
                continue;
            var part = RelationshipSet.Resolve(package.MainPart, relation.Target);
            if (package.Part(part) is not { } bytes)
                continue;
            var cells = XmlScan.Read(bytes, part);
            foreach (var cell in cells.Descendants(cells.Root, N.c))
            {
                var type = cells.Attribute(cell, "t"u8);
                var text = type == "inlineStr" ? cells.Text(cell) : type == "s" && int.TryParse(cells.Text(cell), out var index) && index < shared.Count ? shared[index] : "";
                var address = cells.Attribute(cell, "r"u8);
                foreach (var problem in text.Contains('{', StringComparison.Ordinal) ? In(text, new TagPlace { Part = part, Sheet = name, Cell = address, Words = $"sheet “{name}”, cell {address}", Text = text }) : [])
                    yield return problem;
            }
        }
    }

    private static IEnumerable<TemplateProblem> In(string text, TagPlace place)
    {
        // What stands inside of a tag is no text.
        var tags = TagReader.Find(text).Where(span => span.Closed).ToList();
        foreach (Match match in Single().Matches(text))
        {
            if (tags.Exists(span => match.Index >= span.Start && match.Index < span.End))
                continue;
            yield return (place with { Column = match.Index + 1 }).Problem("T001", match.Value, $"This has single braces and is printed as it stands. If it is to be a tag, write {{{{{match.Groups[1].Value.Trim()}}}}}.", ProblemSeverity.Warning);
        }
    }

    [GeneratedRegex("""(?<!\{)\{(?!\{)\s*((?:[#:/]\s*)?[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*(?:\s*\|[^{}]*|\s+[^{}]*)?)\}{1,2}""")]
    private static partial Regex Single();
}
