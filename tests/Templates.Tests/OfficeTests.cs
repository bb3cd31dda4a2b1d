using System.Diagnostics;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

/// <summary>Finished documents as other programs see them.</summary>
public sealed class OfficeTests
{
    public static TheoryData<string> Names => [.. Finished()];

    /// <summary>TEMPLATE_OUTPUT keeps documents and pages, to be looked at.</summary>
    [SofficeFact]
    public async Task Finished_documents_open_in_LibreOffice()
    {
        var kept = Environment.GetEnvironmentVariable("TEMPLATE_OUTPUT");
        var folder = kept ?? Directory.CreateTempSubdirectory("office").FullName;
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (var name in Finished())
        {
            var result = Cases.Read(name).Job.Run();
            files.Add(Path.Combine(folder, name + result.Extension));
            await File.WriteAllBytesAsync(files[^1], result.Document!);
        }

        var profile = Directory.CreateTempSubdirectory("profile").FullName;
        using var soffice = Process.Start(new ProcessStartInfo("soffice", [$"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (soffice.StandardOutput.ReadToEndAsync(), soffice.StandardError.ReadToEndAsync());
        await soffice.WaitForExitAsync();

        soffice.ExitCode.ShouldBe(0, await output + await error);
        files.ShouldAllBe(file => Pages(Path.ChangeExtension(file, ".pdf")) >= 1);
        Directory.Delete(profile, recursive: true);
        if (kept is null)
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>What the validator says of the template it may say of the document; anything else we did.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Validator_of_the_Open_XML_SDK_finds_nothing_new_in_a_finished_document(string name)
    {
        var (job, _) = Cases.Read(name);
        var known = Findings(job.Template.ToArray(), job.Name).Select(finding => finding.Kind).ToHashSet();

        var found = Findings(job.Run().Document!, job.Name);

        found.Where(finding => !known.Contains(finding.Kind)).Select(finding => finding.Text).ShouldBeEmpty();
    }

    private static List<string> Finished() => [.. Directory.GetDirectories(Cases.Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal).Where(name => Cases.Read(name).Expect.GetProperty("result").GetString() == "ok")];

    private static List<(string Kind, string Text)> Findings(byte[] document, string name)
    {
        using var stream = new MemoryStream();
        stream.Write(document);
        using OpenXmlPackage package = name.EndsWith("docx", StringComparison.Ordinal) ? WordprocessingDocument.Open(stream, false) : SpreadsheetDocument.Open(stream, false);
        var findings = new List<(string, string)>();
        foreach (ValidationErrorInfo error in new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(package))
            findings.Add(($"{error.Id} {error.Part?.GetType().Name} {error.Node?.LocalName}", $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
        return findings;
    }

    /// <summary>Page objects of a PDF as LibreOffice writes it.</summary>
    private static int Pages(string pdf)
    {
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(pdf));
        return System.Text.RegularExpressions.Regex.Count(text, @"/Type\s*/Page\b(?!s)");
    }
}
