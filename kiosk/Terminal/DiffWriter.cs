using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>Turns two screens into the bytes that make one of the other: one write a frame, only changed cells.</summary>
internal sealed class DiffWriter(Theme theme)
{
    private readonly ArrayBufferWriter<byte> _out = new(4096);

    /// <summary>Bytes of a frame; empty when nothing changed. Valid until the next call.</summary>
    /// <param name="before">What the terminal shows; null when unknown: then it is cleared and all is written.</param>
    public ReadOnlySpan<byte> Write(CellBuffer? before, CellBuffer now)
    {
        _out.ResetWrittenCount();
        var known = before is not null && before.Width == now.Width && before.Height == now.Height ? before : null;
        var isEmpty = true;
        if (known is null)
        {
            Begin();
            Add("\e[0m\e[2J"u8);
            isEmpty = false;
        }

        Role? style = null;
        for (var y = 0; y < now.Height; y++)
        {
            var row = now.Row(y);
            var old = known is null ? default : known.Row(y);
            var at = -1;
            for (var x = 0; x < row.Length; x++)
            {
                var cell = row[x];
                if (cell.Text.Length == 0 || (known is not null && !Differs(row, old, x)))
                    continue;
                if (known is null && cell is { Text: " ", Role: Role.Normal })
                    continue;

                if (isEmpty)
                    Begin();
                isEmpty = false;
                if (at != x)
                    MoveTo(x, y);
                if (style != cell.Role)
                {
                    Add("\e["u8);
                    AddText(theme.Style(cell.Role));
                    Add("m"u8);
                    style = cell.Role;
                }

                // After anything but plain ASCII the cursor is addressed again: a terminal may count other cells than we do.
                var plain = cell.Text.Length == 1 && cell.Text[0] < '\u007f';
                AddText(theme.IsAscii ? Shown(cell.Text, row, x) : cell.Text);
                at = plain || theme.IsAscii ? x + (theme.IsAscii && IsWide(row, x) ? 2 : 1) : -1;
            }
        }

        if (isEmpty && known!.Cursor == now.Cursor)
            return default;
        if (isEmpty)
            Begin();
        if (style is not null && style != Role.Normal)
            Add("\e[0m"u8);
        if (now.Cursor is var (cursorX, cursorY))
        {
            MoveTo(cursorX, cursorY);
            Add("\e[?25h"u8);
        }

        Add("\e[?2026l"u8);
        return _out.WrittenSpan;
    }

    // The right half of a wide grapheme counts with its left.
    private static bool Differs(ReadOnlySpan<Cell> row, ReadOnlySpan<Cell> old, int x) =>
        row[x] != old[x] || (x + 1 < row.Length && (row[x + 1].Text.Length == 0) != (old[x + 1].Text.Length == 0));

    private static bool IsWide(ReadOnlySpan<Cell> row, int x) => x + 1 < row.Length && row[x + 1].Text.Length == 0;

    private static string Shown(string text, ReadOnlySpan<Cell> row, int x) => IsWide(row, x) ? "??" : Theme.Plain(text);

    private void Begin() => Add("\e[?2026h\e[?25l"u8);

    private void MoveTo(int x, int y)
    {
        Add("\e["u8);
        AddNumber(y + 1);
        Add(";"u8);
        AddNumber(x + 1);
        Add("H"u8);
    }

    private void AddNumber(int number)
    {
        Utf8Formatter.TryFormat(number, _out.GetSpan(11), out var written);
        _out.Advance(written);
    }

    private void Add(ReadOnlySpan<byte> bytes) => _out.Write(bytes);

    private void AddText(string text)
    {
        var span = _out.GetSpan(text.Length * 3);
        _out.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
