using System.IO.Compression;
using System.Text;
using ProductionOffice.Server.Board.Documents;

namespace ProductionOffice.Server.Tests.Board;

public sealed class WordTextTests
{
    private const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    [Fact]
    public void Headings_paragraphs_and_tables_come_in_reading_order_without_deleted_words()
    {
        var blocks = Read("""
            <w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Deal memo</w:t></w:r></w:p>
            <w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Rate</w:t></w:r><w:del><w:r><w:t>40</w:t></w:r></w:del><w:r><w:t> 43</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            """);

        blocks[0].ShouldBeOfType<WordParagraph>().Level.ShouldBe(1);
        blocks[1].ShouldBeOfType<WordParagraph>().Runs.ShouldBe([new WordRun("Rate", true), new WordRun(" 43", false)]);
        blocks[2].ShouldBeOfType<WordTable>().Rows[0][0].Span.ShouldBe(2);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document " + W + "><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>")]
    [InlineData("<w:document")]
    public void A_hostile_or_broken_file_shows_nothing(string xml) => WordText.Read(File(xml)).ShouldBeEmpty();

    [Fact]
    public void What_is_no_word_file_shows_nothing() => WordText.Read(new MemoryStream("hello"u8.ToArray())).ShouldBeEmpty();

    private static IReadOnlyList<WordBlock> Read(string body) => WordText.Read(File($"<w:document {W}><w:body>{body}</w:body></w:document>"));

    private static MemoryStream File(string document)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "word/document.xml", document);
            Add(zip, "word/styles.xml", $"<w:styles {W}><w:style w:styleId=\"H1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>");
        }

        stream.Position = 0;
        return stream;
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
