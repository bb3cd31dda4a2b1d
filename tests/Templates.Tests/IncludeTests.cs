namespace ProductionOffice.Templates.Tests;

public sealed class IncludeTests
{
    [Fact]
    public void An_included_template_is_filled_with_the_current_data_or_a_part_of_it()
    {
        var rider = Docx.Of("Rider for {{name}}", "Signed");
        var memo = Docx.Of("Memo", "{{#include \"rider.docx\" with person}}", "{{#include \"rider.docx\"}}", "End");

        var result = Docx.Render(memo, """{"name":"Ana","person":{"name":"Li"}}""", library: name => name == "rider.docx" ? rider : null);

        Docx.Lines(result).ShouldBe(["Memo", "Rider for Li", "Signed", "Rider for Ana", "Signed", "End"]);
    }

    [Fact]
    public void A_template_that_includes_itself_is_refused()
    {
        var memo = Docx.Of("{{#include \"memo.docx\"}}");

        var result = Docx.Render(memo, "{}", library: _ => memo);

        result.Errors.ShouldContain(error => error.Code == "T013");
    }

    [Fact]
    public void A_missing_include_is_named() =>
        Docx.Render(Docx.Of("{{#include \"gone.docx\"}}"), "{}").Errors.ShouldHaveSingleItem().Code.ShouldBe("T013");
}
