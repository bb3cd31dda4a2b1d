namespace ProductionOffice.Templates.Tests;

public sealed class FuzzTests
{
    [Theory]
    [InlineData("01-values")]
    [InlineData("11-nested-tables")]
    [InlineData("22-content-controls")]
    [InlineData("37-x-row-formulas")]
    [InlineData("39-x-ranges")]
    public void A_template_with_changed_bytes_renders_or_is_refused_in_plain_words(string name)
    {
        var (job, _) = Cases.Read(name);
        var template = job.Template.ToArray();
        var random = new Random(20260314);
        for (var round = 0; round < 150; round++)
        {
            var broken = template.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            if (round % 10 == 0)
                broken = broken[..random.Next(broken.Length)];

            var result = (job with { Template = broken }).Run();

            result.Errors.ShouldAllBe(error => error.Message.Length > 10 && error.Code.Length == 4);
        }
    }

    [Fact]
    public void Broken_markup_of_a_paragraph_is_refused_or_rendered_but_never_fails_otherwise()
    {
        const string body = "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:t>{{#if a}}x{{name}}</w:t></w:r><w:bookmarkStart w:id=\"1\" w:name=\"b\"/></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{/if}}{{#row for c in xs}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var text = body.ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                text[random.Next(text.Length)] = "<>/{}#:\"'= aw"[random.Next(13)];

            var result = Docx.Render(Docx.OfBody(new string(text)), """{"name":"n","a":1,"xs":[1,2]}""");

            result.Errors.ShouldAllBe(error => error.Message.Length > 10);
        }
    }
}
