using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ProductionOffice.Templates.Tests;

public sealed class RunCuttingTests
{
    private const string Text = "Dear {{name | upper}}, {{#if rate}}rate {{rate | money}}{{:else}}no rate{{/if}} for {{#for d in days}}{{d}}{{:between}}, {{/for}} {{// note}}and {{“quo”}}.";

    [Fact]
    public void A_paragraph_cut_into_runs_at_any_places_renders_the_same_text()
    {
        var whole = Docx.Lines(Docx.Render(Docx.Of(Text), Data))[0];
        var cuts = Gen.ListOf(Gen.Choose(1, Text.Length - 1)).ToArbitrary();

        Prop.ForAll(cuts, places => Docx.Lines(Docx.Render(Docx.OfBody(Cut(places)), Data))[0] == whole).QuickCheckThrowOnFailure();
    }

    private const string Data = """{"name":"Ana","rate":58.25,"days":["Mon","Tue"]}""";

    private static string Cut(IEnumerable<int> places)
    {
        var body = new StringBuilder("<w:p>");
        var at = 0;
        foreach (var place in places.Distinct().Order().Append(Text.Length))
        {
            body.Append("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">").Append(Docx.Escape(Text[at..place])).Append("</w:t></w:r><w:proofErr w:type=\"spellStart\"/>");
            at = place;
        }

        return body.Append("</w:p>").ToString();
    }
}
