namespace ProductionOffice.Templates.Pictures;

/// <summary>Pixels onto which outlines are filled with smooth edges.</summary>
internal sealed class PixelCanvas(int width, int height)
{
    private const int Lines = 4;

    private readonly byte[] _pixels = new byte[width * height * 4];
    private readonly float[] _cover = new float[width + 1];

    public byte[] ToPng() => PngFile.Colors(width, height, _pixels);

    /// <summary>Fills what lies within the outlines.</summary>
    /// <param name="outlines">Closed lines of points, in pixels.</param>
    /// <param name="evenOdd">Whether what is enclosed twice is outside again.</param>
    /// <param name="color">Red, green, blue.</param>
    /// <param name="opacity">From 0 to 1.</param>
    public void Fill(List<List<(double X, double Y)>> outlines, bool evenOdd, int color, double opacity)
    {
        var edges = Edges(outlines);
        if (edges.Count == 0 || opacity <= 0)
            return;
        var first = Math.Max(0, (int)Math.Floor(edges[0].Top));
        var last = Math.Min(height - 1, (int)Math.Ceiling(edges.Max(edge => edge.Bottom)));
        var active = new List<Edge>();
        var next = 0;
        var crossings = new List<(double X, int Turn)>();
        for (var y = first; y <= last; y++)
        {
            while (next < edges.Count && edges[next].Top < y + 1)
                active.Add(edges[next++]);
            active.RemoveAll(edge => edge.Bottom <= y);
            if (active.Count == 0)
                continue;
            Array.Clear(_cover);
            for (var line = 0; line < Lines; line++)
            {
                var at = y + (line + 0.5) / Lines;
                crossings.Clear();
                foreach (var edge in active)
                {
                    if (edge.Top <= at && at < edge.Bottom)
                        crossings.Add((edge.X + (at - edge.Top) * edge.Slope, edge.Turn));
                }

                Spans(crossings, evenOdd);
            }

            Blend(y, color, opacity);
        }
    }

    private static List<Edge> Edges(List<List<(double X, double Y)>> outlines)
    {
        var edges = new List<Edge>();
        foreach (var outline in outlines)
        {
            for (var i = 0; i < outline.Count; i++)
            {
                var (from, to) = (outline[i], outline[(i + 1) % outline.Count]);
                if (!double.IsFinite(from.X + from.Y + to.X + to.Y) || from.Y == to.Y)
                    continue;
                var (top, bottom) = from.Y < to.Y ? (from, to) : (to, from);
                var slope = (bottom.X - top.X) / (bottom.Y - top.Y);
                edges.Add(new Edge(top.Y, bottom.Y, top.X, slope, from.Y < to.Y ? 1 : -1));
            }
        }

        edges.Sort((a, b) => a.Top.CompareTo(b.Top));
        return edges;
    }

    private void Spans(List<(double X, int Turn)> crossings, bool evenOdd)
    {
        crossings.Sort((a, b) => a.X.CompareTo(b.X));
        var winding = 0;
        for (var i = 0; i + 1 < crossings.Count; i++)
        {
            winding += evenOdd ? 1 : crossings[i].Turn;
            if (evenOdd ? winding % 2 != 0 : winding != 0)
                Cover(crossings[i].X, crossings[i + 1].X);
        }
    }

    private void Cover(double from, double to)
    {
        from = Math.Clamp(from, 0, width);
        to = Math.Clamp(to, 0, width);
        for (var x = (int)from; x < to; x++)
            _cover[x] += (float)(Math.Min(to, x + 1) - Math.Max(from, x)) / Lines;
    }

    private void Blend(int y, int color, double opacity)
    {
        for (var x = 0; x < width; x++)
        {
            var alpha = Math.Min(1, _cover[x]) * opacity;
            if (alpha <= 0)
                continue;
            var at = (y * width + x) * 4;
            var below = _pixels[at + 3] / 255.0 * (1 - alpha);
            var whole = alpha + below;
            for (var channel = 0; channel < 3; channel++)
                _pixels[at + channel] = (byte)Math.Round((((color >> (16 - 8 * channel)) & 0xFF) * alpha + _pixels[at + channel] * below) / whole);
            _pixels[at + 3] = (byte)Math.Round(whole * 255);
        }
    }

    private readonly record struct Edge(double Top, double Bottom, double X, double Slope, int Turn);
}
