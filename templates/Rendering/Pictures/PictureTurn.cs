using System.Buffers.Binary;

namespace ProductionOffice.Templates.Pictures;

/// <summary>How a photo must be turned to stand upright: mirrored first, then turned clockwise.</summary>
/// <param name="Quarters">Quarter turns clockwise, 0 to 3.</param>
/// <param name="IsMirrored">Whether left and right are exchanged.</param>
internal sealed record PictureTurn(int Quarters, bool IsMirrored)
{
    public static readonly PictureTurn None = new(0, false);

    /// <summary>By the number a camera writes into its photos (EXIF orientation), from 1.</summary>
    private static readonly PictureTurn[] ByOrientation = [None, new(0, true), new(2, false), new(2, true), new(3, true), new(1, false), new(1, true), new(3, false)];

    /// <summary>Whether width and height change places.</summary>
    public bool IsSideways => Quarters % 2 == 1;

    public static PictureTurn OfJpeg(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 4 < jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] is >= 0xC0 and not 0xDA;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (jpeg[at + 1] == 0xE1 && length > 14 && at + 2 + length <= jpeg.Length && jpeg[(at + 4)..].StartsWith("Exif\0\0"u8))
                return Orientation(jpeg.Slice(at + 10, length - 8)) is >= 1 and <= 8 and var number ? ByOrientation[number - 1] : None;
            at += 2 + length;
        }

        return None;
    }

    private static int Orientation(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || Number(tiff, 4, 4) is not (var directory and >= 8) || directory + 2 > tiff.Length)
            return 1;
        var entries = Number(tiff, directory, 2);
        for (var i = 0; i < entries && directory + 2 + (i + 1) * 12 <= tiff.Length; i++)
        {
            if (Number(tiff, directory + 2 + i * 12, 2) == 0x0112)
                return Number(tiff, directory + 10 + i * 12, 2);
        }

        return 1;

        int Number(ReadOnlySpan<byte> bytes, int at, int size) => size == 2
            ? isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..])
            : isLittle ? BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
    }
}
