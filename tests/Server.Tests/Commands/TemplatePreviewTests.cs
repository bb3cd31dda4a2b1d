using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ProductionOffice.Server.Commands;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary><c>office template preview</c>, with LibreOffice and without.</summary>
public sealed class TemplatePreviewTests : IDisposable
{
    private static readonly string Memo = Path.Combine(Tools.Root, "templates", "documents", "deal-memo.docx");
    private static readonly string Sample = Path.Combine(Tools.Root, "templates", "documents", "deal-memo.sample.json");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [SofficeFact]
    public async Task A_filled_template_becomes_pages_and_leaves_nothing_else()
    {
        var run = await RunAsync("template", "preview", Memo, "--data", Sample, "--pdf", "out.pdf", "-o", "json");

        run.Code.ShouldBe(0, run.Error);
        run.Json["result"]!.ToString().ShouldBe("ok");
        run.Json["pdf"]!.ToString().ShouldBe("out.pdf");
        (await File.ReadAllBytesAsync(At("out.pdf"))).AsSpan().StartsWith("%PDF-"u8).ShouldBeTrue();
        Names().ShouldBe(["out.pdf", "tmp"]);
        Directory.GetFileSystemEntries(At("tmp")).ShouldBeEmpty();
    }

    [SofficeFact]
    public async Task Pictures_of_the_pages_are_named_as_asked_and_told()
    {
        foreach (var (png, pictures) in new[] { ("pages/memo", (string[])["pages/memo-1.png", "pages/memo-2.png"]), ("first.png", ["first.png"]) })
        {
            var run = await RunAsync("template", "preview", Memo, "--data", Sample, "--pdf", "out.pdf", "--png", png);

            run.Code.ShouldBe(0, run.Error);
            run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["out.pdf", .. pictures]);
            foreach (var name in pictures)
                (await File.ReadAllBytesAsync(At(name))).AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']).ShouldBeTrue(name);
        }
    }

    [SofficeFact]
    public async Task LibreOffice_that_takes_too_long_is_ended_with_all_it_started()
    {
        var run = await RunAsync("template", "preview", Memo, "--data", Sample, "--pdf", "out.pdf", "--timeout", "50ms");

        run.Code.ShouldBe(7);
        run.Error.ShouldContain("--timeout");
        File.Exists(At("out.pdf")).ShouldBeFalse();
        Running().ShouldBeEmpty();
        Directory.GetFileSystemEntries(At("tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Errors_of_the_template_come_before_LibreOffice_is_looked_for()
    {
        await File.WriteAllTextAsync(At("empty.json"), "{}");

        var run = await WithoutProgramsAsync("template", "preview", Memo, "--data", "empty.json", "--pdf", "out.pdf", "-o", "json");

        run.Code.ShouldBe(3);
        run.Json["errors"]![0]!["code"]!.ToString().ShouldBe("T005");
        File.Exists(At("out.pdf")).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_LibreOffice_it_says_what_to_install()
    {
        var run = await WithoutProgramsAsync("template", "preview", Memo, "--data", Sample, "--pdf", "out.pdf");

        run.Code.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("libreoffice-writer");
        run.Error.TrimEnd().ShouldNotContain("\n");
    }

    /// <summary>The field is text to us and a download to a program that may.</summary>
    [SofficeFact]
    public async Task A_document_that_names_a_server_reaches_none()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/a.png";
        await File.WriteAllBytesAsync(At("linked.docx"), Linked(address));

        var pdf = await TemplateConverter.ToPdfAsync(At("linked.docx"), TimeSpan.FromSeconds(60), CancellationToken.None);

        File.Exists(pdf).ShouldBeTrue();
        server.Pending().ShouldBeFalse();
    }

    private static byte[] Linked(string address)
    {
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/></Types>");
            Add("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
            Add("word/_rels/document.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Office}/image\" Target=\"{address}\" TargetMode=\"External\"/><Relationship Id=\"r2\" Type=\"{Office}/settings\" Target=\"settings.xml\"/></Relationships>");
            Add("word/_rels/settings.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Office}/attachedTemplate\" Target=\"{address}\" TargetMode=\"External\"/></Relationships>");
            Add("word/settings.xml", $"<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"{Office}\"><w:attachedTemplate r:id=\"r1\"/></w:settings>");
            Add("word/document.xml", $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"{Office}\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body><w:p><w:r><w:t>linked</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx=\"900000\" cy=\"900000\"/><wp:docPr id=\"1\" name=\"p\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"p\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link=\"r1\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"900000\" cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><w:p><w:fldSimple w:instr=\"INCLUDEPICTURE &quot;{address}&quot; \\d\"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p></w:body></w:document>");

            void Add(string name, string text)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private Task<OfficeRun> RunAsync(params string[] args)
    {
        Directory.CreateDirectory(At("tmp"));
        return OfficeRun.InAsync(_folder.FullName, new Dictionary<string, string> { ["TMPDIR"] = At("tmp") }, args);
    }

    private Task<OfficeRun> WithoutProgramsAsync(params string[] args)
    {
        // The program itself still has to start: only what it looks for is gone.
        Directory.CreateDirectory(At("empty"));
        return OfficeRun.InAsync(_folder.FullName, new Dictionary<string, string> { ["PATH"] = At("empty") }, args);
    }

    /// <summary>Processes that work in the folder of this test.</summary>
    private IEnumerable<string> Running() => Directory.GetDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), out var id) && id != Environment.ProcessId)
        .Select(process =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        })
        .Where(line => line.Contains(At("tmp"), StringComparison.Ordinal));

    private IEnumerable<string> Names() => Directory.GetFileSystemEntries(_folder.FullName).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
