using System.Text;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>One cell: a grapheme and what it means. The right half of a wide one is empty.</summary>
internal readonly record struct Cell(string Text, Role Role);

/// <summary>A screen of cells.</summary>
internal sealed class CellBuffer(int width, int height)
{
    private readonly Cell[] _cells = new Cell[width * height];

    public int Width => width;

    public int Height => height;

    /// <summary>Where the cursor stands; null hides it.</summary>
    public (int X, int Y)? Cursor { get; set; }

    public Cell this[int x, int y] => _cells[y * width + x];

    public ReadOnlySpan<Cell> Row(int y) => _cells.AsSpan(y * width, width);

    public void Clear(Role role)
    {
        _cells.AsSpan().Fill(new Cell(" ", role));
        Cursor = null;
    }

    public void Fill(int x, int y, int cells, Role role, string text = " ")
    {
        for (var i = Math.Max(0, x); i < Math.Min(width, x + cells); i++)
            Put(i, y, text, role);
    }

    /// <summary>Writes one line; what goes over <paramref name="cells"/> or the edge is cut.</summary>
    /// <returns>The column after the text.</returns>
    public int Write(int x, int y, int cells, string text, Role role)
    {
        if (y < 0 || y >= height || x < 0)
            return x;

        var end = Math.Min(width, x + cells);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = Graphemes.NextLength(rest);
            var grapheme = rest[..length];
            rest = rest[length..];
            var wide = Graphemes.CellsOf(grapheme);
            if (x + wide > end)
                break;
            if (wide == 0)
                continue;
            Put(x, y, Ascii.Of(grapheme), role);
            if (wide == 2)
            {
                Put(x + 1, y, " ", role);
                _cells[y * width + x] = new Cell(Ascii.Of(grapheme), role);
                _cells[y * width + x + 1] = new Cell("", role);
            }

            x += wide;
        }

        return x;
    }

    /// <summary>The screen as text, rows without blanks at their end.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        for (var y = 0; y < height; y++)
        {
            var line = new StringBuilder();
            foreach (var cell in Row(y))
                line.Append(cell.Text);
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private void Put(int x, int y, string text, Role role)
    {
        if (y < 0 || y >= height)
            return;

        var at = y * width + x;

        // Half of a wide grapheme cannot stay.
        if (_cells[at].Text is { Length: 0 } && x > 0)
            _cells[at - 1] = new Cell(" ", _cells[at - 1].Role);
        if (x + 1 < width && _cells[at + 1].Text is { Length: 0 })
            _cells[at + 1] = new Cell(" ", _cells[at + 1].Role);
        _cells[at] = new Cell(text, role);
    }
}
