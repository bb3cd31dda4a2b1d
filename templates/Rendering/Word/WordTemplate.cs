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
    private readonly List<ChartPart> _charts = [];
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
            var context = new WordPartContext(part, package, parser, template.Ids, problems, notes, template.ListOfStyle);
            if (!hasStructuralErrors)
                template.CompilePart(tree, plan, context);
        }

        template.Tags.AddRange(parser.Late);
        template.CompileRest(parser);
        return template;
    }

    public void Render(Evaluator values, RenderedPackage package)
    {
        var render = new WordRender(values, this, package)
        {
            Footnotes = _footnotes is null ? null : new NoteWriter(_footnotes),
            Endnotes = _endnotes is null ? null : new NoteWriter(_endnotes),
        };
        foreach (var warning in _warnings)
            values.Problems.Add(warning);
        foreach (var (part, nodes, size) in _parts)
        {
            render.Out = new Utf8Buffer(Math.Max(4096, size * 2));
            render.Relations = package.RelationsOf(part);
            nodes.Render(render);
            values.Scope.Release(0);
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
        foreach (var property in _properties)
            package.Set(property.Part, property.Fill(values));
        foreach (var chart in _charts)
        {
            if (chart.Write(values, null) is { } filled)
                package.Set(chart.Part, filled);
        }

        foreach (var (part, id) in _addresses)
            package.RelationsOf(part).Remove(id);
        foreach (var (part, id) in render.Placeholders)
        {
            var relations = package.RelationsOf(part);
            if (relations.Find(id) is not { } relation || IsUsedElsewhere(part, id))
                continue;
            relations.Remove(id);
            package.RemoveIfUnused(RelationshipSet.Resolve(part, relation.Target));
        }
    }

    /// <summary>The filled main part alone, to be included elsewhere.</summary>
    public (byte[] Body, byte[]? Footnotes, byte[]? Endnotes) RenderBody(Evaluator values, RenderedPackage package)
    {
        var render = new WordRender(values, this, package)
        {
            Out = new Utf8Buffer(),
            Relations = package.RelationsOf(Package.MainPart),
            Footnotes = _footnotes is null ? null : new NoteWriter(_footnotes),
            Endnotes = _endnotes is null ? null : new NoteWriter(_endnotes),
        };
        var depth = values.Scope.Depth;
        if (_parts.Find(part => part.Part == Package.MainPart).Nodes is { } nodes)
            nodes.Render(render);
        else
            render.Out.Write(Package.Part(Package.MainPart));
        values.Scope.Release(depth);
        return (render.Out.TakeBytes(), render.Footnotes?.Current() ?? Package.Part(Folder + "footnotes.xml"), render.Endnotes?.Current() ?? Package.Part(Folder + "endnotes.xml"));
    }

    private void FinishStyles(WordRender render, RenderedPackage package)
    {
        if (render.ImportedStyles.Count == 0 || Package.Part(Folder + "styles.xml") is not { } bytes)
            return;
        var tree = XmlScan.Read(bytes, Folder + "styles.xml");
        var end = tree[tree.Root].ContentEnd;
        package.Set(Folder + "styles.xml", [.. tree.Bytes.AsSpan(0, end), .. render.ImportedStyles.Values.SelectMany(style => style), .. tree.Bytes.AsSpan(end)]);
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
            if (Package.Part(part) is not { } bytes)
                continue;
            var tree = XmlScan.Read(bytes, part);
            if (part == Package.MainPart && tree.Child(tree.Root, N.w_body) == XmlTree.None)
                throw new TemplateException("D006", $"“{part}” holds no document body. Open the file in Word and save it anew.", part);
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

    private static bool NotesAreOwn(List<(string Part, XmlTree Tree, WordPlan Plan)> plans)
    {
        var hasNotes = plans.Exists(plan => IsNotes(plan.Part) && plan.Tree.Descendants(plan.Tree.Root, N.w_p).Any());
        var own = hasNotes && plans.Exists(plan => IsNotes(plan.Part) ? plan.Plan.Tags.Any() : plan.Plan.HasLoops);
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
        for (var node = 0; node < tree.Count; node++)
        {
            var hot = tree.Name(node) switch
            {
                N.wp_docPr or N.pic_cNvPr => tree.StartTag(node).IndexOf("{{"u8) >= 0,
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
        if (Package.Part(Folder + "styles.xml") is not { } bytes)
            return;
        var tree = XmlScan.Read(bytes, Folder + "styles.xml");
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

    private void CompileRest(TagParser parser)
    {
        if (Package.Part(Folder + "settings.xml") is { } settings && SettingsPart.Cleaned(settings, Folder + "settings.xml", Package.Dropped.Contains(Folder + "settings.xml")) is { } cleaned)
            _changed.Add((Folder + "settings.xml", cleaned));
        foreach (var property in PropertyPart.ReadAll(Package, parser))
        {
            _properties.Add(property);
            Tags.AddRange(property.Tags);
        }

        foreach (var chart in ChartPart.ReadAll(Package, parser))
        {
            _charts.Add(chart);
            Tags.AddRange(chart.Tags);
        }
    }
}
