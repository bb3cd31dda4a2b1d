using System.Globalization;
using System.Numerics;
using System.Text;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Pictures;

/// <summary>The picture that programs show which know no SVG: its shapes and colours as pixels. Text, pictures within, patterns and filters are left out; a picture of which nothing can be drawn is a frame.</summary>
internal sealed class SvgRaster
{
    private const int LongSide = 1000;
    private const int MostShapes = 5000;

    private readonly XmlTree _tree;
    private readonly PixelCanvas _canvas;
    private readonly Matrix3x2 _toPixels;
    private readonly Dictionary<string, string> _classes = [];
    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<string, int> _painted = [];
    private int _shapes;

    private SvgRaster(XmlTree tree, PixelCanvas canvas, Matrix3x2 toPixels)
    {
        _tree = tree;
        _canvas = canvas;
        _toPixels = toPixels;
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree[node].Kind == XmlKind.Element && tree.Attribute(node, "id"u8) is { } id)
                _ids.TryAdd(id, node);
            if (NameOf(node) == "style")
                ReadClasses(tree.Text(node));
        }
    }

    /// <summary>A PNG of the picture, at most 1,000 pixels at its longer side.</summary>
    public static byte[] ToPng(PictureBytes svg)
    {
        var scale = (double)LongSide / Math.Max(svg.Width, svg.Height);
        var (width, height) = (Math.Max(1, (int)Math.Round(svg.Width * scale)), Math.Max(1, (int)Math.Round(svg.Height * scale)));
        var canvas = new PixelCanvas(width, height);
        var tree = XmlScan.Read(svg.Bytes, "picture.svg");
        var box = SvgPath.Numbers(tree.Attribute(tree.Root, "viewBox"u8) ?? "");
        var toPixels = Matrix3x2.CreateScale((float)scale);
        if (box.Count == 4 && box[2] > 0 && box[3] > 0)
        {
            var fit = Math.Min(width / box[2], height / box[3]);
            toPixels = Matrix3x2.CreateTranslation((float)-box[0], (float)-box[1]) * Matrix3x2.CreateScale((float)fit)
                * Matrix3x2.CreateTranslation((float)((width - box[2] * fit) / 2), (float)((height - box[3] * fit) / 2));
        }

        if (new SvgRaster(tree, canvas, toPixels).Draw() == 0)
            Frame(canvas, width, height);
        return canvas.ToPng();
    }

    private static void Frame(PixelCanvas canvas, int width, int height)
    {
        var line = Math.Max(2, Math.Min(width, height) / 60.0);
        canvas.Fill([Box(0, 0, width, height)], evenOdd: true, 0xF2F2F2, 1);
        canvas.Fill([Box(0, 0, width, height), Box(line, line, width - 2 * line, height - 2 * line)], evenOdd: true, 0x7F7F7F, 1);
        canvas.Fill([[(0, 0), (line, 0), (width, height), (width - line, height)]], evenOdd: false, 0x7F7F7F, 1);
        canvas.Fill([[(width, 0), (width - line, 0), (0, height), (line, height)]], evenOdd: false, 0x7F7F7F, 1);
    }

    private static List<(double X, double Y)> Box(double x, double y, double width, double height) => [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];

    private int Draw()
    {
        for (var node = 0; node < _tree.Count && _shapes < MostShapes; node++)
        {
            if (_tree[node].Kind == XmlKind.Element && !IsHidden(node) && Outlines(node) is { Count: > 0 } outlines)
                Draw(node, outlines);
        }

        return _shapes;
    }

    private void Draw(int node, List<List<(double X, double Y)>> outlines)
    {
        var matrix = Transform(node);
        var moved = outlines.ConvertAll(outline => outline.ConvertAll(point => Moved(matrix, point)));
        var opacity = Opacity(node);
        var isLine = NameOf(node) == "line";
        if (!isLine && Color(Inherited(node, "fill") ?? "black", node) is { } fill)
        {
            _canvas.Fill(moved, Inherited(node, "fill-rule") == "evenodd", fill, opacity * Fraction(Inherited(node, "fill-opacity")));
            _shapes++;
        }

        if (Color(Inherited(node, "stroke") ?? "none", node) is { } stroke)
        {
            var width = Length(Inherited(node, "stroke-width"), 1) * Math.Sqrt(Math.Abs(matrix.GetDeterminant()));
            _canvas.Fill(Stroke(moved, Math.Max(1, width) / 2, IsClosed(node)), evenOdd: false, stroke, opacity * Fraction(Inherited(node, "stroke-opacity")));
            _shapes++;
        }
    }

    private bool IsClosed(int node) => NameOf(node) switch
    {
        "line" or "polyline" => false,
        "path" => (_tree.Attribute(node, "d"u8) ?? "").TrimEnd().EndsWith("z", StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    /// <summary>A line as an area: a bar for each piece and a disc at each joint, all turning the same way.</summary>
    private static List<List<(double X, double Y)>> Stroke(List<List<(double X, double Y)>> outlines, double half, bool isClosed)
    {
        var areas = new List<List<(double X, double Y)>>();
        foreach (var outline in outlines)
        {
            for (var i = 0; i + (isClosed ? 0 : 1) < outline.Count; i++)
            {
                var (from, to) = (outline[i], outline[(i + 1) % outline.Count]);
                var length = Math.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y));
                if (length > 0)
                {
                    var (x, y) = ((to.Y - from.Y) / length * half, (from.X - to.X) / length * half);
                    areas.Add([(from.X + x, from.Y + y), (to.X + x, to.Y + y), (to.X - x, to.Y - y), (from.X - x, from.Y - y)]);
                }

                if (i > 0 || isClosed)
                    areas.Add([.. Enumerable.Range(0, 12).Select(k => Math.SinCos(k * Math.PI / 6)).Select(turn => (from.X + half * turn.Cos, from.Y + half * turn.Sin))]);
            }
        }

        return areas;
    }

    private List<List<(double X, double Y)>>? Outlines(int node)
    {
        double Of(string name) => Length(Attribute(node, name), 0);
        switch (NameOf(node))
        {
            case "path":
                return SvgPath.Read(_tree.Attribute(node, "d"u8) ?? "");
            case "rect" when Of("rx") <= 0 && Of("ry") <= 0:
                return [Box(Of("x"), Of("y"), Of("width"), Of("height"))];
            case "rect":
                var (rx, ry) = (Of("rx") > 0 ? Of("rx") : Of("ry"), Of("ry") > 0 ? Of("ry") : Of("rx"));
                var (width, height) = (Of("width") - 2 * rx, Of("height") - 2 * ry);
                return SvgPath.Read(string.Create(CultureInfo.InvariantCulture, $"M{Of("x") + rx} {Of("y")}h{width}a{rx} {ry} 0 0 1 {rx} {ry}v{height}a{rx} {ry} 0 0 1 {-rx} {ry}h{-width}a{rx} {ry} 0 0 1 {-rx} {-ry}v{-height}a{rx} {ry} 0 0 1 {rx} {-ry}z"));
            case "circle":
                return [Ellipse(Of("cx"), Of("cy"), Of("r"), Of("r"))];
            case "ellipse":
                return [Ellipse(Of("cx"), Of("cy"), Of("rx"), Of("ry"))];
            case "line":
                return [[(Of("x1"), Of("y1")), (Of("x2"), Of("y2"))]];
            case "polygon" or "polyline":
                var numbers = SvgPath.Numbers(_tree.Attribute(node, "points"u8) ?? "");
                return [[.. Enumerable.Range(0, numbers.Count / 2).Select(i => (numbers[2 * i], numbers[2 * i + 1]))]];
            default:
                return null;
        }
    }

    private static List<(double X, double Y)> Ellipse(double x, double y, double rx, double ry) =>
        [.. Enumerable.Range(0, 64).Select(i => Math.SinCos(i * Math.PI / 32)).Select(turn => (x + rx * turn.Cos, y + ry * turn.Sin))];

    private static (double X, double Y) Moved(Matrix3x2 matrix, (double X, double Y) point) =>
        (point.X * matrix.M11 + point.Y * matrix.M21 + matrix.M31, point.X * matrix.M12 + point.Y * matrix.M22 + matrix.M32);

    private bool IsHidden(int node)
    {
        for (var at = node; at != XmlTree.None; at = _tree.Parent(at))
        {
            if (NameOf(at) is "defs" or "clipPath" or "mask" or "pattern" or "symbol" or "marker" || Own(at, "display") == "none")
                return true;
        }

        return Inherited(node, "visibility") is "hidden" or "collapse";
    }

    private Matrix3x2 Transform(int node)
    {
        var matrix = Matrix3x2.Identity;
        for (var at = node; at != XmlTree.None; at = _tree.Parent(at))
        {
            if (_tree.Attribute(at, "transform"u8) is { } text)
                matrix *= Read(text);
        }

        return matrix * _toPixels;
    }

    private static Matrix3x2 Read(string text)
    {
        var matrix = Matrix3x2.Identity;
        foreach (var part in text.Split(')', StringSplitOptions.RemoveEmptyEntries))
        {
            var open = part.IndexOf('(', StringComparison.Ordinal);
            if (open < 0)
                break;
            var n = SvgPath.Numbers(part[(open + 1)..]).ConvertAll(number => (float)number);
            Matrix3x2? own = (part[..open].Trim(' ', ','), n.Count) switch
            {
                ("translate", >= 1) => Matrix3x2.CreateTranslation(n[0], n.Count > 1 ? n[1] : 0),
                ("scale", >= 1) => Matrix3x2.CreateScale(n[0], n.Count > 1 ? n[1] : n[0]),
                ("rotate", >= 3) => Matrix3x2.CreateRotation(n[0] * MathF.PI / 180, new Vector2(n[1], n[2])),
                ("rotate", >= 1) => Matrix3x2.CreateRotation(n[0] * MathF.PI / 180),
                ("skewX", >= 1) => Matrix3x2.CreateSkew(n[0] * MathF.PI / 180, 0),
                ("skewY", >= 1) => Matrix3x2.CreateSkew(0, n[0] * MathF.PI / 180),
                ("matrix", >= 6) => new Matrix3x2(n[0], n[1], n[2], n[3], n[4], n[5]),
                _ => null,
            };
            if (own is { } known)
                matrix = known * matrix;
        }

        return matrix;
    }

    private double Opacity(int node)
    {
        var opacity = 1.0;
        for (var at = node; at != XmlTree.None; at = _tree.Parent(at))
            opacity *= Fraction(Own(at, "opacity"));
        return opacity;
    }

    private string? Inherited(int node, string name)
    {
        for (var at = node; at != XmlTree.None; at = _tree.Parent(at))
        {
            if (Own(at, name) is { } own && own != "inherit")
                return own;
        }

        return null;
    }

    private string? Own(int node, string name)
    {
        if (_tree[node].Kind != XmlKind.Element)
            return null;
        if (_tree.Attribute(node, "style"u8) is { } style && Declared(style, name) is { } declared)
            return declared;
        foreach (var own in (_tree.Attribute(node, "class"u8) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (_classes.TryGetValue(own, out var rules) && Declared(rules, name) is { } ruled)
                return ruled;
        }

        return Attribute(node, name);
    }

    private string? Attribute(int node, string name) => _tree.Attribute(node, Encoding.UTF8.GetBytes(name))?.Trim();

    private static string? Declared(string style, string name)
    {
        foreach (var declaration in style.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && declaration.AsSpan(0, colon).Trim().SequenceEqual(name))
                return declaration[(colon + 1)..].Trim();
        }

        return null;
    }

    private void ReadClasses(string sheet)
    {
        foreach (var rule in sheet.Split('}'))
        {
            var open = rule.IndexOf('{', StringComparison.Ordinal);
            foreach (var selector in open < 0 ? [] : rule[..open].Split(','))
            {
                var name = selector.Trim();
                if (name.StartsWith('.'))
                    _classes[name[1..]] = _classes.GetValueOrDefault(name[1..]) + rule[(open + 1)..] + ";";
            }
        }
    }

    /// <summary>A colour, or null for none; of a gradient its first colour.</summary>
    private int? Color(string text, int node)
    {
        if (text.StartsWith("url(", StringComparison.Ordinal))
            return Gradient(text.Split('#', ')').ElementAtOrDefault(1)?.Trim('"', '\'') ?? "");
        if (text == "currentColor")
            text = Inherited(node, "color") is { } own && own != "currentColor" ? own : "black";
        return SvgColors.Read(text);
    }

    private int? Gradient(string id)
    {
        if (_painted.TryGetValue(id, out var known))
            return known;
        var node = _ids.GetValueOrDefault(id, XmlTree.None);
        for (var inner = node + 1; node != XmlTree.None && inner < _tree.Count && _tree[inner].Start < _tree[node].End; inner++)
        {
            if (NameOf(inner) == "stop" && SvgColors.Read(Own(inner, "stop-color") ?? "black") is { } color)
                return _painted[id] = color;
        }

        var other = node == XmlTree.None ? null : Attribute(node, "xlink:href") ?? Attribute(node, "href");
        return other is ['#', ..] && other[1..] != id && _painted.TryAdd(id, 0x7F7F7F) ? _painted[id] = Gradient(other[1..]) ?? 0x7F7F7F : null;
    }

    private static double Fraction(string? text) => text is null ? 1
        : double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(text.EndsWith('%') ? number / 100 : number, 0, 1) : 1;

    private static double Length(string? text, double otherwise) => text is not null && SvgPath.Numbers(text) is [var number, ..] ? number : otherwise;

    private string NameOf(int node)
    {
        if (_tree[node].Kind != XmlKind.Element)
            return "";
        var tag = _tree.StartTag(node)[1..];
        var name = Encoding.UTF8.GetString(tag[..tag.IndexOfAny(NameEnds)]);
        return name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static readonly System.Buffers.SearchValues<byte> NameEnds = System.Buffers.SearchValues.Create(" \t\r\n/>"u8);
}
