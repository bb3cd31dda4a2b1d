using System.Diagnostics;
using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

public sealed class OfficeTests
{
    [SofficeFact]
    public async Task Finished_documents_open_in_LibreOffice()
    {
        var folder = Environment.GetEnvironmentVariable("TEMPLATE_OUTPUT") ?? Directory.CreateTempSubdirectory("office").FullName;
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (var name in new[] { "01-values", "09-row-for", "13-column-for", "26-images", "37-x-row-formulas", "41-x-sheet-for" })
        {
            var result = Cases.Read(name).Job.Run();
            files.Add(Path.Combine(folder, name + result.Extension));
            await File.WriteAllBytesAsync(files[^1], result.Document!);
        }

        var profile = Directory.CreateTempSubdirectory("profile").FullName;
        using var soffice = Process.Start(new ProcessStartInfo("soffice", [$"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await soffice.WaitForExitAsync();

        soffice.ExitCode.ShouldBe(0);
        files.ShouldAllBe(file => new FileInfo(Path.ChangeExtension(file, ".pdf")).Length > 1000);
    }
}
