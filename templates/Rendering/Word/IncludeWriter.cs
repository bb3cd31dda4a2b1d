using System.Globalization;
using System.Text;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Another template of the library in the place of a tag; its pictures, links, styles and lists come along.</summary>
internal static class IncludeWriter
{
    private const int Deepest = 8;

    public static void Inline(WordRender to, Tag tag, TextShape shape)
    {
        if (!shape.DirectlyInParagraph)
            return;
        to.Out.Write("</w:p>"u8);
        Block(to, tag);
        to.Out.Write(shape.ParagraphStart);
    }

    public static void Block(WordRender to, Tag tag)
    {
        var name = tag.Name!;
        var values = to.Values;
        if (values.Includes.Contains(name, StringComparer.OrdinalIgnoreCase) || values.Includes.Count >= Deepest)
        {
            Missing(values, tag, $"“{name}” includes itself, or templates include one another more than {Deepest} deep ({string.Join(" → ", values.Includes.Append(name))}).");
            return;
        }

        if (values.Options.Includes?.Invoke(name) is not { } file)
        {
            Missing(values, tag, $"There is no template “{name}” in the library.");
            return;
        }

        var inner = tag.Expression is null ? values : new Evaluator(values.Evaluate(tag), values.Options, values.Problems) { Includes = values.Includes };
        inner.Includes.Add(name);
        var mark = values.Problems.Mark;
        try
        {
            Insert(to, inner, OfficePackage.Open(file, name, values.Problems));
        }
        catch (TemplateException exception)
        {
            values.Problems.AddRange(exception.Of(name).Errors);
        }
        finally
        {
            values.Problems.NameFile(mark, name);
            inner.Includes.RemoveAt(inner.Includes.Count - 1);
        }
    }

    private static void Missing(Evaluator values, Tag tag, string message) => values.Problems.Add(tag.Place.Problem("T013", tag.Source, message) with { Name = tag.Name });

    private static void Insert(WordRender to, Evaluator values, OfficePackage source)
    {
        if (source.Kind != DocumentKind.Word)
            throw new TemplateException("D007", "Only Word documents can be included in a Word document.");
        var found = new ProblemList();
        var template = WordTemplate.Compile(source, new TagParser(TemplateFormatters.Table, found), found);
        if (found.Errors.Count > 0)
            throw new TemplateException(found.Errors);
        var package = new RenderedPackage(source);
        var (body, footnotes, endnotes) = template.RenderBody(values, package);
        var styles = new StyleImport(to, source, template.Folder);
        var notes = (Read(footnotes), Read(endnotes));
        new BodyImport(to, source, package, XmlScan.Read(body, source.MainPart), source.MainPart, styles, notes).Write();

        static XmlTree? Read(byte[]? part) => part is null ? null : XmlScan.Read(part, "notes.xml");
    }

    /// <summary>Copies the blocks of a body with ids and relationships of the document they come to.</summary>
    private sealed class BodyImport(WordRender to, OfficePackage source, RenderedPackage package, XmlTree tree, string part, StyleImport styles, (XmlTree? Foot, XmlTree? End) notes)
    {
        private readonly Dictionary<string, string> _relations = [];
        private readonly Dictionary<string, int> _bookmarks = [];

        public void Write()
        {
            var body = tree.Child(tree.Root, N.w_body);
            foreach (var block in tree.Children(body))
            {
                if (tree.Name(block) == N.w_sectPr)
                    continue;
                Node(block);
                to.Last = tree.Name(block) == N.w_p ? LastBlock.Paragraph : LastBlock.Other;
            }

            to.HasContent = true;
        }

        private void Node(int node)
        {
            if (tree[node].Kind != XmlKind.Element)
            {
                to.Out.Write(tree.Span(node));
                return;
            }

            if (tree.Name(node) is N.w_footnoteReference or N.w_endnoteReference)
            {
                Reference(node, tree.Name(node) == N.w_footnoteReference);
                return;
            }

            if (tree.Name(node) is N.w_sectPr or N.w_commentReference or N.w_commentRangeStart or N.w_commentRangeEnd)
                return;
            to.Out.Write(Tag(node));
            if (tree.IsEmpty(node))
                return;
            for (var child = tree.First(node); child != XmlTree.None; child = tree.Next(child))
                Node(child);
            to.Out.Write(tree.EndTag(node));
        }

        /// <summary>The note comes along under an id of its own.</summary>
        private void Reference(int node, bool isFootnote)
        {
            var from = isFootnote ? notes.Foot : notes.End;
            var id = tree.Attribute(node, "w:id"u8);
            var note = from is null ? XmlTree.None : from.Children(from.Root).FirstOrDefault(child => from.Attribute(child, "w:id"u8) == id, XmlTree.None);
            if (note == XmlTree.None)
                return;
            var own = Number(to.NextNote());
            to.Out.Write(XmlText.WithAttribute(tree.StartTag(node), "w:id"u8, own));
            var (body, relations) = (to.Out, to.Relations);
            to.Out = new Utf8Buffer();
            to.Relations = to.Package.RelationsOf(to.Template.Folder + (isFootnote ? "footnotes.xml" : "endnotes.xml"));
            to.Out.Write(XmlText.WithAttribute(from!.StartTag(note), "w:id"u8, own));
            var inner = new BodyImport(to, source, package, from, source.MainPart[..(source.MainPart.LastIndexOf('/') + 1)] + (isFootnote ? "footnotes.xml" : "endnotes.xml"), styles, (null, null));
            for (var child = from.First(note); child != XmlTree.None; child = from.Next(child))
                inner.Node(child);
            to.Out.Write(from.EndTag(note));
            to.ImportedNotes.Add((isFootnote, to.Out.TakeBytes()));
            (to.Out, to.Relations) = (body, relations);
        }

        private byte[] Tag(int node)
        {
            var tag = tree.StartTag(node).ToArray();
            switch (tree.Name(node))
            {
                case N.w_p or N.w_tr:
                    return XmlText.WithoutAttribute(XmlText.WithoutAttribute(tag, "w14:paraId"u8), "w14:textId"u8);
                case N.wp_docPr or N.pic_cNvPr:
                    return XmlText.WithAttribute(tag, "id"u8, Number(to.NextDrawing()));
                case N.w_id when tree.Name(tree.Parent(node)) == N.w_sdtPr:
                    return XmlText.WithAttribute(tag, "w:val"u8, Number(to.NextControl()));
                case N.w_bookmarkStart or N.w_bookmarkEnd:
                    return Bookmark(tag, tree.Attribute(node, "w:id"u8) ?? "0", tree.Name(node) == N.w_bookmarkStart ? tree.Attribute(node, "w:name"u8) : null);
                case N.w_numId:
                    return XmlText.WithAttribute(tag, "w:val"u8, Number(styles.Numbering(tree.IntAttribute(node, "w:val"u8) ?? 0)));
                case N.w_pStyle:
                    styles.Need(tree.Attribute(node, "w:val"u8));
                    return tag;
                default:
                    if (tree.Span(node).StartsWith("<w:rStyle "u8) || tree.Span(node).StartsWith("<w:tblStyle "u8))
                        styles.Need(tree.Attribute(node, "w:val"u8));
                    tag = Relation(tag, "r:embed"u8);
                    tag = Relation(tag, "r:id"u8);
                    return Relation(tag, "r:pict"u8);
            }
        }

        private byte[] Bookmark(byte[] tag, string id, string? name)
        {
            if (!_bookmarks.TryGetValue(id, out var own))
                _bookmarks[id] = own = to.NextBookmark();
            tag = XmlText.WithAttribute(tag, "w:id"u8, Number(own));
            return name is null ? tag : XmlText.WithAttribute(tag, "w:name"u8, $"{name}_i{Number(own)}");
        }

        private byte[] Relation(byte[] tag, ReadOnlySpan<byte> attribute)
        {
            var (start, length) = XmlText.FindAttribute(tag, attribute);
            if (start < 0)
                return tag;
            var id = Encoding.UTF8.GetString(tag, start, length);
            if (!_relations.TryGetValue(id, out var own))
                _relations[id] = own = Import(id);
            return own.Length == 0 ? XmlText.WithoutAttribute(tag, attribute) : XmlText.WithAttribute(tag, attribute, own);
        }

        private string Import(string id)
        {
            if (package.RelationsOf(part).All.FirstOrDefault(relation => relation.Id == id) is not { } relation)
                return "";
            if (relation.IsExternal)
                return to.Relations.Add("hyperlink", relation.Target, isExternal: true);
            if (relation.Kind != "image")
                return "";
            var media = RelationshipSet.Resolve(part, relation.Target);
            var bytes = package.Picture(media) ?? (source.Zip.Find(media) is { } entry ? source.Zip.Read(entry) : null);
            if (bytes is null)
                return "";
            var picture = PictureBytes.Read(bytes, "a picture of the included template");
            return to.Relations.Add("image", RelationshipSet.Relative(to.Template.Folder + "x", to.Package.AddPicture(picture, to.Template.Folder)), isExternal: false);
        }

        private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Styles and lists the host document does not have.</summary>
    private sealed class StyleImport
    {
        private readonly WordRender _to;
        private readonly XmlTree? _styles;
        private readonly XmlTree? _numbering;
        private readonly Dictionary<int, int> _lists = [];

        public StyleImport(WordRender to, OfficePackage source, string folder)
        {
            _to = to;
            _styles = source.Part(folder + "styles.xml") is { } styles ? XmlScan.Read(styles, "styles.xml") : null;
            _numbering = source.Part(folder + "numbering.xml") is { } numbering ? XmlScan.Read(numbering, "numbering.xml") : null;
        }

        public void Need(string? id)
        {
            if (id is null || _styles is null || _to.Template.HasStyle(id) || !_to.ImportedStyles.TryAdd(id, []))
                return;
            foreach (var style in _styles.Children(_styles.Root).Where(node => _styles.Name(node) == N.w_style && _styles.Attribute(node, "w:styleId"u8) == id))
            {
                _to.ImportedStyles[id] = _styles.Span(style).ToArray();
                foreach (var child in _styles.Children(style))
                {
                    if (_styles.Span(child).StartsWith("<w:basedOn "u8) || _styles.Span(child).StartsWith("<w:link "u8) || _styles.Span(child).StartsWith("<w:next "u8))
                        Need(_styles.Attribute(child, "w:val"u8));
                }
            }
        }

        public int Numbering(int id)
        {
            if (id == 0 || _numbering is null)
                return id;
            if (_lists.TryGetValue(id, out var own))
                return own;
            if (_to.Package.Numbering(_to.Template) is not { } host)
                return 0;
            return _lists[id] = host.Import(_numbering, id);
        }
    }
}
