using System.Globalization;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Pictures;

/// <summary>The size of a picture on the page, and what a drawing must say so that it stands upright.</summary>
/// <param name="Width">Of the picture as it is stored, in English metric units.</param>
/// <param name="Height">Of the picture as it is stored.</param>
/// <param name="Turn">How it is turned then.</param>
internal sealed record PictureFrame(long Width, long Height, PictureTurn Turn)
{
    /// <summary>As asked for, the missing side by proportion, else the natural size.</summary>
    public static PictureFrame Sized(PictureBytes picture, double? width, double? height) => Of(picture, Upright(picture).Size(width, height));

    /// <summary>The largest size of its proportions inside a box.</summary>
    public static PictureFrame Fitted(PictureBytes picture, long boxWidth, long boxHeight) => Of(picture, Upright(picture).Fit(boxWidth, boxHeight));

    /// <summary>The room it takes, as it is seen.</summary>
    public (long Width, long Height) Seen => Turn.IsSideways ? (Height, Width) : (Width, Height);

    /// <summary>Attributes of <c>a:xfrm</c>.</summary>
    public string Transform => (Turn.Quarters == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" rot=\"{Turn.Quarters * 5400000}\"")) + (Turn.IsMirrored ? " flipH=\"1\"" : "");

    /// <summary>A picture that lies on its side reaches beyond its own frame on two sides.</summary>
    public string Effect
    {
        get
        {
            if (!Turn.IsSideways)
                return "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>";
            var (side, top) = (Math.Max(0, (Height - Width) / 2), Math.Max(0, (Width - Height) / 2));
            return string.Create(CultureInfo.InvariantCulture, $"<wp:effectExtent l=\"{side}\" t=\"{top}\" r=\"{side}\" b=\"{top}\"/>");
        }
    }

    /// <summary>A start tag with <c>cx</c> and <c>cy</c> of the frame.</summary>
    public byte[] Size(ReadOnlySpan<byte> tag) =>
        XmlText.WithAttribute(XmlText.WithAttribute(tag, "cx"u8, Width.ToString(CultureInfo.InvariantCulture)), "cy"u8, Height.ToString(CultureInfo.InvariantCulture));

    private static PictureBytes Upright(PictureBytes picture) => picture.Turn.IsSideways ? picture with { Width = picture.Height, Height = picture.Width } : picture;

    private static PictureFrame Of(PictureBytes picture, (long Width, long Height) upright) =>
        picture.Turn.IsSideways ? new PictureFrame(upright.Height, upright.Width, picture.Turn) : new PictureFrame(upright.Width, upright.Height, picture.Turn);
}
