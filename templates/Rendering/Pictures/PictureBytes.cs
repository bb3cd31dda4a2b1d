using System.Buffers.Binary;
using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Pictures;

/// <summary>A picture whose kind and size were read from its own bytes.</summary>
internal sealed record PictureBytes(byte[] Bytes, string Extension, string ContentType, int Width, int Height)
{
    /// <summary>How the camera was held; programs that print a document do not look into the photo for it.</summary>
    public PictureTurn Turn { get; init; } = PictureTurn.None;

    /// <summary>English metric units per pixel at 96 dots per inch.</summary>
    public const double EmuPerPixel = 9525;

    private const int Largest = 32 << 20;

    /// <summary>The picture a formatter made: one that is asked for, or a code.</summary>
    public static PictureBytes Of(MadeContent content, Func<string, byte[]?>? library) => content switch
    {
        PictureContent picture => Find(picture.Source, library),
        CodeContent code => CodePicture.Make(code),
        _ => throw new PictureException("This value is no picture."),
    };

    /// <summary>Finds the bytes: a data URI, a list of bytes, or a name of the document library.</summary>
    public static PictureBytes Find(Value source, Func<string, byte[]?>? library)
    {
        if (source.Kind == ValueKind.Object)
        {
            foreach (var field in new[] { "data", "src", "url", "image" })
            {
                if (!source[field].IsNullish)
                    return Find(source[field], library);
            }
        }

        if (source.Kind == ValueKind.List)
            return Read([.. source.AsList().Select(item => item.Kind == ValueKind.Number ? (byte)item.AsNumber() : (byte)0)], "the list of bytes");
        if (source.Kind != ValueKind.String)
            throw new PictureException("This is no picture. Give a data URI (data:image/png;base64,…) or the name of a picture of the document library.");
        var text = source.AsString();
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return Read(DataUri(text), "the data URI");
        if (text.Contains("://", StringComparison.Ordinal))
            throw new PictureException($"“{text}” lies outside of the document library. Pictures are never fetched; put the picture into the library and give its name.");
        return Read(library?.Invoke(text) ?? throw new PictureException($"There is no picture “{text}” in the document library."), $"“{text}”");
    }

    public static PictureBytes Read(byte[] bytes, string what)
    {
        if (bytes.Length > Largest)
            throw new PictureException($"{Capital(what)} is larger than 32 MB. Make the picture smaller.");
        return TryRead(bytes) ?? throw new PictureException($"{Capital(what)} is no picture this program knows. Use PNG, JPEG, GIF, BMP or SVG.");
    }

    /// <summary>The picture, or null when the bytes are none this program knows.</summary>
    public static PictureBytes? TryRead(byte[] bytes) =>
        (Png(bytes) ?? Jpeg(bytes) ?? Gif(bytes) ?? Bmp(bytes) ?? Svg(bytes)) is { Width: > 0, Height: > 0 } picture ? picture : null;

    /// <summary>Width and height in EMU: as asked, the missing one by proportion, else the natural size (at most a page's width).</summary>
    public (long Width, long Height) Size(double? width, double? height)
    {
        if (width is { } w && height is { } h)
            return ((long)Math.Round(w), (long)Math.Round(h));
        if (width is { } onlyWidth)
            return ((long)Math.Round(onlyWidth), (long)Math.Round(onlyWidth * Height / Width));
        if (height is { } onlyHeight)
            return ((long)Math.Round(onlyHeight * Width / Height), (long)Math.Round(onlyHeight));
        var natural = Math.Min(Width * EmuPerPixel, 5486400);
        return ((long)natural, (long)Math.Round(natural * Height / Width));
    }

    /// <summary>The largest size of these proportions inside a box.</summary>
    public (long Width, long Height) Fit(long boxWidth, long boxHeight)
    {
        var scale = Math.Min((double)boxWidth / Width, (double)boxHeight / Height);
        return ((long)Math.Round(Width * scale), (long)Math.Round(Height * scale));
    }

    /// <summary>A length such as <c>3cm</c>, <c>20mm</c>, <c>1.5in</c>, <c>72pt</c>, <c>200px</c> in EMU; a bare number counts as pixels.</summary>
    public static double? Length(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var trimmed = text.Trim();
        var end = trimmed.Length;
        while (end > 0 && char.IsLetter(trimmed[end - 1]))
            end--;
        if (!double.TryParse(trimmed.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number <= 0)
            return null;
        return trimmed[end..].ToLowerInvariant() switch
        {
            "cm" => number * 360000,
            "mm" => number * 36000,
            "in" => number * 914400,
            "pt" => number * 12700,
            "px" or "" => number * EmuPerPixel,
            _ => null,
        };
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static byte[] DataUri(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            throw new PictureException("The data URI holds no data.");
        try
        {
            return text[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
                ? Convert.FromBase64String(text[(comma + 1)..])
                : System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(text[(comma + 1)..]));
        }
        catch (FormatException)
        {
            throw new PictureException("The data URI is damaged: its base64 cannot be read.");
        }
    }

    private static PictureBytes? Png(byte[] bytes) => bytes.Length > 24 && bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        ? new PictureBytes(bytes, "png", "image/png", BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)))
        : null;

    private static PictureBytes? Gif(byte[] bytes) => bytes.Length > 10 && bytes.AsSpan().StartsWith("GIF8"u8)
        ? new PictureBytes(bytes, "gif", "image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)))
        : null;

    private static PictureBytes? Bmp(byte[] bytes) => bytes.Length > 26 && bytes.AsSpan().StartsWith("BM"u8)
        ? new PictureBytes(bytes, "bmp", "image/bmp", BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(18)), Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(22))))
        : null;

    private static PictureBytes? Jpeg(byte[] bytes)
    {
        if (bytes is not [0xFF, 0xD8, ..])
            return null;
        var at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new PictureBytes(bytes, "jpeg", "image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 7)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 5))) { Turn = PictureTurn.OfJpeg(bytes) };
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
        }

        return null;
    }

    private static PictureBytes? Svg(byte[] bytes)
    {
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).IndexOf("<svg"u8) < 0)
            return null;
        try
        {
            var tree = Xml.XmlScan.Read(bytes, "picture.svg");
            var box = (tree.Attribute(tree.Root, "viewBox"u8) ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            var width = Length(tree.Attribute(tree.Root, "width"u8)) / EmuPerPixel ?? (box.Length == 4 ? Number(box[2]) : 100);
            var height = Length(tree.Attribute(tree.Root, "height"u8)) / EmuPerPixel ?? (box.Length == 4 ? Number(box[3]) : 100);
            return new PictureBytes(bytes, "svg", "image/svg+xml", (int)Math.Ceiling(width), (int)Math.Ceiling(height));
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 100;
}
