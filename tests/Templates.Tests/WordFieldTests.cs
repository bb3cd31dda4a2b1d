using static ProductionOffice.Templates.Tests.WordProbe;

namespace ProductionOffice.Templates.Tests;

/// <summary>Merge fields of Word in every form, and the fields that stay.</summary>
public sealed class WordFieldTests
{
    private const string Data = """{"name":"ana lee","Full Name":"Ana Lee","rate":1058.255,"start":"2026-03-14","union":"492","blank":"","n":null,"crew":[{"who":"Li","kids":[{"k":"x"},{"k":"y"}]},{"who":"Noor","kids":[]}],"city":"Santa Fe"}""";

    private static string Sign(string type) => $"<w:r><w:fldChar w:fldCharType=\"{type}\"/></w:r>";

    private static string Code(string text) => $"<w:r><w:instrText xml:space=\"preserve\">{Docx.Escape(text)}</w:instrText></w:r>";

    private static string Complex(params string[] code) => Sign("begin") + string.Concat(code.Select(part => part.StartsWith('<') ? part : Code(part))) + Sign("separate") + Run("«x»") + Sign("end");

    private static string Simple(string code) => $"<w:fldSimple w:instr=\"{Docx.Escape(code).Replace("\"", "&quot;", StringComparison.Ordinal)}\">{Run("«x»")}</w:fldSimple>";

    [Theory]
    [InlineData(" MERGEFIELD name \\* Upper ", "ANA LEE")]
    [InlineData(" MERGEFIELD name \\*Caps \\* MERGEFORMAT ", "Ana Lee")]
    [InlineData(" MERGEFIELD name \\* FirstCap", "Ana lee")]
    [InlineData(" MERGEFIELD Full_Name \\* Lower", "ana lee")]
    [InlineData(" MERGEFIELD \"Full Name\" \\m \\* Upper", "ANA LEE")]
    [InlineData(" MERGEFIELD rate \\# \"$#,##0.00\"", "$1,058.26")]
    [InlineData(" MERGEFIELD rate \\#0", "1058")]
    [InlineData(" MERGEFIELD start \\@ \"dddd, d MMMM yyyy\"", "Saturday, 14 March 2026")]
    [InlineData(" MERGEFIELD city \\b \"in \" \\f \"!\"", "in Santa Fe!")]
    [InlineData(" MERGEFIELD blank \\b \"in \" \\f \"!\"", "")]
    [InlineData(" MERGEFIELD n \\b \"in \" \\f \"!\"", "")]
    [InlineData(" mergefield name ", "ana lee")]
    public void Merge_field_prints(string code, string printed)
    {
        Show(P(Complex(code)), Data).ShouldBe(printed);
        Show(P(Simple(code)), Data).ShouldBe(printed);
        Show(P($"<w:fldSimple w:instr=\"{Docx.Escape(code).Replace("\"", "&quot;", StringComparison.Ordinal)}\"/>"), Data).ShouldBe(printed);
        Show(P("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText xml:space=\"preserve\">" + Docx.Escape(code) + "</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>x</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>"), Data).ShouldBe(printed);
    }

    [Theory]
    [InlineData("= \"4*\"", "yes")]
    [InlineData("= \"49?\"", "yes")]
    [InlineData("<> \"492\"", "no")]
    [InlineData("> 5", "yes")]
    [InlineData("<= 491", "no")]
    [InlineData(">= 492", "yes")]
    public void If_field_chooses(string comparison, string printed) =>
        Show(P(Complex(" IF ", Complex(" MERGEFIELD union "), $" {comparison} \"yes\" \"no\" ")), Data).ShouldBe(printed);

    [Fact]
    public void If_fields_may_hold_merge_fields_and_other_if_fields()
    {
        Show(P(Complex(" IF ", Complex(" MERGEFIELD blank "), " = \"\" \"For ", Complex(" MERGEFIELD name \\* Upper "), "\" \"no\" ")), Data).ShouldBe("For ANA LEE");
        Show(P(Complex(" IF ", Complex(" MERGEFIELD union "), " = 1 \"one\" \"", Complex(" IF ", Complex(" MERGEFIELD city "), " = \"Santa*\" \"there\" \"here\" "), "\"")), Data).ShouldBe("there");
    }

    [Fact]
    public void The_format_of_the_result_is_the_format_of_the_value_and_bookmarks_stay()
    {
        var field = Sign("begin") + Code(" MERGEFIELD name ") + "<w:bookmarkStart w:id=\"1\" w:name=\"b\"/>" + Sign("separate") + Run("«x»", "<w:b/>") + "<w:bookmarkEnd w:id=\"1\"/>" + Sign("end");

        var xml = Open(Docx.OfBody(P(field)), Data).Markup("word/document.xml");

        xml.ShouldContain("<w:b/></w:rPr><w:t xml:space=\"preserve\">ana lee");
        xml.ShouldContain("bookmarkStart");
        xml.ShouldContain("bookmarkEnd");
    }

    [Fact]
    public void Tables_of_a_mail_merge_repeat_paragraphs_rows_and_one_another()
    {
        Show(P(Simple("MERGEFIELD TableStart:crew")) + P(Simple("MERGEFIELD who")) + P(Simple("MERGEFIELD TableEnd:crew")), Data).ShouldBe("Li|Noor");
        Show(P(Simple("MERGEFIELD TableStart:crew"), Simple("MERGEFIELD who"), ": ", Simple("MERGEFIELD TableStart:kids"), Simple("MERGEFIELD k"), Simple("MERGEFIELD TableEnd:kids"), ";", Simple("MERGEFIELD TableEnd:crew")), Data).ShouldBe("Li: xy;Noor: ;");
        Show(Table(2, Row(Cell(Simple("MERGEFIELD TableStart:crew"), Simple("MERGEFIELD who")), Cell(Simple("MERGEFIELD city"), Simple("MERGEFIELD TableEnd:crew")))) + P(""), Data).ShouldBe("[Li,Santa Fe / Noor,Santa Fe]|");
    }

    [Theory]
    [InlineData("NEXT")]
    [InlineData("ASK who \"Who?\"")]
    [InlineData("FILLIN \"Who?\"")]
    public void Fields_that_ask_or_step_are_told(string code)
    {
        Docx.Render(Docx.OfBody(P(Complex($" {code} "))), Data).Warnings.ShouldHaveSingleItem().Code.ShouldBe("W004");
        Docx.Render(Docx.OfBody(P(Simple($" {code} "))), Data).Warnings.ShouldHaveSingleItem().Code.ShouldBe("W004");
    }

    [Theory]
    [InlineData("PAGE")]
    [InlineData("NUMPAGES \\* Arabic")]
    [InlineData("TOC \\o \"1-3\"")]
    [InlineData("DATE \\@ \"d MMM\"")]
    public void Other_fields_stay(string code)
    {
        var document = Open(Docx.OfBody(P("{{name}} ", Complex($" {code} ")) + P(Simple(code))), Data);

        Found(document, "<w:instrText[^>]*>([^<]+)<").ShouldBe([Docx.Escape($" {code} ")]);
        Found(document, "<w:(fldSimple)").Count.ShouldBe(1);
    }

    [Fact]
    public void A_merge_field_in_the_result_of_another_field_is_filled()
    {
        var link = Sign("begin") + Code(" HYPERLINK \"https://h.org/%7B%7Bcity%7D%7D\" ") + Sign("separate") + Complex(" MERGEFIELD name ") + Sign("end");

        var document = Open(Docx.OfBody(P(link)), Data);

        Found(document, "HYPERLINK &quot;([^&]+)").ShouldBe(["https://h.org/Santa%20Fe"]);
        Show(P(link), Data).ShouldBe("ana lee");
    }

    [Fact]
    public void A_merge_field_that_is_not_in_the_data_is_an_error() =>
        Docx.Render(Docx.OfBody(P(Simple(" MERGEFIELD nam "))), Data).Errors.ShouldHaveSingleItem().Code.ShouldBe("T005");

    [Fact]
    public void The_data_source_of_the_mail_merge_goes()
    {
        var template = With(Docx.OfBody(P(Simple("MERGEFIELD name"))), ("rId1", "settings", "settings.xml", $"<w:settings {W}><w:mailMerge><w:mainDocumentType w:val=\"formLetters\"/><w:dataType w:val=\"native\"/></w:mailMerge><w:proofState w:spelling=\"clean\"/><w:zoom w:percent=\"100\"/></w:settings>"));

        Open(template, Data).Markup("word/settings.xml").ShouldBe($"<w:settings {W}><w:zoom w:percent=\"100\"/></w:settings>");
    }
}
