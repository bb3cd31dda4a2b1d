using System.Text;
using FsCheck;
using FsCheck.Fluent;
using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

public sealed class RunCuttingTests
{
    private const string Data = """{"name":"Ana","rate":58.25,"days":["Mon","Tue"],"on":true,"none":[],"rows":[{"n":1},{"n":2}]}""";

    /// <summary>Every kind of tag that can stand within one paragraph.</summary>
    private static readonly string[] Texts =
    [
        "Dear {{name | upper}}, {{#if rate}}rate {{rate | money}}{{:else}}no rate{{/if}} for {{#for d in days}}{{d}}{{:between}}, {{/for}} {{// note}}and {{“quo”}}.",
        "{{#let m = rate * 2}}{{? gone}}{{#for x in none}}{{x}}{{:empty}}nobody{{/for}} {{m – 1}} {{\"}}\"}} {{#if on}}{{#if none}}a{{:else if on}}b{{/}}{{/}}",
        "{{#for d, i in days}}{{i}}{{loop.number}}{{#if loop.last}}.{{:else}}; {{/if}}{{/for}}{{name | map: { Ana: 'A' }}} & <{{rate ≥ 5 ? ‘x’ : ‘y’}}>",
        "{{#para for d in days}}{{d}} {{name}}",
        "{{#if none}}gone{{/if}}",
        "{{#pagebreak if on}}",
    ];

    /// <summary>What Word strews between runs, and what it puts around them; the last two are pairs.</summary>
    private static readonly string[] Marks = ["", "<w:proofErr w:type=\"spellStart\"/>", "<w:bookmarkStart w:id=\"{0}\" w:name=\"m{0}\"/><w:bookmarkEnd w:id=\"{0}\"/>", "<w:permStart w:id=\"{0}\" w:edGrp=\"everyone\"/><w:permEnd w:id=\"{0}\"/>", "<w:r><w:lastRenderedPageBreak/></w:r>"];

    private static readonly (string Start, string End)[] Containers =
    [
        ("", ""), ("<w:smartTag w:uri=\"u\" w:element=\"e\">", "</w:smartTag>"), ("<w:hyperlink w:anchor=\"a\">", "</w:hyperlink>"), ("<w:ins w:id=\"900\" w:author=\"a\">", "</w:ins>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), ("<w:fldSimple w:instr=\" QUOTE \">", "</w:fldSimple>"), ("<w:bdo w:val=\"ltr\">", "</w:bdo>"), ("<w:customXml w:element=\"e\">", "</w:customXml>"),
    ];

    [Fact]
    public void A_paragraph_cut_into_runs_at_any_places_renders_the_same_text()
    {
        var pieces =
            from text in Gen.Elements(Texts)
            from places in Gen.ListOf(Gen.Choose(1, text.Length - 1))
            from marks in Gen.ArrayOf(Gen.Choose(0, Marks.Length - 1), places.Count + 1)
            from containers in Gen.ArrayOf(Gen.Choose(0, Containers.Length - 1), places.Count + 1)
            select (text, Cut(text, places, marks, containers));

        Prop.ForAll(pieces.ToArbitrary(), piece =>
        {
            var whole = Docx.Render(Docx.Of(piece.text, "end"), Data);
            var cut = Docx.Render(Docx.OfBody(piece.Item2 + P("end")), Data);
            Invariants.Hold(new ReadPackage(cut.Document!));
            return Docx.Lines(cut).SequenceEqual(Docx.Lines(whole));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_section_over_paragraphs_or_cells_does_not_mind_how_its_tags_are_cut()
    {
        string[] tags = ["{{#for r in rows}}", "{{r.n}} of {{rows.length}}", "{{/for}}"];
        var cuts =
            from places in Gen.ArrayOf(Gen.Choose(1, 12), 3)
            from marks in Gen.ArrayOf(Gen.Choose(0, Marks.Length - 1), 6)
            from containers in Gen.ArrayOf(Gen.Choose(0, Containers.Length - 1), 6)
            select tags.Select((tag, i) => Cut(tag, [Math.Min(places[i], tag.Length - 1)], [.. marks.Skip(i * 2).Take(2)], [.. containers.Skip(i * 2).Take(2)], i * 10)).ToArray();

        Prop.ForAll(cuts.ToArbitrary(), paragraphs =>
            Printed(string.Concat(paragraphs)) == "1 of 2|2 of 2"
            && Printed(Table(1, [.. paragraphs.Select(paragraph => $"<w:tr><w:tc><w:tcPr/>{paragraph}</w:tc></w:tr>")]) + P("")) == "[1 of 2 / 2 of 2]|").QuickCheckThrowOnFailure();
    }

    private static string Printed(string body)
    {
        var document = new ReadPackage(Docx.Render(Docx.OfBody(body), Data).Document!);
        Invariants.Hold(document);
        return Show(ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!));
    }

    private static string Cut(string text, IEnumerable<int> places, int[] marks, int[] containers, int firstId = 0)
    {
        var body = new StringBuilder("<w:p>");
        var at = 0;
        var piece = 0;
        foreach (var place in places.Distinct().Order().Append(text.Length))
        {
            var (start, end) = Containers[containers[piece]];
            body.Append(start).Append("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">").Append(Docx.Escape(text[at..place])).Append("</w:t></w:r>").Append(end);
            body.Append(Marks[marks[piece]].Replace("{0}", (100 + firstId + piece).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
            at = place;
            piece++;
        }

        return body.Append("</w:p>").ToString();
    }
}
