using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Everything one render of a Word template changes while it runs.</summary>
internal sealed class WordRender(Evaluator values, WordTemplate template, RenderedPackage package)
{
    private readonly bool[] _slotUsed = new bool[template.Ids.Slots];
    private readonly Dictionary<int, (int Copy, int Id)> _bookmarks = [];
    private readonly Dictionary<int, (int Id, int Place)> _openBookmarks = [];
    private readonly Dictionary<(int Slot, int Copy), int> _merges = [];
    private readonly HashSet<int> _listsBegun = [];
    private readonly HashSet<string> _namesOfIncluded = new(StringComparer.OrdinalIgnoreCase);
    private int _drawing = template.Ids.HighestDrawing;
    private int _bookmark = template.Ids.HighestBookmark;
    private int _control = template.Ids.HighestControl;
    private int _note = template.Ids.HighestNote;
    private uint _paragraph = 0x10000000;

    public Evaluator Values { get; } = values;

    public WordTemplate Template { get; } = template;

    public RenderedPackage Package { get; } = package;

    public Utf8Buffer Out { get; set; } = null!;

    /// <summary>The part that is written now.</summary>
    public string Part { get; set; } = "";

    /// <summary>Relationships of the part that is written now.</summary>
    public RelationshipSet Relations { get; set; } = null!;

    public NoteWriter? Footnotes { get; set; }

    public NoteWriter? Endnotes { get; set; }

    public NumberingRestart? Restart { get; private set; }

    public Dictionary<int, ColumnState> Columns { get; } = [];

    /// <summary>Which copy of a repeated column is written now.</summary>
    public int ColumnCopy { get; set; }

    /// <summary>Placeholder pictures that were met: part and relationship.</summary>
    public HashSet<(string Part, string Relation)> Placeholders { get; } = [];

    /// <summary>Relationships of the template to pictures that were asked for again.</summary>
    public HashSet<(string Part, string Relation)> StillUsed { get; } = [];

    /// <summary>Charts with tags that were written.</summary>
    public HashSet<string> Charts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool HasContent { get; set; }

    public bool DropLine { get; set; }

    public bool DropRow { get; set; }

    public LastBlock Last { get; set; }

    public int Rows { get; set; }

    public (int Out, int Footnotes, int Endnotes) Hold() => (Out.Length, Footnotes?.Length ?? 0, Endnotes?.Length ?? 0);

    public void TakeBack((int Out, int Footnotes, int Endnotes) mark)
    {
        Out.Truncate(mark.Out);
        foreach (var (slot, open) in _openBookmarks)
        {
            if (open.Place >= mark.Out)
                _openBookmarks.Remove(slot);
        }

        foreach (var (merge, place) in _merges)
        {
            if (place >= mark.Out)
                _merges.Remove(merge);
        }

        Footnotes?.Truncate(mark.Footnotes);
        Endnotes?.Truncate(mark.Endnotes);
    }

    /// <summary>The first cell of a vertical merge is written here.</summary>
    public void BeginMerge(int slot) => _merges[(slot, ColumnCopy)] = Out.Length;

    /// <summary>Whether the cell goes on with a merge whose first cell was written; else the merge begins with it.</summary>
    public bool GoesOnMerging(int slot) => !_merges.TryAdd((slot, ColumnCopy), Out.Length);

    /// <summary>What follows belongs to another turn of a loop: its merges are others.</summary>
    public void EndMerge(int slot)
    {
        foreach (var merge in _merges.Keys.Where(merge => merge.Slot == slot))
            _merges.Remove(merge);
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

    /// <summary>A bookmark's name in this document: its own when nothing here is called so, else with a number.</summary>
    public string FreeBookmarkName(string name)
    {
        var free = name;
        for (var number = 2; Template.Ids.BookmarkNames.Contains(free) || !_namesOfIncluded.Add(free); number++)
        {
            var suffix = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"_{number}");
            free = name[..Math.Min(name.Length, 40 - suffix.Length)] + suffix;
        }

        return free;
    }

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

    /// <summary>Opens the copy of a bookmark; false while an earlier copy is open.</summary>
    public bool OpenBookmark(int slot) => _openBookmarks.TryAdd(slot, (Bookmark(slot).Id, Out.Length));

    /// <summary>The id of the copy that was open (negative: that of the template), or null.</summary>
    public int? CloseBookmark(int slot) => _openBookmarks.Remove(slot, out var open) ? open.Id : null;

    public (int Copy, int Id) Bookmark(int slot) => _bookmarks.GetValueOrDefault(slot, (1, -1));

    public NumberingRestart? BeginRestart()
    {
        if (Package.Numbering(Template) is { IsNew: true })
            return null;
        return Restart = new NumberingRestart(Package.Numbering(Template), _listsBegun, Restart);
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
