using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>A compiled Word template. Immutable.</summary>
internal sealed class WordTemplate : ICompiledTemplate
{
    private readonly List<(string Part, WordNode Nodes, int Size)> _parts = [];
    private readonly List<(string Part, byte[] Bytes)> _changed = [];
    private readonly List<PropertyPart> _properties = [];
    private readonly Dictionary<string, ChartPart> _charts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string Part, string Relation)> _addresses = [];
    private readonly Dictionary<string, string> _styles = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _styleIds = [];
    private readonly Dictionary<string, (int NumId, int Level)> _styleLists = [];
    private readonly Dictionary<string, string> _styleParents = [];
    private readonly List<TemplateProblem> _warnings = [];
    private NotesPart? _footnotes;
    private NotesPart? _endnotes;

    private WordTemplate(OfficePackage package)
    {
        Package = package;
        Folder = package.MainPart[..(package.MainPart.LastIndexOf('/') + 1)];
    }

    public OfficePackage Package { get; }

    /// <summary><c>word/</c> in nearly every file.</summary>
    public string Folder { get; }

    public DocumentIds Ids { get; } = new();

    public List<Tag> Tags { get; } = [];

    IReadOnlyList<Tag> ICompiledTemplate.Tags => Tags;

    public int TrackedChanges { get; private set; }

    /// <summary>The part of a kind the main part names, for example <c>word/styles.xml</c>; its usual name when there is none.</summary>
    public string PartNamed(string kind) =>
        Package.RelationsOf(Package.MainPart).FirstOrDefault(relation => relation.Kind == kind && !relation.IsExternal) is { } relation ? RelationshipSet.Resolve(Package.MainPart, relation.Target) : Folder + kind + ".xml";

    public bool HasStyle(string id) => _styleIds.Contains(id);

    /// <summary>The numbered list a paragraph style puts its paragraphs into, or null.</summary>
    public (int NumId, int Level)? ListOfStyle(string? id)
    {
        for (var steps = 0; id is not null && steps < 32; steps++)
        {
            if (_styleLists.TryGetValue(id, out var list))
                return list;
            id = _styleParents.GetValueOrDefault(id);
        }

        return null;
    }

    public string? StyleNamed(string name) => _styles.GetValueOrDefault(name);

    public static WordTemplate Compile(OfficePackage package, TagParser parser, ProblemList problems)
    {
        var template = new WordTemplate(package);
        template.ReadStyles();
        var stories = template.ReadStories(problems);
        var errors = problems.Errors.Count;
        foreach (var chart in ChartPart.ReadAll(package, parser))
        {
            template._charts[chart.Part] = chart;
            template.Tags.AddRange(chart.Tags);
        }

        var plans = stories.ConvertAll(story =>
        {
            template.Ids.Read(story.Tree);
            return (story.Part, story.Tree, Plan: new WordPlan(story.Tree, story.Part, parser, problems));
        });
        template.Tags.AddRange(plans.SelectMany(plan => plan.Plan.Tags));
        var hasStructuralErrors = problems.Errors.Skip(errors).Any(error => error.Code is "T001" or "T002" or "T003" or "T004" or "T012");
        var notes = NotesAreOwn(plans);
        foreach (var (part, tree, plan) in plans)
        {
            var context = new WordPartContext(part, package, parser, template.Ids, problems, template.Tags, notes, template.ListOfStyle, template._charts);
            if (!hasStructuralErrors)
                template.CompilePart(tree, plan, context);
        }

        template.CompileRest(parser, problems);
        return template;
    }

    public void Render(Evaluator values, RenderedPackage package)
    {
        var render = RenderParts(values, package, _parts);
        foreach (var property in _properties)
            package.Set(property.Part, property.Fill(values));
        foreach (var (part, id) in _addresses)
            package.RelationsOf(part).Remove(id);
        foreach (var (part, id) in render.Placeholders)
        {
            var relations = package.RelationsOf(part);
            if (relations.Find(id) is not { } relation || render.StillUsed.Contains((part, id)) || IsUsedElsewhere(part, id))
                continue;
            relations.Remove(id);
            package.RemoveIfUnused(RelationshipSet.Resolve(part, relation.Target));
        }
    }

    /// <summary>Fills the body alone, with the notes, lists and styles that belong to it, to be included elsewhere.</summary>
    public void RenderBody(Evaluator values, RenderedPackage package)
    {
        RenderParts(values, package, _parts.Where(part => part.Part == Package.MainPart));
        package.FinishNumbering();
    }

    private WordRender RenderParts(Evaluator values, RenderedPackage package, IEnumerable<(string Part, WordNode Nodes, int Size)> parts)
    {
        var render = new WordRender(values, this, package)
        {
            Footnotes = _footnotes is null ? null : new NoteWriter(_footnotes),
            Endnotes = _endnotes is null ? null : new NoteWriter(_endnotes),
        };
        foreach (var warning in _warnings)
            values.Problems.Add(warning);
        var depth = values.Scope.Depth;
        foreach (var (part, nodes, size) in parts)
        {
            render.Out = new Utf8Buffer(Math.Max(4096, size * 2));
            render.Part = part;
            render.Relations = package.RelationsOf(part);
            nodes.Render(render);
            values.Scope.Release(depth);
            if (values.Problems.Errors.Count == 0)
                package.Set(part, render.Out.Written);
            render.Out.Release();
        }

        FinishStyles(render, package);
        render.Footnotes?.Finish(render);
        render.Endnotes?.Finish(render);
        foreach (var (part, bytes) in _changed)
            package.Set(part, bytes);
        if (render.ImportedNotes.Count > 0)
            NoteImport.Finish(render, package);
        foreach (var chart in _charts.Values)
        {
            if (chart.Tags.Any() && !render.Charts.Contains(chart.Part))
                package.RemoveWithOwn(chart.Part);
        }

        return render;
    }

    private void FinishStyles(WordRender render, RenderedPackage package)
    {
        if (render.ImportedStyles.Count == 0)
            return;
        var part = PartNamed("styles");
        var bytes = Package.Part(part);
        if (bytes is null)
        {
            bytes = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"></w:styles>"u8.ToArray();
            package.ContentTypes.Set(part, "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml");
            package.RelationsOf(Package.MainPart).Add("styles", RelationshipSet.Relative(Package.MainPart, part), isExternal: false);
        }

        var tree = XmlScan.Read(bytes, part);
        var end = tree[tree.Root].ContentEnd;
        package.Set(part, [.. tree.Bytes.AsSpan(0, end), .. render.ImportedStyles.Values.SelectMany(style => style), .. tree.Bytes.AsSpan(end)]);
    }

    /// <summary>Whether the template uses a picture's relationship at more places than its placeholder.</summary>
    private bool IsUsedElsewhere(string part, string id)
    {
        var needle = System.Text.Encoding.UTF8.GetBytes($"\"{id}\"");
        var bytes = Package.Part(part).AsSpan();
        var first = bytes.IndexOf(needle);
        return first < 0 || bytes[(first + 1)..].IndexOf(needle) >= 0;
    }

    private List<(string Part, XmlTree Tree)> ReadStories(ProblemList problems)
    {
        var stories = new List<(string, XmlTree)>();
        List<string> parts = [Package.MainPart];
        foreach (var relation in Package.RelationsOf(Package.MainPart))
        {
            if (relation.Kind is "header" or "footer" or "footnotes" or "endnotes")
                parts.Add(RelationshipSet.Resolve(Package.MainPart, relation.Target));
        }

        foreach (var part in parts.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (Package.Tree(part) is not { } tree)
                continue;
            if (part == Package.MainPart && tree.Child(tree.Root, N.w_body) == XmlTree.None)
                throw new TemplateException("D006", $"“{part}” holds no document body. Open the file in Word and save it anew.", part);
            HoldParagraphs(tree, part);
            var (accepted, changes) = AcceptedChanges.Of(tree, part);
            TrackedChanges += changes;
            tree = MergeFields.Replace(accepted, part, problems);
            stories.Add((part, tree));
        }

        if (TrackedChanges > 0)
        {
            _warnings.Add(new TemplateProblem
            {
                Code = "W001",
                Severity = ProblemSeverity.Warning,
                Message = $"The template holds {TrackedChanges} unaccepted change{(TrackedChanges == 1 ? "" : "s")}; it was filled as if they were accepted. Accept or reject them in Word.",
            });
        }

        return stories;
    }

    /// <summary>No paragraph stands in another one but in a text box; a file that says otherwise was not written by Word, and Word does not open it.</summary>
    private static void HoldParagraphs(XmlTree tree, string part)
    {
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.Name(node) != N.w_p || tree[node].Kind != XmlKind.Element)
                continue;
            var above = tree.Parent(node);
            while (above != XmlTree.None && tree.Name(above) is not (N.w_body or N.w_tc or N.w_txbxContent or N.w_p))
                above = tree.Parent(above);
            if (above != XmlTree.None && tree.Name(above) == N.w_p)
                throw ZipPackage.Damaged(part);
        }
    }

    private static bool NotesAreOwn(List<(string Part, XmlTree Tree, WordPlan Plan)> plans)
    {
        var hasNotes = plans.Exists(plan => IsNotes(plan.Part) && plan.Tree.Descendants(plan.Tree.Root, N.w_p).Any());
        var own = hasNotes && plans.Exists(plan => IsNotes(plan.Part) ? plan.Plan.Tags.Any() : plan.Plan.HasLoops || plan.Tree.Has(plan.Tree.Root, N.w15_repeatingSection));
        if (!own)
            return false;
        foreach (var (_, tree, plan) in plans)
        {
            for (var node = 0; node < tree.Count; node++)
            {
                if (tree.Name(node) is N.w_footnoteReference or N.w_endnoteReference)
                    plan.Heat(node);
            }
        }

        return true;
    }

    private static bool IsNotes(string part) => part.EndsWith("notes.xml", StringComparison.OrdinalIgnoreCase);

    private void CompilePart(XmlTree tree, WordPlan plan, WordPartContext context)
    {
        HeatOthers(tree, plan, context);
        if (IsNotes(context.Part) && context.NotesAreOwn)
        {
            var notes = CompileNotes(tree, plan, context);
            if (tree.Name(tree.Root) == N.w_footnotes)
                _footnotes = notes;
            else
                _endnotes = notes;
            return;
        }

        if (plan.Hot[tree.Root])
            _parts.Add((context.Part, new WordCompiler(tree, plan, context).Compile(), tree.Bytes.Length));
        else if (!ReferenceEquals(tree.Bytes, Package.Part(context.Part)))
            _changed.Add((context.Part, tree.Bytes));
    }

    /// <summary>Alternative texts, bound controls and link addresses that hold tags.</summary>
    private void HeatOthers(XmlTree tree, WordPlan plan, WordPartContext context)
    {
        var links = Package.RelationsOf(context.Part).Where(relation => relation.IsExternal && (relation.Target.Contains("{{", StringComparison.Ordinal) || relation.Target.Contains("%7B%7B", StringComparison.OrdinalIgnoreCase))).Select(relation => relation.Id).ToHashSet();
        var charts = Package.RelationsOf(context.Part).Where(relation => !relation.IsExternal && _charts.TryGetValue(RelationshipSet.Resolve(context.Part, relation.Target), out var chart) && chart.Tags.Any()).Select(relation => relation.Id).ToHashSet();
        for (var node = 0; node < tree.Count; node++)
        {
            var hot = tree.Name(node) switch
            {
                N.wp_docPr or N.pic_cNvPr or N.v_shape => tree.StartTag(node).IndexOf("{{"u8) >= 0,
                N.w_instrText or N.w_fldSimple => tree[node].Kind == XmlKind.Element && HoldsAddress(tree.Name(node) == N.w_fldSimple ? tree.StartTag(node) : tree.Span(node)),
                N.c_chart or N.cx_chart => charts.Count > 0 && tree.Attribute(node, "r:id"u8) is { } id && charts.Contains(id),
                N.w_sdt => tree[node].Kind == XmlKind.Element,
                N.w_hyperlink => links.Count > 0 && tree.Attribute(node, "r:id"u8) is { } id && links.Contains(id),
                _ => false,
            };
            if (hot)
                plan.Heat(node);
            if (hot && tree.Name(node) == N.w_hyperlink)
                _addresses.Add((context.Part, tree.Attribute(node, "r:id"u8)!));
        }
    }

    private static bool HoldsAddress(ReadOnlySpan<byte> text) => text.IndexOf("{{"u8) >= 0 || text.IndexOf("%7B%7B"u8) >= 0 || text.IndexOf("%7b%7b"u8) >= 0;

    private static NotesPart CompileNotes(XmlTree tree, WordPlan plan, WordPartContext context)
    {
        var notes = new Dictionary<int, NoteTemplate>();
        var separators = new List<byte>();
        foreach (var node in tree.Children(tree.Root))
        {
            if (tree.Attribute(node, "w:type"u8) is not null and not "normal" || tree.IntAttribute(node, "w:id"u8) is not { } id)
            {
                separators.AddRange(tree.Span(node));
                continue;
            }

            var tag = tree.StartTag(node);
            var (start, length) = XmlText.FindAttribute(tag, "w:id"u8);
            notes[id] = new NoteTemplate(tag[..start].ToArray(), tag[(start + length)..].ToArray(), new WordCompiler(tree, plan, context).CompileNote(node), tree.EndTag(node).ToArray());
        }

        var root = tree[tree.Root];
        return new NotesPart(context.Part, tree.Bytes[..root.ContentStart], [.. separators], tree.Bytes[root.ContentEnd..], notes);
    }

    private void ReadStyles()
    {
        if (Package.Tree(PartNamed("styles")) is not { } tree)
            return;
        foreach (var node in tree.Children(tree.Root))
        {
            if (tree.Name(node) != N.w_style || tree.Attribute(node, "w:styleId"u8) is not { } id)
                continue;
            _styleIds.Add(id);
            if (tree.Child(node, N.w_pPr) is var look and not XmlTree.None && tree.Descendant(look, N.w_numId) is var number and not XmlTree.None)
                _styleLists[id] = (tree.IntAttribute(number, "w:val"u8) ?? 0, tree.Descendant(look, N.w_ilvl) is var level and not XmlTree.None ? tree.IntAttribute(level, "w:val"u8) ?? 0 : 0);
            else if (tree.Child(node, N.w_basedOn) is var parent and not XmlTree.None && tree.Attribute(parent, "w:val"u8) is { } parentId)
                _styleParents[id] = parentId;
            foreach (var child in tree.Children(node))
            {
                if (tree.Span(child).StartsWith("<w:name "u8))
                    _styles.TryAdd(tree.Attribute(child, "w:val"u8) ?? id, id);
            }
        }
    }

    private void CompileRest(TagParser parser, ProblemList problems)
    {
        if (Package.Tree(PartNamed("settings")) is { } settings && SettingsPart.Cleaned(settings, Package.Dropped.Contains(PartNamed("settings"))) is { } cleaned)
            _changed.Add((PartNamed("settings"), cleaned));
        foreach (var property in PropertyPart.ReadAll(Package, parser, problems))
        {
            _properties.Add(property);
            Tags.AddRange(property.Tags);
        }

        foreach (var item in Package.RelationsOf(Package.MainPart).Where(relation => relation.Kind == "customXml" && !relation.IsExternal))
        {
            var part = RelationshipSet.Resolve(Package.MainPart, item.Target);
            if (Package.Part(part) is not { } bytes || PropertyPart.Read(part, bytes, parser, "document properties", problems) is not { } property)
                continue;
            _properties.Add(property);
            Tags.AddRange(property.Tags);
        }
    }
}
