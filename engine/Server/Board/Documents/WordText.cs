using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace ProductionOffice.Server.Board.Documents;

/// <summary>Reads the words of a Word file: headings, paragraphs, tables; nothing is run, fetched or left in its place.</summary>
internal static class WordText
{
    private const long MostBytes = 8_000_000;
    private const int MostDepth = 8;
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>The content in reading order; empty when the file is no Word document.</summary>
    public static IReadOnlyList<WordBlock> Read(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            return Part(zip, "word/document.xml")?.Element(W + "body") is { } body ? Trim(Blocks(body, Headings(zip), 0)) : [];
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            return [];
        }
    }

    private static XElement? Part(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry || entry.Length > MostBytes)
            return null;

        using var stream = entry.Open();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes });
        return XElement.Load(reader);
    }

    /// <summary>Heading levels by style id, as the file's own styles say them.</summary>
    private static Dictionary<string, int> Headings(ZipArchive zip)
    {
        var levels = new Dictionary<string, int>();
        foreach (var style in Part(zip, "word/styles.xml")?.Elements(W + "style") ?? [])
        {
            var name = (string?)style.Element(W + "name")?.Attribute(W + "val") ?? "";
            var outline = (int?)style.Element(W + "pPr")?.Element(W + "outlineLvl")?.Attribute(W + "val");
            var level = name.Equals("title", StringComparison.OrdinalIgnoreCase) ? 1
                : outline is >= 0 and < 6 ? outline.Value + 1
                : name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && name is [.., >= '1' and <= '6' and var digit] ? digit - '0' : 0;
            if (level > 0 && (string?)style.Attribute(W + "styleId") is { } id)
                levels[id] = level;
        }

        return levels;
    }

    private static List<WordBlock> Blocks(XElement parent, Dictionary<string, int> headings, int depth)
    {
        var blocks = new List<WordBlock>();
        if (depth > MostDepth)
            return blocks;

        foreach (var element in parent.Elements())
        {
            if (element.Name == W + "p")
                blocks.Add(Paragraph(element, headings));
            else if (element.Name == W + "tbl")
                blocks.Add(Table(element, headings, depth));
            else if (element.Name == W + "sdt" && element.Element(W + "sdtContent") is { } content)
                blocks.AddRange(Blocks(content, headings, depth + 1));
        }

        return blocks;
    }

    private static WordParagraph Paragraph(XElement paragraph, Dictionary<string, int> headings)
    {
        var properties = paragraph.Element(W + "pPr");
        var style = (string?)properties?.Element(W + "pStyle")?.Attribute(W + "val");
        var level = style is not null && headings.TryGetValue(style, out var known) ? known : properties?.Element(W + "numPr") is not null ? -1 : 0;
        var runs = new List<WordRun>();
        foreach (var run in paragraph.Descendants(W + "r"))
        {
            // Struck-out text of tracked changes is not part of what is sent.
            if (run.Ancestors(W + "del").Any())
                continue;

            var text = string.Concat(run.Elements().Select(e =>
                e.Name == W + "t" ? e.Value : e.Name == W + "tab" ? "\t" : e.Name == W + "br" || e.Name == W + "cr" ? "\n" : e.Name == W + "noBreakHyphen" ? "-" : ""));
            if (text.Length == 0)
                continue;

            var bold = run.Element(W + "rPr")?.Element(W + "b");
            var isStrong = bold is not null && (string?)bold.Attribute(W + "val") is not ("0" or "false" or "off");
            if (runs is [.., var last] && last.IsStrong == isStrong)
                runs[^1] = last with { Text = last.Text + text };
            else
                runs.Add(new WordRun(text, isStrong));
        }

        return new WordParagraph(runs, level);
    }

    private static WordTable Table(XElement table, Dictionary<string, int> headings, int depth) => new(
        [.. table.Elements(W + "tr").Select(row => (IReadOnlyList<WordCell>)[.. row.Elements(W + "tc").Select(cell => new WordCell(
            Trim(Blocks(cell, headings, depth + 1)),
            (int?)cell.Element(W + "tcPr")?.Element(W + "gridSpan")?.Attribute(W + "val") is > 1 and <= 63 and var span ? span : 1))])]);

    private static List<WordBlock> Trim(List<WordBlock> blocks) => [.. blocks.Where(b => b is not WordParagraph { Runs.Count: 0 })];
}
