using System.Text;
using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Templates.Tests;

/// <summary>A template or data for each warning of the language.</summary>
internal static class ManualWarnings
{
    private const string Relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static IReadOnlyList<TemplateProblem> Of(string code) => code switch
    {
        "W001" => Fill(Docx.OfBody("<w:p><w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>x</w:t></w:r></w:ins></w:p>")),
        "W002" => Fill(Docx.Of("{{Person.name}}")),
        "W003" => Fill(Docx.OfBody("<w:p><w:sdt><w:sdtPr><w:tag w:val=\"persno.name\"/><w:id w:val=\"1\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt></w:p>")),
        "W004" => Fill(Docx.OfBody("<w:p><w:fldSimple w:instr=\" NEXT \"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>")),
        "W005" => TemplateCheck.Check(Docx.Of("{{person.name}}"), "memo.docx", Expressions.Value.ParseJson("""{"person":{"name":"Ana"},"crew":[]}""")),
        "W006" => Fill(Docx.Of("{{url | link: \"here\"}}")),
        "W007" => Fill(WithRelation("header", "header9.xml", "")),
        "W008" => Fill(WithRelation("attachedTemplate", "file:///C:/old/letter.dotx", " TargetMode=\"External\"")),
        "W009" => Fill(Docx.Of("{{note}}")),
        _ => [],
    };

    private static IReadOnlyList<TemplateProblem> Fill(byte[] template)
    {
        var result = Docx.Render(template, "{\"person\":{\"name\":\"Ana\"},\"url\":\"ftp://maps\",\"note\":\"a\\u0001b\"}");
        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        return result.Warnings;
    }

    private static byte[] WithRelation(string kind, string target, string mode)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Docx.Of("x"));
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        using (var stream = zip.CreateEntry("word/_rels/document.xml.rels").Open())
            stream.Write(Encoding.UTF8.GetBytes($"{Relations}<Relationship Id=\"rId9\" Type=\"{Office}/{kind}\" Target=\"{target}\"{mode}/></Relationships>"));
        return bytes.ToArray();
    }
}
