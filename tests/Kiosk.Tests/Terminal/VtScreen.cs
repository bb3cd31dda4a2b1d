using System.Globalization;
using System.Text;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Tests.Terminal;

/// <summary>A small terminal: applies bytes to a grid and complains of everything it should not be sent.</summary>
internal sealed class VtScreen(int width, int height)
{
    private readonly (string Text, string Style)[,] _cells = new (string, string)[width, height];
    private string _style = "0";
    private int _x;
    private int _y;

    public bool IsCursorShown { get; private set; }

    public (int X, int Y) Cursor => (_x, _y);

    public int Clears { get; private set; }

    public (string Text, string Style) this[int x, int y] => _cells[x, y].Text is null ? (" ", "0") : _cells[x, y];

    public void Apply(byte[] frame)
    {
        var text = new UTF8Encoding(false, true).GetString(frame);
        text.ShouldStartWith("\e[?2026h");
        text.ShouldEndWith("\e[?2026l");
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == '\e')
            {
                var end = at + 2;
                while (!char.IsAsciiLetter(text[end]))
                    end++;
                Sequence(text[(at + 2)..end], text[end]);
                at = end + 1;
                continue;
            }

            var length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            Print(text.Substring(at, length));
            at += length;
        }
    }

    private void Print(string grapheme)
    {
        var cells = Graphemes.CellsOf(grapheme);
        cells.ShouldBeInRange(1, 2);
        (_x + cells).ShouldBeLessThanOrEqualTo(width, "writes over the right edge");
        if (_cells[_x, _y].Text is "" && _x > 0)
            _cells[_x - 1, _y] = (" ", _cells[_x - 1, _y].Style);
        for (var i = 1; i <= cells && _x + i < width; i++)
        {
            if (_cells[_x + i, _y].Text is "" && i == cells)
                _cells[_x + i, _y] = (" ", _cells[_x + i, _y].Style);
        }

        _cells[_x, _y] = (grapheme, _style);
        if (cells == 2)
            _cells[_x + 1, _y] = ("", _style);
        _x += cells;
    }

    private void Sequence(string parameters, char final)
    {
        switch (final)
        {
            case 'H':
                var place = parameters.Split(';').Select(p => int.Parse(p, CultureInfo.InvariantCulture) - 1).ToArray();
                (_y, _x) = (place[0], place[1]);
                _x.ShouldBeInRange(0, width - 1);
                _y.ShouldBeInRange(0, height - 1);
                break;
            case 'm':
                _style = parameters;
                break;
            case 'J':
                parameters.ShouldBe("2");
                Clears++;
                Array.Clear(_cells);
                break;
            case 'h' or 'l' when parameters == "?25":
                IsCursorShown = final == 'h';
                break;
            case 'h' or 'l' when parameters == "?2026":
                break;
            default:
                throw new InvalidOperationException($"Unknown sequence {parameters}{final}.");
        }
    }
}
