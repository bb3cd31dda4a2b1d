using ProductionOffice.Templates.Pictures;

namespace ProductionOffice.Templates.Package;

/// <summary>A picture as a part of the document refers to it. An SVG comes with pixels drawn from it, which programs that know no SVG show in its stead.</summary>
/// <param name="Shown">Relationship of what every program can show.</param>
/// <param name="Svg">Relationship of the SVG, or null.</param>
internal readonly record struct EmbeddedPicture(string Shown, string? Svg)
{
    /// <summary>The drawing's element for it.</summary>
    public string Blip => Svg is null
        ? $"<a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{Shown}\"/>"
        : $"<a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{Shown}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{Svg}\"/></a:ext></a:extLst></a:blip>";

    /// <summary>Stores the picture in the document and gives it relationships.</summary>
    public static EmbeddedPicture Add(PictureBytes picture, RenderedPackage package, RelationshipSet relations, string folder, string? seenFrom = null)
    {
        var own = Relation(picture);
        return picture.Extension == "svg" ? new EmbeddedPicture(Relation(PictureBytes.Read(package.Fallback(picture), "the replacement picture")), own) : new EmbeddedPicture(own, null);

        string Relation(PictureBytes stored)
        {
            var part = package.AddPicture(stored, folder);
            return relations.Add("image", seenFrom is null ? "/" + part : RelationshipSet.Relative(seenFrom, part), isExternal: false);
        }
    }
}
