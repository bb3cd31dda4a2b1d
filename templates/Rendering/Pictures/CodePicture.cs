using ProductionOffice.Templates.Values;
using QRCoder;

namespace ProductionOffice.Templates.Pictures;

/// <summary>QR codes and barcodes as PNG.</summary>
internal static class CodePicture
{
    private const int PixelsPerModule = 8;

    public static PictureBytes Make(CodeContent code)
    {
        if (code.Text.Length == 0)
            throw new PictureException("There is nothing to put into the code.");
        return code.Type switch
        {
            "qr" => Qr(code.Text),
            "ean13" => Bars(Barcodes.Ean13(code.Text) ?? throw new PictureException("EAN-13 holds 12 digits, or 13 of which the last one is the right check digit.")),
            "code39" => Bars(Barcodes.Code39(code.Text) ?? throw new PictureException("Code 39 holds only letters without accents, digits, spaces, hyphens and full stops. Use code128 or qr for other text.")),
            _ => Bars(Code128.Modules(code.Text) ?? throw new PictureException("Code 128 holds only letters, digits and signs of the English keyboard. Use qr for other text.")),
        };
    }

    private static PictureBytes Qr(string text)
    {
        try
        {
            using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: !System.Text.Ascii.IsValid(text));
            var size = data.ModuleMatrix.Count;
            var png = PngFile.BlackAndWhite(size * PixelsPerModule, size * PixelsPerModule, (x, y) => data.ModuleMatrix[y / PixelsPerModule][x / PixelsPerModule]);
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
        return PictureBytes.Read(PngFile.BlackAndWhite(width, width / 4, (x, _) => x / 3 - quiet is var module && module >= 0 && module < modules.Length && modules[module]), "the barcode");
    }
}
