using System.Globalization;
using ProductionOffice.Templates.Excel;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Word;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Checking;

/// <summary>A copy of a template with a note at every error: comments in Word, notes of cells in Excel.</summary>
public static class TemplateAnnotation
{
    private const string Author = "ProductionOffice";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Writes the copy.</summary>
    /// <param name="file">Bytes of the template.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="problems">What was found.</param>
    /// <param name="output">Where the copy is written.</param>
    /// <exception cref="TemplateException">The file itself cannot be read.</exception>
    public static void Annotate(ReadOnlyMemory<byte> file, string name, IReadOnlyList<TemplateProblem> problems, Stream output)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(output);
        var source = OfficePackage.Open(file, Path.GetFileName(name), new ProblemList());
        var package = new RenderedPackage(source);
        if (source.Kind == DocumentKind.Word)
            Word(source, package, problems);
        else
            Excel(source, package, problems);
        package.WriteTo(output);
    }

    private static string Words(TemplateProblem problem, bool withPlace) =>
        (withPlace && problem.Place is not null ? problem.Place + ": " : "") + (problem.Tag is null ? "" : problem.Tag + "\n") + problem.Message + $"   [{problem.Code}]";

    private static void Word(OfficePackage source, RenderedPackage package, IReadOnlyList<TemplateProblem> problems)
    {
        var tree = XmlScan.Read(source.Part(source.MainPart)!, source.MainPart);
        var plan = new WordPlan(tree, source.MainPart, new TagParser(TemplateFormatters.Table, new ProblemList()), new ProblemList());
        var body = tree.Child(tree.Root, N.w_body);
        var first = tree.Descendant(body, N.w_p);
        if (first == XmlTree.None || problems.Count == 0)
            return;
        var relation = source.RelationsOf(source.MainPart).FirstOrDefault(relation => relation.Kind == "comments");
        var part = relation is null ? source.MainPart[..(source.MainPart.LastIndexOf('/') + 1)] + "comments.xml" : RelationshipSet.Resolve(source.MainPart, relation.Target);
        var comments = source.Part(part) is { } known ? XmlScan.Read(known, part) : null;
        var id = comments is null ? 0 : comments.Children(comments.Root).Select(comment => comments.IntAttribute(comment, "w:id"u8) ?? 0).DefaultIfEmpty(-1).Max() + 1;
        var added = new Utf8Buffer();
        var at = new SortedDictionary<int, List<int>>();
        foreach (var problem in problems)
        {
            var home = problem.Part == source.MainPart ? Paragraph(tree, plan, problem) : XmlTree.None;
            var node = home == XmlTree.None ? first : home;
            (at.TryGetValue(node, out var list) ? list : at[node] = []).Add(id);
            added.WriteMarkup(string.Create(CultureInfo.InvariantCulture, $"<w:comment w:id=\"{id++}\" w:author=\"{Author}\" w:initials=\"PO\">"));
            foreach (var line in Words(problem, home == XmlTree.None).Split('\n'))
            {
                added.Write("<w:p><w:r><w:t xml:space=\"preserve\">"u8);
                added.WriteText(line);
                added.Write("</w:t></w:r></w:p>"u8);
            }

            added.Write("</w:comment>"u8);
        }

        package.Set(source.MainPart, Marked(tree, at));
        if (comments is not null)
        {
            var root = comments[comments.Root];
            package.Set(part, comments.IsEmpty(comments.Root)
                ? Comments(added.Written)
                : [.. comments.Bytes.AsSpan(0, root.ContentEnd), .. added.Written, .. comments.Bytes.AsSpan(root.ContentEnd)]);
            return;
        }

        package.Set(part, Comments(added.Written));
        package.ContentTypes.Set(part, "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml");
        package.RelationsOf(source.MainPart).Add("comments", "comments.xml", isExternal: false);

        static byte[] Comments(ReadOnlySpan<byte> inner) =>
            [.. "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"u8, .. inner, .. "</w:comments>"u8];
    }

    private static int Paragraph(XmlTree tree, WordPlan plan, TemplateProblem problem)
    {
        foreach (var node in tree.Descendants(tree.Root, N.w_p))
        {
            if (!plan.TryTextOf(node, out var text) || text != problem.Paragraph)
                continue;
            var place = plan.PlaceOf(node, text).Words;
            if (problem.Place is null || problem.Place == place || problem.Place.StartsWith(place + ", column", StringComparison.Ordinal))
                return place.Contains("text box", StringComparison.Ordinal) ? XmlTree.None : node;
        }

        // Content controls, links, pictures and merge fields belong to a paragraph whose text does not show their tag.
        foreach (var node in tree.Descendants(tree.Root, N.w_p))
        {
            var place = plan.PlaceOf(node, null).Words;
            if (problem.Place is { } told && told.StartsWith(place + ",", StringComparison.Ordinal) && !place.Contains("text box", StringComparison.Ordinal))
                return node;
        }

        return XmlTree.None;
    }

    /// <summary>The part with the anchors of comments around whole paragraphs.</summary>
    private static byte[] Marked(XmlTree tree, SortedDictionary<int, List<int>> at)
    {
        var edits = new SortedDictionary<int, string>();
        foreach (var (node, ids) in at)
        {
            var starts = string.Concat(ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"<w:commentRangeStart w:id=\"{id}\"/>")));
            var ends = string.Concat(ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>")));
            if (tree.IsEmpty(node))
            {
                edits[tree[node].End] = "<w:p>" + starts + ends + "</w:p>";
                continue;
            }

            var properties = tree.Child(node, N.w_pPr);
            var start = properties == XmlTree.None ? tree[node].ContentStart : tree[properties].End;
            edits[start] = starts + edits.GetValueOrDefault(start);
            edits[tree[node].ContentEnd] = edits.GetValueOrDefault(tree[node].ContentEnd) + ends;
        }

        var marked = new Utf8Buffer(tree.Bytes.Length + 512);
        var from = 0;
        foreach (var (place, markup) in edits)
        {
            marked.Write(tree.Bytes.AsSpan(from, place - from));
            marked.WriteMarkup(markup);
            from = place;
        }

        marked.Write(tree.Bytes.AsSpan(from));
        return marked.TakeBytes();
    }

    private static void Excel(OfficePackage source, RenderedPackage package, IReadOnlyList<TemplateProblem> problems)
    {
        var workbook = XmlScan.Read(source.Part(source.MainPart)!, source.MainPart);
        var relations = source.RelationsOf(source.MainPart);
        var sheets = workbook.Descendants(workbook.Root, N.sheet).Select(node => (
            Name: workbook.Attribute(node, "name"u8) ?? "",
            Part: relations.FirstOrDefault(relation => relation.Id == workbook.Attribute(node, "r:id"u8)) is { Kind: "worksheet" } relation ? RelationshipSet.Resolve(source.MainPart, relation.Target) : "")).ToList();
        foreach (var (name, part) in sheets.Where(sheet => source.Part(sheet.Part) is not null))
        {
            var own = problems.Where(problem => problem.Sheet == name || (problem.Sheet is null && part == sheets[0].Part)).ToList();
            if (own.Count > 0)
                Sheet(source, package, part, [.. own.GroupBy(problem => problem.Cell ?? "A1").Select(group => (group.Key, string.Join("\n\n", group.Select(problem => Words(problem, problem.Cell is null)))))]);
        }
    }

    private static void Sheet(OfficePackage source, RenderedPackage package, string part, List<(string Cell, string Words)> notes)
    {
        var relations = source.RelationsOf(part);
        var folder = source.MainPart[..(source.MainPart.LastIndexOf('/') + 1)];
        var comments = relations.FirstOrDefault(relation => relation.Kind == "comments");
        var commentsPart = comments is null ? package.NewPart(folder + "comments", ".xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml") : RelationshipSet.Resolve(part, comments.Target);
        var known = comments is null ? null : XmlScan.Read(source.Part(commentsPart)!, commentsPart);
        var list = new Utf8Buffer();
        var fresh = new List<string>();
        foreach (var (cell, words) in notes)
        {
            var old = known is null ? XmlTree.None : known.Descendants(known.Root, N.comment).FirstOrDefault(node => known.Attribute(node, "ref"u8) == cell, XmlTree.None);
            list.WriteMarkup($"<comment ref=\"{cell}\" authorId=\"0\"><text><r><t xml:space=\"preserve\">");
            list.WriteText(CellText.Escape(words + (old == XmlTree.None ? "" : "\n\n" + known!.Text(old))));
            list.Write("</t></r></text></comment>"u8);
            if (old == XmlTree.None)
                fresh.Add(cell);
        }

        if (known is null)
        {
            package.Set(commentsPart, [.. System.Text.Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{Main}\"><authors><author>{Author}</author></authors><commentList>"), .. list.Written, .. "</commentList></comments>"u8]);
            package.RelationsOf(part).Add("comments", "/" + commentsPart, isExternal: false);
        }
        else
        {
            var cells = notes.Select(note => note.Cell).ToHashSet();
            var place = known.Descendant(known.Root, N.commentList);
            var others = known.Children(place).Where(node => !cells.Contains(known.Attribute(node, "ref"u8) ?? "")).SelectMany(node => known.Span(node).ToArray()).ToArray();
            package.Set(commentsPart, [.. known.Bytes.AsSpan(0, known[place].ContentStart), .. others, .. list.Written, .. known.Bytes.AsSpan(known[place].ContentEnd)]);
        }

        Shapes(source, package, part, fresh);
    }

    /// <summary>Notes are shown by shapes of an old drawing.</summary>
    private static void Shapes(OfficePackage source, RenderedPackage package, string part, List<string> cells)
    {
        var shapes = string.Concat(cells.Select((cell, i) =>
        {
            var (column, row) = CellRef.Parse(cell);
            return string.Create(CultureInfo.InvariantCulture, $"<v:shape id=\"_x0000_s{9001 + i}\" type=\"#_x0000_t202\" style=\"position:absolute;width:240pt;height:90pt;visibility:hidden\" fillcolor=\"#ffffe1\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:fill color2=\"#ffffe1\"/><v:textbox/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column}, 15, {row - 1}, 10, {column + 4}, 15, {row + 5}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>");
        }));
        if (source.RelationsOf(part).FirstOrDefault(relation => relation.Kind == "vmlDrawing") is { } drawing)
        {
            var target = RelationshipSet.Resolve(part, drawing.Target);
            var text = System.Text.Encoding.UTF8.GetString(source.Part(target)!);
            var end = text.LastIndexOf("</xml>", StringComparison.Ordinal);
            if (end >= 0)
                package.Set(target, System.Text.Encoding.UTF8.GetBytes(text[..end] + shapes + text[end..]));
            return;
        }

        var made = package.NewPart("xl/drawings/vmlDrawing", ".vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
        package.Set(made, System.Text.Encoding.UTF8.GetBytes("<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>" + shapes + "</xml>"));
        var id = package.RelationsOf(part).Add("vmlDrawing", "/" + made, isExternal: false);
        var sheet = XmlScan.Read(source.Part(part)!, part);
        var follower = sheet.Children(sheet.Root).FirstOrDefault(node => sheet.StartTag(node) is var tag && (tag.StartsWith("<legacyDrawingHF"u8) || tag.StartsWith("<drawingHF"u8) || tag.StartsWith("<picture"u8) || tag.StartsWith("<oleObjects"u8)
            || tag.StartsWith("<controls"u8) || tag.StartsWith("<webPublishItems"u8) || tag.StartsWith("<tableParts"u8) || tag.StartsWith("<extLst"u8)), XmlTree.None);
        var at = follower == XmlTree.None ? sheet[sheet.Root].ContentEnd : sheet[follower].Start;
        package.Set(part, [.. sheet.Bytes.AsSpan(0, at), .. System.Text.Encoding.UTF8.GetBytes($"<legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"{id}\"/>"), .. sheet.Bytes.AsSpan(at)]);
    }
}
