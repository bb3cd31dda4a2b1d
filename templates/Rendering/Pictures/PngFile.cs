using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ProductionOffice.Templates.Pictures;

/// <summary>Writes PNG files.</summary>
internal static class PngFile
{
    private const byte Gray = 0;
    private const byte ColorWithAlpha = 6;

    /// <summary>Black and white, one bit a pixel.</summary>
    public static byte[] BlackAndWhite(int width, int height, Func<int, int, bool> isBlack) => Write(width, height, 1, Gray, (width + 7) / 8, (y, row) =>
    {
        for (var x = 0; x < width; x++)
        {
            if (!isBlack(x, y))
                row[x / 8] |= (byte)(0x80 >> (x % 8));
        }
    });

    /// <summary>Red, green, blue and opacity of every pixel, row by row.</summary>
    public static byte[] Colors(int width, int height, byte[] pixels) => Write(width, height, 8, ColorWithAlpha, width * 4, (y, row) => pixels.AsSpan(y * width * 4, width * 4).CopyTo(row));

    private delegate void FillRow(int y, Span<byte> row);

    private static byte[] Write(int width, int height, byte depth, byte color, int rowLength, FillRow fill)
    {
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + rowLength];
            for (var y = 0; y < height; y++)
            {
                row.AsSpan().Clear();
                fill(y, row.AsSpan(1));
                zlib.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = depth;
        header[9] = color;
        var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, rows.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
