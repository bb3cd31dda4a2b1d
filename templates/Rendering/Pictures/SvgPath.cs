using System.Globalization;

namespace ProductionOffice.Templates.Pictures;

/// <summary>Reads the outline of an SVG path; curves become short lines.</summary>
internal sealed class SvgPath(string data)
{
    private const int Pieces = 16;
    private const int MostPoints = 200_000;

    private readonly List<List<(double X, double Y)>> _outlines = [];
    private int _at;
    private int _count;
    private (double X, double Y) _pen;
    private (double X, double Y) _control;

    public static List<List<(double X, double Y)>> Read(string data)
    {
        var path = new SvgPath(data);
        path.Run();
        return path._outlines;
    }

    public static List<double> Numbers(string text)
    {
        var path = new SvgPath(text);
        var numbers = new List<double>();
        while (path.Number() is { } number)
            numbers.Add(number);
        return numbers;
    }

    private void Run()
    {
        var command = ' ';
        while (_count < MostPoints)
        {
            Skip();
            if (_at >= data.Length)
                return;
            if (char.IsAsciiLetter(data[_at]))
                command = data[_at++];
            else if (command is 'Z' or 'z' or ' ')
                return;
            if (!Step(command))
                return;
            command = command switch { 'M' => 'L', 'm' => 'l', _ => command };
        }
    }

    private bool Step(char command)
    {
        var isRelative = char.IsAsciiLetterLower(command);
        var kind = char.ToUpperInvariant(command);
        if (kind == 'Z')
        {
            if (_outlines.Count > 0 && _outlines[^1].Count > 0)
                _pen = _outlines[^1][0];
            return true;
        }

        if (kind == 'A')
            return Arc(isRelative);
        if (kind is 'H' or 'V')
        {
            if (Number() is not { } length)
                return false;
            Line(kind == 'H' ? ((isRelative ? _pen.X : 0) + length, _pen.Y) : (_pen.X, (isRelative ? _pen.Y : 0) + length));
            return true;
        }

        var count = kind switch { 'M' or 'L' or 'T' => 1, 'S' or 'Q' => 2, 'C' => 3, _ => 0 };
        var points = new (double X, double Y)[count];
        for (var i = 0; i < count; i++)
        {
            if (Number() is not { } x || Number() is not { } y)
                return false;
            points[i] = isRelative ? (_pen.X + x, _pen.Y + y) : (x, y);
        }

        Draw(kind, points);
        return count > 0;
    }

    private void Draw(char kind, (double X, double Y)[] points)
    {
        var mirrored = (2 * _pen.X - _control.X, 2 * _pen.Y - _control.Y);
        switch (kind)
        {
            case 'M':
                _outlines.Add([points[0]]);
                _pen = _control = points[0];
                break;
            case 'L':
                Line(points[0]);
                break;
            case 'C':
                Cubic(points[0], points[1], points[2]);
                break;
            case 'S':
                Cubic(mirrored, points[0], points[1]);
                break;
            case 'Q':
                Quadratic(points[0], points[1]);
                break;
            default:
                Quadratic(mirrored, points[0]);
                break;
        }
    }

    private void Line((double X, double Y) to)
    {
        if (_outlines.Count == 0)
            _outlines.Add([_pen]);
        _outlines[^1].Add(to);
        _count++;
        _pen = _control = to;
    }

    private void Quadratic((double X, double Y) control, (double X, double Y) to)
    {
        var from = _pen;
        Cubic((from.X + (control.X - from.X) * 2 / 3, from.Y + (control.Y - from.Y) * 2 / 3), (to.X + (control.X - to.X) * 2 / 3, to.Y + (control.Y - to.Y) * 2 / 3), to);
        _control = control;
    }

    private void Cubic((double X, double Y) first, (double X, double Y) second, (double X, double Y) to)
    {
        var from = _pen;
        for (var i = 1; i <= Pieces; i++)
        {
            var t = (double)i / Pieces;
            var s = 1 - t;
            Line((s * s * s * from.X + 3 * s * s * t * first.X + 3 * s * t * t * second.X + t * t * t * to.X,
                s * s * s * from.Y + 3 * s * s * t * first.Y + 3 * s * t * t * second.Y + t * t * t * to.Y));
        }

        _control = second;
    }

    private bool Arc(bool isRelative)
    {
        if (Number() is not { } rx || Number() is not { } ry || Number() is not { } turn || Flag() is not { } large || Flag() is not { } sweep || Number() is not { } x || Number() is not { } y)
            return false;
        var to = isRelative ? (X: _pen.X + x, Y: _pen.Y + y) : (X: x, Y: y);
        (rx, ry) = (Math.Abs(rx), Math.Abs(ry));
        if (rx == 0 || ry == 0 || to == _pen)
        {
            Line(to);
            return true;
        }

        var (sin, cos) = Math.SinCos(turn * Math.PI / 180);
        var (dx, dy) = ((_pen.X - to.X) / 2, (_pen.Y - to.Y) / 2);
        var (px, py) = (cos * dx + sin * dy, cos * dy - sin * dx);
        var scale = Math.Max(1, px * px / (rx * rx) + py * py / (ry * ry));
        (rx, ry) = (rx * Math.Sqrt(scale), ry * Math.Sqrt(scale));
        var rest = Math.Max(0, (rx * rx * ry * ry - rx * rx * py * py - ry * ry * px * px) / (rx * rx * py * py + ry * ry * px * px));
        var factor = Math.Sqrt(rest) * (large == sweep ? -1 : 1);
        var (qx, qy) = (factor * rx * py / ry, -factor * ry * px / rx);
        var (cx, cy) = (cos * qx - sin * qy + (_pen.X + to.X) / 2, sin * qx + cos * qy + (_pen.Y + to.Y) / 2);
        var start = Math.Atan2((py - qy) / ry, (px - qx) / rx);
        var span = Math.Atan2((-py - qy) / ry, (-px - qx) / rx) - start;
        if (sweep && span < 0)
            span += 2 * Math.PI;
        else if (!sweep && span > 0)
            span -= 2 * Math.PI;
        for (var i = 1; i <= Pieces * 2; i++)
        {
            var (s, c) = Math.SinCos(start + span * i / (Pieces * 2));
            Line((cx + cos * rx * c - sin * ry * s, cy + sin * rx * c + cos * ry * s));
        }

        return true;
    }

    private bool? Flag()
    {
        Skip();
        return _at < data.Length && data[_at] is '0' or '1' ? data[_at++] == '1' : null;
    }

    private double? Number()
    {
        Skip();
        var start = _at;
        if (_at < data.Length && data[_at] is '+' or '-')
            _at++;
        var dot = false;
        while (_at < data.Length && (char.IsAsciiDigit(data[_at]) || (data[_at] == '.' && !dot)))
            dot |= data[_at++] == '.';
        if (_at + 1 < data.Length && data[_at] is 'e' or 'E' && (char.IsAsciiDigit(data[_at + 1]) || data[_at + 1] is '-' or '+'))
        {
            _at += 2;
            while (_at < data.Length && char.IsAsciiDigit(data[_at]))
                _at++;
        }

        return double.TryParse(data.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private void Skip()
    {
        while (_at < data.Length && (char.IsWhiteSpace(data[_at]) || data[_at] == ','))
            _at++;
    }
}
