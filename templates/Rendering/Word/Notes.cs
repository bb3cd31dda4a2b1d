using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>A compiled footnotes or endnotes part: notes are written where they are referred to, in the scope of the reference.</summary>
internal sealed class NotesPart(string part, byte[] head, byte[] separators, byte[] tail, Dictionary<int, NoteTemplate> notes)
{
    public string Part => part;

    public ReadOnlySpan<byte> Head => head;

    public ReadOnlySpan<byte> Separators => separators;

    public ReadOnlySpan<byte> Tail => tail;

    public NoteTemplate? Note(int id) => notes.GetValueOrDefault(id);
}

/// <summary>One note: its start tag before and after the id, and its content.</summary>
internal sealed record NoteTemplate(byte[] BeforeId, byte[] AfterId, WordNode Content, byte[] End);

/// <summary>The notes of one render.</summary>
internal sealed class NoteWriter(NotesPart notes)
{
    private readonly Utf8Buffer _out = new();
    private readonly HashSet<int> _used = [];

    public int Length => _out.Length;

    public void Truncate(int length) => _out.Truncate(length);

    /// <summary>Writes the note and says under which id it stands.</summary>
    public int Write(WordRender to, int id)
    {
        if (notes.Note(id) is not { } note)
            return id;
        var own = _used.Add(id) ? id : to.NextNote();
        var (body, part, relations, last, content) = (to.Out, to.Part, to.Relations, to.Last, to.HasContent);
        to.Part = notes.Part;
        to.Out = _out;
        to.Relations = to.Package.RelationsOf(notes.Part);
        _out.Write(note.BeforeId);
        _out.Write(own);
        _out.Write(note.AfterId);
        to.Last = LastBlock.None;
        var depth = to.Values.Scope.Depth;
        note.Content.Render(to);
        to.Values.Scope.Release(depth);
        if (to.Last != LastBlock.Paragraph)
            _out.Write("<w:p/>"u8);
        _out.Write(note.End);
        (to.Out, to.Part, to.Relations, to.Last, to.HasContent) = (body, part, relations, last, content);
        return own;
    }

    /// <summary>The part as it is so far.</summary>
    public byte[] Current()
    {
        var part = new Utf8Buffer(_out.Length + 1024);
        part.Write(notes.Head);
        part.Write(notes.Separators);
        part.Write(_out.Written);
        part.Write(notes.Tail);
        return part.TakeBytes();
    }

    public void Finish(WordRender to)
    {
        to.Package.Set(notes.Part, Current());
        _out.Release();
    }
}

internal sealed class NoteReferenceNode(byte[] tag, int id, bool isFootnote) : WordNode
{
    public override void Render(WordRender to)
    {
        var notes = isFootnote ? to.Footnotes : to.Endnotes;
        var own = notes?.Write(to, id) ?? id;
        to.HasContent = true;
        if (own == id)
            to.Out.Write(tag);
        else
            to.Out.Write(XmlText.WithAttribute(tag, "w:id"u8, own.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
