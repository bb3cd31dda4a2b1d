using System.Globalization;
using System.Text.RegularExpressions;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Copies the blocks of a filled document into another one, with ids, names and relationships of the document they come to.</summary>
internal sealed class BodyImport
{
    private static readonly byte[][] RelationAttributes = [.. new[] { "r:embed", "r:id", "r:pict", "r:dm", "r:lo", "r:qs", "r:cs" }.Select(System.Text.Encoding.UTF8.GetBytes)];

    private readonly WordRender _to;
    private readonly RenderedPackage _package;
    private readonly XmlTree _tree;
    private readonly string _part;
    private readonly StyleImport _styles;
    private readonly (string Part, XmlTree? Tree) _footnotes;
    private readonly (string Part, XmlTree? Tree) _endnotes;
    private readonly byte[] _namespaces;
    private readonly Dictionary<string, string> _relations = [];
    private readonly Dictionary<string, int> _bookmarks = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    private BodyImport(WordRender to, RenderedPackage package, string part, XmlTree tree, StyleImport styles, (string Part, XmlTree? Tree) footnotes, (string Part, XmlTree? Tree) endnotes)
    {
        _to = to;
        _package = package;
        _part = part;
        _tree = tree;
        _styles = styles;
        _footnotes = footnotes;
        _endnotes = endnotes;
        _namespaces = Namespaces.Lacking(tree.Bytes, to.Template.Package.Part(to.Part) ?? NoteImport.EmptyRoot);
        foreach (var start in tree.Descendants(tree.Root, N.w_bookmarkStart))
        {
            if (tree.Attribute(start, "w:name"u8) is { } name && !_names.ContainsKey(name))
                _names[name] = to.FreeBookmarkName(name);
        }
    }

    public static void Write(WordRender to, WordTemplate source, RenderedPackage package)
    {
        var main = source.Package.MainPart;
        var tree = XmlScan.Read(package.Content(main)!, main);
        var import = new BodyImport(to, package, main, tree, new StyleImport(to, source, package), Notes("footnotes"), Notes("endnotes"));
        foreach (var block in tree.Children(tree.Child(tree.Root, N.w_body)))
        {
            if (tree.Name(block) == N.w_sectPr)
                continue;
            import.Node(block, isTop: true);
            if (!ParagraphReader.IsMark(tree.Name(block)))
                to.Last = tree.Name(block) == N.w_p ? LastBlock.Paragraph : LastBlock.Other;
        }

        to.HasContent = true;

        (string, XmlTree?) Notes(string kind)
        {
            var part = source.PartNamed(kind);
            return (part, package.Content(part) is { } bytes ? XmlScan.Read(bytes, part) : null);
        }
    }

    private void Node(int node, bool isTop = false)
    {
        if (_tree[node].Kind != XmlKind.Element)
        {
            if (_tree.Name(_tree.Parent(node)) == N.w_instrText)
                _to.Out.WriteText(Renamed(XmlText.Decode(_tree.Span(node))));
            else
                _to.Out.Write(_tree.Span(node));
            return;
        }

        if (_tree.Name(node) is N.w_footnoteReference or N.w_endnoteReference)
        {
            Reference(node, _tree.Name(node) == N.w_footnoteReference);
            return;
        }

        if (_tree.Name(node) is N.w_sectPr or N.w_commentReference or N.w_commentRangeStart or N.w_commentRangeEnd)
            return;
        _to.Out.Write(isTop ? Namespaces.With(Tag(node), _namespaces) : Tag(node));
        if (_tree.IsEmpty(node))
            return;
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
            Node(child);
        _to.Out.Write(_tree.EndTag(node));
    }

    /// <summary>The note comes along under an id of its own.</summary>
    private void Reference(int node, bool isFootnote)
    {
        var (notesPart, from) = isFootnote ? _footnotes : _endnotes;
        var id = _tree.Attribute(node, "w:id"u8);
        var note = from is null ? XmlTree.None : from.Children(from.Root).FirstOrDefault(child => from.Attribute(child, "w:id"u8) == id, XmlTree.None);
        if (note == XmlTree.None)
            return;
        var own = Number(_to.NextNote());
        _to.Out.Write(XmlText.WithAttribute(_tree.StartTag(node), "w:id"u8, own));
        var (body, part, relations) = (_to.Out, _to.Part, _to.Relations);
        _to.Out = new Utf8Buffer();
        _to.Part = _to.Template.PartNamed(isFootnote ? "footnotes" : "endnotes");
        _to.Relations = _to.Package.RelationsOf(_to.Part);
        var inner = new BodyImport(_to, _package, notesPart, from!, _styles, ("", null), ("", null));
        _to.Out.Write(Namespaces.With(XmlText.WithAttribute(from!.StartTag(note), "w:id"u8, own), inner._namespaces));
        for (var child = from.First(note); child != XmlTree.None; child = from.Next(child))
            inner.Node(child);
        _to.Out.Write(from.EndTag(note));
        _to.ImportedNotes.Add((isFootnote, _to.Out.TakeBytes()));
        (_to.Out, _to.Part, _to.Relations) = (body, part, relations);
    }

    private byte[] Tag(int node)
    {
        var tag = _tree.StartTag(node).ToArray();
        switch (_tree.Name(node))
        {
            case N.w_p or N.w_tr:
                return XmlText.WithoutAttribute(XmlText.WithoutAttribute(tag, "w14:paraId"u8), "w14:textId"u8);
            case N.wp_docPr or N.pic_cNvPr:
                return XmlText.WithAttribute(tag, "id"u8, Number(_to.NextDrawing()));
            case N.w_id when _tree.Name(_tree.Parent(node)) == N.w_sdtPr:
                return XmlText.WithAttribute(tag, "w:val"u8, Number(_to.NextControl()));
            case N.w_bookmarkStart or N.w_bookmarkEnd:
                return Bookmark(tag, _tree.Attribute(node, "w:id"u8) ?? "0", _tree.Name(node) == N.w_bookmarkStart ? _tree.Attribute(node, "w:name"u8) : null);
            case N.w_numId:
                return XmlText.WithAttribute(tag, "w:val"u8, Number(_styles.Numbering(_tree.IntAttribute(node, "w:val"u8) ?? 0)));
            case N.w_fldSimple when _tree.Attribute(node, "w:instr"u8) is { } instruction:
                return XmlText.WithAttribute(tag, "w:instr"u8, Renamed(instruction));
            case N.w_pStyle or N.w_rStyle or N.w_tblStyle:
                _styles.Need(_tree.Attribute(node, "w:val"u8));
                return tag;
            default:
                if (_tree.Name(node) == N.w_hyperlink && _tree.Attribute(node, "w:anchor"u8) is { } anchor)
                    tag = XmlText.WithAttribute(tag, "w:anchor"u8, _names.GetValueOrDefault(anchor, anchor));
                foreach (var attribute in RelationAttributes)
                    tag = Relation(tag, attribute);
                return tag;
        }
    }

    private byte[] Bookmark(byte[] tag, string id, string? name)
    {
        if (!_bookmarks.TryGetValue(id, out var own))
            _bookmarks[id] = own = _to.NextBookmark();
        tag = XmlText.WithAttribute(tag, "w:id"u8, Number(own));
        return name is null ? tag : XmlText.WithAttribute(tag, "w:name"u8, _names[name]);
    }

    /// <summary>An instruction whose bookmarks are named as they are here.</summary>
    private string Renamed(string instruction)
    {
        foreach (var (name, own) in _names)
        {
            if (name != own && instruction.Contains(name, StringComparison.OrdinalIgnoreCase))
                instruction = Regex.Replace(instruction, $@"(?<!\w){Regex.Escape(name)}(?!\w)", own.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.IgnoreCase);
        }

        return instruction;
    }

    private byte[] Relation(byte[] tag, byte[] attribute)
    {
        var (start, length) = XmlText.FindAttribute(tag, attribute);
        if (start < 0)
            return tag;
        var id = XmlText.Decode(tag.AsSpan(start, length));
        if (!_relations.TryGetValue(id, out var own))
            _relations[id] = own = Import(id);
        return own.Length == 0 ? XmlText.WithoutAttribute(tag, attribute) : XmlText.WithAttribute(tag, attribute, own);
    }

    private string Import(string id)
    {
        if (_package.RelationsOf(_part).All.FirstOrDefault(relation => relation.Id == id) is not { } relation)
            return "";
        if (relation.IsExternal)
            return _to.Relations.Add("hyperlink", relation.Target, isExternal: true);
        var part = RelationshipSet.Resolve(_part, relation.Target);
        if (relation.Kind == "image" && _package.Content(part) is { } bytes && PictureBytes.TryRead(bytes) is { } picture)
            return _to.Relations.Add("image", RelationshipSet.Relative(_to.Part, _to.Package.AddPicture(picture, _to.Template.Folder)), isExternal: false);
        return _package.Content(part) is null ? "" : _to.Relations.AddOf(relation.Type, RelationshipSet.Relative(_to.Part, PartCopy.Make(_package, part, _to.Package)), isExternal: false);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
