using System.IO.Compression;
using System.Text;

namespace ProductionOffice.Templates.Tests;

/// <summary>Hostile and broken files beyond those of the conformance folder, each with its code.</summary>
public sealed class BadDocumentFormTests
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string WordMain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    private static readonly Dictionary<string, (string Code, Func<byte[]> File)> Forms = new()
    {
        ["zip64 directory"] = ("ok", () => RawZip.Write(Memo(), zip64: true)),
        ["data descriptors"] = ("ok", () => RawZip.Write(Memo().Select(entry => entry with { HasDescriptor = true }))),
        ["stored parts"] = ("ok", () => RawZip.Write(Memo().Select(entry => entry with { Method = 0 }))),
        ["comment"] = ("ok", () => RawZip.Write(Memo(), comment: "made by hand"u8.ToArray())),
        ["folder entry"] = ("ok", () => RawZip.Write([new RawEntry("word/", ""), .. Memo()])),
        ["unknown part"] = ("ok", () => RawZip.Write([.. Memo(), new RawEntry("word/dоcument.xml", "<a/>")])),
        ["UTF-16"] = ("ok", () => Part("word/document.xml", text => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))])),
        ["UTF-16 the other way round"] = ("ok", () => Part("word/document.xml", text => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text.Replace("UTF-8", "utf-16", StringComparison.Ordinal))])),
        ["byte-order mark"] = ("ok", () => Part("word/document.xml", text => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)])),
        ["processing instruction"] = ("ok", () => Text("word/document.xml", "<w:body>", "<?mso application=\"x\"?><w:body>")),
        ["embedded object"] = ("ok", () => RawZip.Write([.. Memo(), new RawEntry("word/embeddings/oleObject1.bin", Compound("Workbook"))])),
        ["a million attributes"] = ("ok", () => Text("word/document.xml", "<w:body>", "<w:body " + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"a{i * 7919L % 1000003:x}=\"{i:x}\" ")) + ">")),

        ["nothing but an end"] = ("D006", () => RawZip.Write([])),
        ["no relationships"] = ("D006", () => RawZip.Write(Memo().Where(entry => entry.Name != "_rels/.rels"))),
        ["end cut off"] = ("D003", () => RawZip.Write(Memo())[..^1]),
        ["zip64 end far away"] = ("D003", () => Patched(RawZip.Write(Memo(), zip64: true), 22 + 20 - 8, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])),
        ["zip64 size beyond all"] = ("D004", () => One(entry => entry with { Size = uint.MaxValue, Extra = [1, 0, 8, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] })),
        ["directory longer than it says"] = ("D003", () => Patched(RawZip.Write(Memo()), 22 - 8, [2, 0, 2, 0])),
        ["second end in the comment"] = ("D003", () => RawZip.Write(Memo(), comment: [0x50, 0x4b, 5, 6, .. new byte[18]])),
        ["doubled part"] = ("D003", () => RawZip.Write([.. Memo(), Memo()[2]])),
        ["doubled part in other case"] = ("D003", () => RawZip.Write([.. Memo(), Memo()[2] with { Name = "WORD/Document.XML" }])),
        ["other name in front of the bytes"] = ("D003", () => One(entry => entry with { LocalName = "word/document.xmx" })),
        ["unknown compression"] = ("D003", () => One(entry => entry with { Method = 12 })),
        ["stored with another size"] = ("D003", () => One(entry => entry with { Method = 0, Size = entry.Content.Length - 1 })),
        ["wrong checksum"] = ("D003", () => One(entry => entry with { Crc = 1 })),
        ["declares less than it holds"] = ("D003", () => One(entry => entry with { Size = 10 })),
        ["spoiled stream"] = ("D003", () => One(entry => entry with { PackedBytes = [0xFF, 0xFF, 0xFF] })),
        ["lies outside of the file"] = ("D003", () => One(entry => entry with { Offset = 0xFFFFFF0 })),
        ["encrypted entry"] = ("D002", () => One(entry => entry with { Flags = 1 })),
        ["masked headers"] = ("D002", () => One(entry => entry with { Flags = 1 << 13 })),
        ["more parts than a document has"] = ("D004", () => RawZip.Write([.. Memo(), .. Enumerable.Range(0, 10_000).Select(i => new RawEntry($"x/{i}.bin", "") { Method = 0 })])),
        ["picture that unpacks to a gigabyte"] = ("D004", () => RawZip.Write([.. Memo(), new RawEntry("word/media/a.png", "") { PackedBytes = Zeros(1 << 30), Size = 500_000 }])),
        ["attribute of 600 MB"] = ("D004", () => RawZip.Write([.. Memo(), new RawEntry("word/x.xml", "") { PackedBytes = Zeros(600 << 20), Size = 600 << 20 }])),
        ["a part of 17 MB"] = ("D004", () => RawZip.Write([.. Memo(), new RawEntry("word/x.xml", "<a>" + string.Concat(Enumerable.Range(0, 2_200_000).Select(i => $"{i * 7919L % 1000003:x8}")) + "</a>")])),
        ["two parts of 9 MB"] = ("D004", () => RawZip.Write([.. Memo(), .. new[] { "a", "b" }.Select(name => new RawEntry($"word/{name}.xml", "<a>" + string.Concat(Enumerable.Range(0, 1_180_000).Select(i => $"{i * 7919L % 1000003:x8}")) + "</a>"))])),
        ["more tags than anybody writes"] = ("D004", () => Text("word/document.xml", "{{name}}", string.Concat(Enumerable.Range(0, 50_001).Select(i => $"{{{{n{i * 7919 % 65_521:x}}}}} ")))),
        ["something before the file"] = ("D001", () => RawZip.Write(Memo(), before: "#!/bin/sh\n"u8.ToArray())),
        ["RTF"] = ("D001", () => "{\\rtf1\\ansi {{name}}}"u8.ToArray()),
        ["HTML"] = ("D001", () => "<html><body>{{name}}</body></html>"u8.ToArray()),
        ["OpenDocument"] = ("D007", () => RawZip.Write([new RawEntry("mimetype", "application/vnd.oasis.opendocument.text") { Method = 0 }, new RawEntry("content.xml", "<a/>")])),
        ["old Word file"] = ("D007", () => Compound("WordDocument")),
        ["password"] = ("D002", () => Compound("EncryptedPackage")),

        ["backslash"] = ("D008", () => Named("word\\..\\..\\a.xml")),
        ["absolute"] = ("D008", () => Named("/etc/passwd")),
        ["drive"] = ("D008", () => Named("C:/a.xml")),
        ["NUL in a name"] = ("D008", () => Named("word/a\0.xml")),
        ["dots"] = ("D008", () => Named("word/../../a.xml")),
        ["dots in disguise"] = ("D008", () => Named("word/%2e%2e/%2e%2e/a.xml")),
        ["link"] = ("D008", () => RawZip.Write([.. Memo(), new RawEntry("word/media/a.png", "/etc/passwd") { UnixMode = 0xA1FF }])),

        ["entities in custom properties"] = ("D005", () => RawZip.Write([.. Memo(), new RawEntry("docProps/custom.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")])),
        ["entities in a chart"] = ("D005", () => RawZip.Write([.. Memo(), new RawEntry("word/charts/chart1.xml", "<?xml version=\"1.0\"?>\n<!-- x --><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")])),
        ["entities in UTF-16"] = ("D005", () => RawZip.Write([.. Memo(), new RawEntry("word/comments.xml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<!DOCTYPE a><a/>")])])),
        ["entities in an old drawing"] = ("D005", () => RawZip.Write([.. Memo(), new RawEntry("word/drawings/vmlDrawing1.vml", "<!DOCTYPE a [<!ENTITY b \"c\">]><xml/>")])),
        ["entities under another extension"] = ("D005", () => RawZip.Write([.. Types("<Override PartName=\"/word/a.foo\" ContentType=\"application/x+xml\"/>"), new RawEntry("word/a.foo", "<!DOCTYPE a><a/>")])),
        ["deep nesting in the footnotes"] = ("D004", () => RawZip.Write([.. Memo(), new RawEntry("word/footnotes.xml", Deep(100_000))])),
        ["deep nesting in the relationships"] = ("D004", () => RawZip.Write([.. Memo(), new RawEntry("word/_rels/document.xml.rels", Deep(300))])),
        ["unknown entity"] = ("D010", () => Text("word/document.xml", "{{name}}", "{{name}}&nbsp;")),
        ["character that XML forbids"] = ("D010", () => Text("word/document.xml", "{{name}}", "{{name}}&#2;")),
        ["control character"] = ("D010", () => Text("word/document.xml", "{{name}}", "{{name}}\u0002")),
        ["broken UTF-8"] = ("D010", () => Part("word/document.xml", text => Encoding.Latin1.GetBytes(text.Replace("{{name}}", "é{{name}}", StringComparison.Ordinal)))),
        ["attribute twice"] = ("D010", () => Text("word/document.xml", "<w:t ", "<w:t xml:space=\"preserve\" ")),
        ["prefix that is not declared"] = ("D010", () => Text("word/document.xml", "<w:body>", "<w:body><zz:a/>")),
        ["two roots"] = ("D010", () => Text("word/document.xml", "</w:document>", "</w:document><a/>")),
        ["declaration in the middle"] = ("D010", () => Text("word/document.xml", "<w:body>", "<?xml version=\"1.0\"?><w:body>")),
        ["encoding that offices do not use"] = ("D010", () => Text("word/document.xml", "encoding=\"UTF-8\"", "encoding=\"IBM037\"")),
        ["broken relationships"] = ("D010", () => RawZip.Write([.. Memo(), new RawEntry("word/_rels/document.xml.rels", "<Relationships")])),

        ["workbook"] = ("D007", () => Xlsx.Of(("A1", "{{name}}"))),
        ["presentation"] = ("D007", () => RawZip.Write(Types("").Select(entry => entry.Name == "[Content_Types].xml" ? new RawEntry(entry.Name, entry.Text.Replace("wordprocessingml.document", "presentationml.presentation", StringComparison.Ordinal)) : entry))),
        ["macro project under another name"] = ("D007", () => RawZip.Write([.. Memo(), new RawEntry("word/media/image1.bin", Compound("_VBA_PROJECT"))])),
        ["macro project by its relationship"] = ("D007", () => RawZip.Write([.. Memo(), new RawEntry("word/x.bin", "x"), new RawEntry("word/_rels/document.xml.rels", Repacked.Relations(("r1", "vbaProject", "x.bin", false)))])),
        ["macro project by its content type"] = ("D007", () => RawZip.Write([.. Types("<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>"), new RawEntry("word/x.bin", "x")])),
        ["macro template"] = ("D007", () => RawZip.Write(Types("").Select(entry => entry.Name == "[Content_Types].xml" ? new RawEntry(entry.Name, entry.Text.Replace(WordMain, "application/vnd.ms-word.template.macroEnabledTemplate.main+xml", StringComparison.Ordinal)) : entry))),
        ["document that is no XML"] = ("D007", () => RawZip.Write(Memo().Select(entry => entry.Name switch
        {
            "word/document.xml" => entry with { Name = "word/document.bin" },
            "_rels/.rels" => new RawEntry(entry.Name, entry.Text.Replace("document.xml", "document.bin", StringComparison.Ordinal)),
            _ => entry,
        }))),
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Broken_form_is_answered_with_its_code_in_little_time_and_memory(string name)
    {
        var (code, make) = Forms[name];
        var job = new RenderJob { Name = "memo.docx", Template = make(), Data = "{\"name\":\"Ana\"}"u8.ToArray() };
        var clock = ThreadClock.Start();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = job.Run();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(256L << 20);
        clock.Used.TotalSeconds.ShouldBeLessThan(5);
        (result.Errors is [var first, ..] ? first.Code : "ok").ShouldBe(code, RenderJob.ToJson(result));
        result.Errors.ShouldAllBe(error => error.File == "memo.docx" && error.Message.Length > 20);
        if (code == "ok")
            Docx.Lines(result).ShouldContain("Ana");
    }

    [Theory]
    [InlineData("image")]
    [InlineData("attachedTemplate")]
    [InlineData("oleObject")]
    [InlineData("subDocument")]
    [InlineData("aFChunk")]
    [InlineData("frame")]
    [InlineData("video")]
    public void Outside_reference_of_any_kind_is_left_out(string kind)
    {
        var result = Docx.Render(RawZip.Write([.. Memo(), new RawEntry("word/_rels/document.xml.rels", Repacked.Relations(("r1", kind, "http://127.0.0.1:9/x", true)))]), "{\"name\":\"Ana\"}");

        result.IsOk.ShouldBeTrue();
        result.Warnings.Select(warning => warning.Code).ShouldBe(["W008"]);
        new ReadPackage(result.Document!).Markup("word/_rels/document.xml.rels").ShouldNotContain("127.0.0.1");
    }

    private static List<RawEntry> Memo() => RawZip.Read(Docx.Of("{{name}}"));

    private static byte[] One(Func<RawEntry, RawEntry> change) => RawZip.Write(Memo().Select(entry => entry.Name == "word/document.xml" ? change(entry) : entry));

    private static byte[] Part(string name, Func<string, byte[]> change) => RawZip.Write(Memo().Select(entry => entry.Name == name ? new RawEntry(name, change(entry.Text)) : entry));

    private static byte[] Text(string name, string from, string to) => Part(name, text => Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));

    private static byte[] Named(string name) => RawZip.Write([.. Memo(), new RawEntry(name, "<a/>")]);

    private static List<RawEntry> Types(string more) => [.. Memo().Select(entry => entry.Name == "[Content_Types].xml" ? new RawEntry(entry.Name, entry.Text.Replace("</Types>", more + "</Types>", StringComparison.Ordinal)) : entry)];

    private static string Deep(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

    private static byte[] Compound(string stream) => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[1000], .. Encoding.Unicode.GetBytes(stream), .. new byte[1000]];

    private static byte[] Patched(byte[] file, int fromEnd, byte[] bytes) => [.. file[..^fromEnd], .. bytes, .. file[^(fromEnd - bytes.Length)..]];

    private static byte[] Zeros(int count)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var piece = new byte[1 << 20];
            for (var left = count; left > 0; left -= piece.Length)
                deflate.Write(piece);
        }

        return packed.ToArray();
    }
}
