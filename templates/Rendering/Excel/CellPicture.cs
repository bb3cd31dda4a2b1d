using ProductionOffice.Templates.Pictures;

namespace ProductionOffice.Templates.Excel;

/// <summary>A picture that a tag put over a cell.</summary>
/// <param name="Column">1-based column of the finished sheet.</param>
/// <param name="Row">1-based row of the finished sheet.</param>
/// <param name="Picture">Its bytes.</param>
/// <param name="Frame">Its size, and how it stands.</param>
/// <param name="Description">Alternative text.</param>
internal sealed record CellPicture(int Column, int Row, PictureBytes Picture, PictureFrame Frame, string Description);
