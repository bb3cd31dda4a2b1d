using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Bookmarks: each copy has its own, and references within a copy follow it.</summary>
internal sealed partial class WordCompiler
{
    private readonly Dictionary<string, int> _bookmarkSlots = [];
    private HashSet<string>? _partBookmarks;

    private void Bookmark(int node)
    {
        var tag = _tree.StartTag(node).ToArray();
        var id = _tree.Attribute(node, "w:id"u8) ?? "0";
        if (_tree.Name(node) == N.w_bookmarkEnd)
        {
            if (_bookmarkSlots.TryGetValue(id, out var known))
                _builder.Add(new BookmarkEndNode(tag, known));
            else if (_builder.Loops > 0)
                _builder.Add(new FirstCopyNode(_tree.Span(node).ToArray(), _ids.NewSlot()));
            else
                _builder.Raw(_tree.Span(node));
            return;
        }

        if (_builder.Loops == 0)
        {
            _builder.Raw(_tree.Span(node));
            return;
        }

        var name = _tree.Attribute(node, "w:name"u8) ?? "";
        var slot = NameSlot(name);
        _bookmarkSlots[id] = slot;
        _builder.OwnBookmark(slot);
        var start = Detached(() => WithHoles(tag,
        [
            new Hole("w:id", original => _builder.Add(new BookmarkIdNode(original, slot))),
            new Hole("w:name", _ => _builder.Add(NameNode(name))),
        ]));
        _builder.Add(new BookmarkStartNode(start, slot));
    }

    private int NameSlot(string name) => _bookmarkSlots.TryGetValue("#" + name, out var known) ? known : _bookmarkSlots["#" + name] = _ids.NewSlot();

    /// <summary>The name of a bookmark in the copy that is written: <c>spot</c>, <c>spot_2</c>, past names the template has itself.</summary>
    private BookmarkNameNode NameNode(string name)
    {
        var taken = _ids.BookmarkNames
            .Where(other => other.Length > name.Length && other.StartsWith(name, StringComparison.OrdinalIgnoreCase) && other[name.Length] == '_')
            .Select(other => int.TryParse(other.AsSpan(name.Length + 1), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 1).Order();
        return new BookmarkNameNode(name, NameSlot(name), [.. taken]);
    }

    /// <summary>Cross-references to a bookmark of the same copy follow it.</summary>
    private void Instruction(int node)
    {
        var text = _tree.Text(node);
        _builder.Raw(_tree.StartTag(node));
        if (!FilledInstruction(text, node) && !_tree.IsEmpty(node))
            _builder.Raw(_tree.Content(node));
        _builder.Raw(_tree.IsEmpty(node) ? [] : _tree.EndTag(node));
    }

    /// <summary>Writes an instruction that changes: one with tags in its address, or with a bookmark of this copy.</summary>
    private bool FilledInstruction(string text, int node)
    {
        if (AddressTemplate.MayHoldTags(text) && AddressTemplate.Read(text, _parser, _plan.PlaceOf(node, text), _problems) is { } tags)
        {
            var (start, end) = (text.IndexOf('"', StringComparison.Ordinal) + 1, text.LastIndexOf('"'));
            var isLink = text.TrimStart().StartsWith("HYPERLINK", StringComparison.OrdinalIgnoreCase) && end > start && start > 0;
            var address = isLink ? AddressTemplate.Read(text[start..end], _parser, _plan.PlaceOf(node, text), _problems) ?? tags : tags;
            _tags.AddRange(address.Tags);
            _builder.Text(isLink ? text.AsSpan(0, start) : []);
            _builder.Add(new InstructionNode(address));
            _builder.Text(isLink ? text.AsSpan(end) : []);
            return true;
        }

        if (_builder.Loops == 0 || Reference(text) is not { } name)
            return false;
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        _builder.Text(text.AsSpan(0, at));
        _builder.Add(NameNode(name));
        _builder.Text(text.AsSpan(at + name.Length));
        return true;
    }

    /// <summary>The bookmark of this part a cross-reference names, or null.</summary>
    private string? Reference(string instruction)
    {
        var words = instruction.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words[0].ToUpperInvariant() is "REF" or "PAGEREF" or "NOTEREF" && PartBookmarks.TryGetValue(words[1].Trim('"'), out var name) ? name : null;
    }

    private HashSet<string> PartBookmarks => _partBookmarks ??= new HashSet<string>(
        _tree.Descendants(_tree.Root, N.w_bookmarkStart).Select(node => _tree.Attribute(node, "w:name"u8) ?? ""), StringComparer.OrdinalIgnoreCase);

    private void FieldStart(int node)
    {
        var tag = _tree.StartTag(node).ToArray();
        var text = _tree.Attribute(node, "w:instr"u8) ?? "";
        WithHoles(tag, [new Hole("w:instr", original =>
        {
            if (!FilledInstruction(text, node))
                _builder.Raw(original);
        })]);
    }
}
