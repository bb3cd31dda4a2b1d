using System.Globalization;
using System.Text;

namespace ProductionOffice.Kiosk.Core;

/// <summary>One line of typed text with a caret that stands between graphemes.</summary>
/// <param name="Text">What is typed.</param>
/// <param name="Caret">Place in UTF-16 units, always at a grapheme's border.</param>
/// <param name="Max">Longest text in UTF-16 units; more is not taken.</param>
internal sealed record TextInput(string Text = "", int Caret = 0, int Max = 60)
{
    public bool IsEmpty => Text.AsSpan().Trim().IsEmpty;

    /// <summary>The same field holding another text, caret at its end.</summary>
    public TextInput With(string text)
    {
        var clean = Clean(text);
        clean = clean.Length > Max ? CutAt(clean, Max) : clean;
        return this with { Text = clean, Caret = clean.Length };
    }

    public TextInput Insert(string typed)
    {
        var clean = Clean(typed);
        var room = Max - Text.Length;
        if (clean.Length == 0 || room <= 0)
            return this;

        clean = clean.Length > room ? CutAt(clean, room) : clean;
        var text = Text.Insert(Caret, clean);
        return this with { Text = text, Caret = BorderFrom(text, Caret + clean.Length) };
    }

    /// <summary>Edits with one of the editing keys; null when the key is none.</summary>
    public TextInput? Edit(Key key) => key switch
    {
        Key.Backspace => Caret == 0 ? this : Cut(Before(Caret), Caret),
        Key.Delete => Caret == Text.Length ? this : Cut(Caret, After(Caret)),
        Key.Left => this with { Caret = Before(Caret) },
        Key.Right => this with { Caret = After(Caret) },
        Key.Home => this with { Caret = 0 },
        Key.End => this with { Caret = Text.Length },
        Key.CtrlU => this with { Text = "", Caret = 0 },
        Key.CtrlW => Cut(WordStart(), Caret),
        _ => null,
    };

    /// <summary>The part of the text that fits, and the cell of the caret in it; the caret is always in sight.</summary>
    public (string Shown, int Cursor) View(int cells)
    {
        var start = 0;
        var before = Graphemes.CellsOfText(Text.AsSpan(0, Caret));
        while (before >= cells && start < Caret)
        {
            var length = Graphemes.NextLength(Text.AsSpan(start));
            before -= Graphemes.CellsOf(Text.AsSpan(start, length));
            start += length;
        }

        return (Text[start..], before);
    }

    private TextInput Cut(int from, int to) => this with { Text = Text.Remove(from, to - from), Caret = from };

    private int After(int place) => place >= Text.Length ? Text.Length : place + Graphemes.NextLength(Text.AsSpan(place));

    private int Before(int place)
    {
        var at = 0;
        while (at < place)
        {
            var next = After(at);
            if (next >= place)
                return at;
            at = next;
        }

        return 0;
    }

    private int WordStart()
    {
        var at = Caret;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
            at--;
        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
            at--;
        return at;
    }

    private static int BorderFrom(string text, int place)
    {
        var at = 0;
        while (at < place)
            at += Graphemes.NextLength(text.AsSpan(at));
        return at;
    }

    private static string CutAt(string text, int max)
    {
        var end = 0;
        for (var next = 0; next < text.Length && next <= max; next += Graphemes.NextLength(text.AsSpan(next)))
            end = next;
        return text[..end];
    }

    // First line only, without anything a terminal could take for a command.
    private static string Clean(string text)
    {
        if (text.Length == 1 && text[0] is >= ' ' and < '\u007f')
            return text;

        var line = text.AsSpan().TrimStart("\r\n");
        var end = line.IndexOfAny("\r\n\u2028\u2029\u0085");
        var clean = new StringBuilder();
        foreach (var rune in (end < 0 ? line : line[..end]).EnumerateRunes())
        {
            if (rune.Value == '\t')
                clean.Append(' ');
            else if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate) && !IsTurning(rune.Value))
                clean.Append(rune);
        }

        return clean.ToString();
    }

    // Marks that turn the writing direction of everything after them.
    private static bool IsTurning(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
