using System.Buffers.Binary;
using System.IO.Compression;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Values;
using QRCoder;

namespace ProductionOffice.Templates.Pictures;

/// <summary>QR codes and Code 128 barcodes as PNG.</summary>
internal static class CodePicture
{
    private const int PixelsPerModule = 8;

    public static PictureBytes Make(CodeContent code)
    {
        if (code.Text.Length == 0)
            throw new PictureException("There is nothing to put into the code.");
        return code.Type == "qr" ? Qr(code.Text) : Code128.Modules(code.Text) is { } modules ? Bars(modules) : throw new PictureException("Code 128 holds only letters, digits and signs of the English keyboard. Use qr for other text.");
    }

    private static PictureBytes Qr(string text)
    {
        try
        {
            using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: !System.Text.Ascii.IsValid(text));
            var size = data.ModuleMatrix.Count;
            var png = Png(size * PixelsPerModule, size * PixelsPerModule, (x, y) => data.ModuleMatrix[y / PixelsPerModule][x / PixelsPerModule]);
            return PictureBytes.Read(png, "the QR code");
        }
        catch (QRCoder.Exceptions.DataTooLongException)
        {
            throw new PictureException("The text is too long for a QR code (about 2,300 characters).");
        }
    }

    private static PictureBytes Bars(bool[] modules)
    {
        const int quiet = 10;
        var width = (modules.Length + 2 * quiet) * 3;
        return PictureBytes.Read(Png(width, width / 4, (x, _) => x / 3 - quiet is var module && module >= 0 && module < modules.Length && modules[module]), "the barcode");
    }

    /// <summary>A black and white PNG, one bit a pixel.</summary>
    private static byte[] Png(int width, int height, Func<int, int, bool> isBlack)
    {
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (width + 7) / 8];
            for (var y = 0; y < height; y++)
            {
                row.AsSpan().Clear();
                for (var x = 0; x < width; x++)
                {
                    if (!isBlack(x, y))
                        row[1 + x / 8] |= (byte)(0x80 >> (x % 8));
                }

                zlib.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
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
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Append(0, type), data));
        png.Write(number);
    }
}
