using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Everything one render of a Word template changes while it runs.</summary>
internal sealed class WordRender(Evaluator values, WordTemplate template, RenderedPackage package)
{
    private readonly bool[] _slotUsed = new bool[template.Ids.Slots];
    private readonly Dictionary<int, (int Copy, int Id)> _bookmarks = [];
    private int _drawing = template.Ids.HighestDrawing;
    private int _bookmark = template.Ids.HighestBookmark;
    private int _control = template.Ids.HighestControl;
    private int _note = template.Ids.HighestNote;
    private uint _paragraph = 0x10000000;

    public Evaluator Values { get; } = values;

    public WordTemplate Template { get; } = template;

    public RenderedPackage Package { get; } = package;

    public Utf8Buffer Out { get; set; } = null!;

    /// <summary>Relationships of the part that is written now.</summary>
    public RelationshipSet Relations { get; set; } = null!;

    public NoteWriter? Footnotes { get; set; }

    public NoteWriter? Endnotes { get; set; }

    public NumberingRestart? Restart { get; private set; }

    public Dictionary<int, ColumnState> Columns { get; } = [];

    /// <summary>Placeholder pictures that were met: part and relationship.</summary>
    public HashSet<(string Part, string Relation)> Placeholders { get; } = [];

    public bool HasContent { get; set; }

    public bool DropLine { get; set; }

    public bool DropRow { get; set; }

    public LastBlock Last { get; set; }

    public int Rows { get; set; }

    public (int Out, int Footnotes, int Endnotes) Hold() => (Out.Length, Footnotes?.Length ?? 0, Endnotes?.Length ?? 0);

    public void TakeBack((int Out, int Footnotes, int Endnotes) mark)
    {
        Out.Truncate(mark.Out);
        Footnotes?.Truncate(mark.Footnotes);
        Endnotes?.Truncate(mark.Endnotes);
    }

    /// <summary>Whether this is the first copy of a place that carries an id.</summary>
    public bool IsFirst(int slot)
    {
        var first = !_slotUsed[slot];
        _slotUsed[slot] = true;
        return first;
    }

    /// <summary>Styles of included templates that this document lacks, by id.</summary>
    public SortedDictionary<string, byte[]> ImportedStyles { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes of included templates, to be added to those of this document: whether a footnote, and its markup.</summary>
    public List<(bool IsFootnote, byte[] Xml)> ImportedNotes { get; } = [];

    public int NextNote() => ++_note;

    public int NextBookmark() => ++_bookmark;

    public int NextDrawing() => ++_drawing;

    public int NextControl() => ++_control;

    public uint NextParagraph()
    {
        while (Template.Ids.Paragraphs.Contains(++_paragraph))
        {
        }

        return _paragraph;
    }

    /// <summary>Begins the next copy of a bookmark within a loop.</summary>
    public void NextCopy(int slot)
    {
        var copy = _bookmarks.GetValueOrDefault(slot).Copy + 1;
        _bookmarks[slot] = (copy, copy == 1 ? -1 : ++_bookmark);
    }

    public (int Copy, int Id) Bookmark(int slot) => _bookmarks.GetValueOrDefault(slot, (1, -1));

    public NumberingRestart? BeginRestart()
    {
        if (Package.Numbering(Template) is not { } numbering)
            return null;
        return Restart = new NumberingRestart(numbering, Restart);
    }

    public void EndRestart(NumberingRestart? restart)
    {
        if (restart is not null)
            Restart = restart.Outer;
    }
}

/// <summary>A looped column of a table while the table is written.</summary>
internal sealed class ColumnState
{
    public Expressions.ListValue? List { get; set; }

    public int Count { get; set; }

    public int Width { get; set; }
}
