using System.Collections.Immutable;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>Puts a scene into cells. With <see cref="ITerminal"/> the only thing another toolkit replaces.</summary>
internal static class ScenePainter
{
    public static void Paint(Scene scene, CellBuffer cells)
    {
        cells.Clear(scene.Backdrop);
        foreach (var part in scene.Parts)
            Paint(part, cells);
    }

    private static void Paint(Part part, CellBuffer cells)
    {
        switch (part)
        {
            case Header header:
                Head(header, cells);
                break;
            case Rule rule:
                cells.Fill(0, rule.Y, rule.Width, Role.Dim, "─");
                break;
            case Label label:
                cells.Write(label.X, label.Y, label.Width, Graphemes.Clip(label.Text, label.Width), label.Role);
                break;
            case TextField field:
                Field(field, cells);
                break;
            case Choice choice:
                Options(choice.X, choice.Y, choice.Options.Select((o, i) => ($"({(i == choice.Selected ? "•" : " ")}) {o}", i == choice.Selected)), choice.Selected, choice.HasFocus, cells);
                break;
            case Checks checks:
                Options(checks.X, checks.Y, checks.Options.Select(o => ($"[{(o.On ? "x" : " ")}] {o.Text}", o.On)), checks.Cursor, checks.HasFocus, cells);
                break;
            case PickList list:
                Box(list.X, list.Y, list.Width, list.Rows.Length + 2, Role.Dim, cells);
                for (var i = 0; i < list.Rows.Length; i++)
                    TableRow(list.Rows[i], list.Columns, list.X + 3, list.Y + 1 + i, list.Width - 5, i == list.Cursor, cells);
                break;
            case Table table:
                Rows(table, cells);
                break;
            case Dialog dialog:
                Ask(dialog, cells);
                break;
            case Scroller scroller:
                Scroll(scroller, cells);
                break;
            case Toast toast:
                cells.Fill(toast.X, toast.Y, toast.Width, toast.Role);
                cells.Write(toast.X + 1, toast.Y, toast.Width - 2, Graphemes.Clip(toast.Text, toast.Width - 2), toast.Role);
                break;
            case StatusBar bar:
                Keys(bar, cells);
                break;
            default:
                throw new InvalidOperationException($"No painter for {part.GetType().Name}.");
        }
    }

    private static void Head(Header header, CellBuffer cells)
    {
        var link = header.Width - 1 - Graphemes.CellsOfText(header.Link);
        var clock = link - 2 - Graphemes.CellsOfText(header.Clock);
        cells.Write(1, 0, clock - 2, Graphemes.Clip(header.Place, clock - 2), Role.Title);
        cells.Write(clock, 0, header.Width, header.Clock, Role.Normal);
        cells.Write(link, 0, header.Width, header.Link, header.LinkRole);
    }

    private static void Field(TextField field, CellBuffer cells)
    {
        var (shown, cursor) = field.Input.View(field.Width);
        var role = field.HasFocus ? Role.Focus : Role.Field;
        cells.Fill(field.X, field.Y, field.Width, field.HasFocus ? Role.Focus : Role.Dim, "_");
        cells.Write(field.X, field.Y, field.Width, shown, role);
        if (field.HasFocus)
            cells.Cursor = (Math.Min(field.X + cursor, cells.Width - 1), field.Y);
    }

    private static void Options(int x, int y, IEnumerable<(string Text, bool On)> options, int cursor, bool hasFocus, CellBuffer cells)
    {
        var i = 0;
        foreach (var (text, on) in options)
        {
            var isHere = hasFocus && i == cursor;
            if (isHere)
                cells.Cursor = (x + 1, y);
            x = cells.Write(x, y, cells.Width - x, text, isHere ? Role.Focus : on ? Role.Normal : Role.Dim) + 2;
            i++;
        }
    }

    private static void Rows(Table table, CellBuffer cells)
    {
        var y = table.Y;
        if (table.Columns.Any(c => c.Title.Length > 0))
            TableRow(new Row([.. table.Columns.Select(c => c.Title)], Role.Dim), table.Columns, table.X, y++, table.Width, false, cells);

        var room = table.Height;
        var first = Math.Max(0, Math.Min(table.Cursor - room + 2, table.Rows.Length - room));
        var more = table.Rows.Length - first - room;
        for (var i = 0; i < Math.Min(room, table.Rows.Length - first); i++)
        {
            if (more > 0 && i == room - 1)
                cells.Write(table.X, y + i, table.Width, Words.Format($"… {more + 1} more"), Role.Dim);
            else
                TableRow(table.Rows[first + i], table.Columns, table.X, y + i, table.Width, table.HasFocus && first + i == table.Cursor, cells);
        }
    }

    private static void TableRow(Row row, ImmutableArray<Column> columns, int x, int y, int width, bool isCursor, CellBuffer cells)
    {
        var role = isCursor ? Role.Selected : row.Role;
        var rest = width - columns.Sum(c => c.Cells) - (columns.Length - 1);
        if (isCursor)
        {
            cells.Fill(x, y, width, role);
            cells.Write(x - 2, y, 1, "▸", Role.Title);
        }

        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i].Cells == 0 ? rest : columns[i].Cells;
            cells.Write(x, y, column, Graphemes.Clip(row.Cells[i], column), role);
            x += column + 1;
        }
    }

    private static void Box(int x, int y, int width, int height, Role role, CellBuffer cells)
    {
        for (var row = y; row < y + height; row++)
            cells.Fill(x, row, width, Role.Normal);
        cells.Fill(x + 1, y, width - 2, role, "─");
        cells.Fill(x + 1, y + height - 1, width - 2, role, "─");
        for (var row = y + 1; row < y + height - 1; row++)
        {
            cells.Write(x, row, 1, "│", role);
            cells.Write(x + width - 1, row, 1, "│", role);
        }

        cells.Write(x, y, 1, "┌", role);
        cells.Write(x + width - 1, y, 1, "┐", role);
        cells.Write(x, y + height - 1, 1, "└", role);
        cells.Write(x + width - 1, y + height - 1, 1, "┘", role);
    }

    private static void Ask(Dialog dialog, CellBuffer cells)
    {
        Box(dialog.X, dialog.Y, dialog.Width, dialog.Lines.Length + 4, dialog.Role, cells);
        cells.Write(dialog.X + 2, dialog.Y, dialog.Width - 4, " " + dialog.Title + " ", dialog.Role);
        for (var i = 0; i < dialog.Lines.Length; i++)
            cells.Write(dialog.X + 3, dialog.Y + 2 + i, dialog.Width - 6, Graphemes.Clip(dialog.Lines[i], dialog.Width - 6), Role.Normal);
        cells.Cursor = null;
    }

    private static void Scroll(Scroller scroller, CellBuffer cells)
    {
        var shown = scroller.Lines.Skip(scroller.First).Take(scroller.Height).ToArray();
        for (var i = 0; i < shown.Length; i++)
            cells.Write(scroller.X, scroller.Y + i, scroller.Width, Graphemes.Clip(shown[i], scroller.Width), Role.Normal);
        if (scroller.First + scroller.Height < scroller.Lines.Length)
            cells.Write(scroller.X + scroller.Width - 12, scroller.Y + scroller.Height - 1, 12, "▾ more below", Role.Dim);
    }

    private static void Keys(StatusBar bar, CellBuffer cells)
    {
        var x = 1;
        foreach (var (key, label) in bar.Keys)
        {
            x = cells.Write(x, bar.Y, bar.Width - x, key, Role.Key) + 1;
            x = cells.Write(x, bar.Y, bar.Width - x, label, Role.Normal) + 2;
        }
    }
}
