namespace ProductionOffice.Templates.Tests;

/// <summary>Every error says where it stands, in words of the person who has to find it.</summary>
public sealed class ErrorTextPlaceTests
{
    [Theory]
    [InlineData("24-text-box", "text box 1, paragraph 1, column 6")]
    [InlineData("25-footnotes", "footnote 1, paragraph 1, column 12")]
    [InlineData("26-images", "paragraph 2, alternative text of the picture, column 1")]
    [InlineData("28-links", "paragraph 1, link address, column 29")]
    [InlineData("35-properties", "document properties, title, column 11")]
    [InlineData("47-x-header-comment", "sheet “Sheet”, page header")]
    [InlineData("47-x-header-comment", "sheet “Sheet”, comment at A1")]
    [InlineData("33-merged-cells-docx", "table 1, row 1, cell 1, column 1")]
    public void A_missing_name_says_where_it_stands(string name, string place)
    {
        var (job, _) = Cases.Read(name);

        var errors = (job with { Data = "{}"u8.ToArray() }).Run().Errors;

        errors.Select(error => error.Place).ShouldContain(place);
        errors.ShouldAllBe(error => error.Part != null && error.Paragraph != null && error.Column != null && error.Tag != null && error.File != null);
    }
}
