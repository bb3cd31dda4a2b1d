using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>Pictures of the manual's templates and of what comes out: the upper part of the first page.</summary>
internal static partial class ManualPictures
{
    private const int Dots = 90;

    public static void Make(IReadOnlyList<string> templates)
    {
        var work = Directory.CreateTempSubdirectory().FullName;
        foreach (var template in templates)
        {
            var name = Path.GetFileNameWithoutExtension(template);
            var extension = Path.GetExtension(template);
            var bytes = File.ReadAllBytes(template);
            var filled = new RenderJob { Name = Path.GetFileName(template), Template = bytes, Data = File.ReadAllBytes(Path.ChangeExtension(template, ".data.json")) }.Run();
            File.WriteAllBytes(Path.Combine(work, $"{name}-template{extension}"), extension == ".xlsx" ? WithFormulasShown(bytes) : bytes);
            File.WriteAllBytes(Path.Combine(work, $"{name}-result{extension}"), filled.Document!);
        }

        Run(work, "soffice", ["-env:UserInstallation=file://" + Path.Combine(work, "profile"), "--headless", "--convert-to", "pdf", "--outdir", work, .. Directory.GetFiles(work, "*.docx"), .. Directory.GetFiles(work, "*.xlsx")]);
        foreach (var pdf in Directory.GetFiles(work, "*.pdf"))
        {
            var picture = Path.GetFileNameWithoutExtension(pdf);
            var target = Path.Combine(Path.GetDirectoryName(templates[0])!, picture);
            Run(work, "pdftoppm", ["-r", Dots.ToString(System.Globalization.CultureInfo.InvariantCulture), "-png", "-singlefile", "-f", "1", "-x", "38", "-y", "38", "-W", "694", "-H", Height(work, pdf), pdf, target]);
        }

        Directory.Delete(work, recursive: true);
    }

    /// <summary>Down to the last word of the first page.</summary>
    private static string Height(string work, string pdf)
    {
        var words = Path.Combine(work, "words.html");
        Run(work, "pdftotext", ["-bbox", "-f", "1", "-l", "1", pdf, words]);
        var lowest = Lowest().Matches(File.ReadAllText(words)).Max(match => double.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        return ((int)(lowest * Dots / 72) - 38 + 16).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A workbook on paper shows what formulas give; a template has to show the formulas.</summary>
    private static byte[] WithFormulasShown(byte[] workbook)
    {
        using var bytes = new MemoryStream();
        bytes.Write(workbook);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry("xl/worksheets/sheet1.xml")!;
            string text;
            using (var reader = new StreamReader(entry.Open()))
                text = reader.ReadToEnd();
            entry.Delete();
            using var stream = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            stream.Write(Encoding.UTF8.GetBytes(Formula().Replace(text, "<c$1 t=\"inlineStr\"><is><t>=$2</t></is></c>")));
        }

        return bytes.ToArray();
    }

    private static void Run(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, program);
    }

    [GeneratedRegex("yMax=\"([0-9.]+)\"")]
    private static partial Regex Lowest();

    [GeneratedRegex("<c([^>]*)><f>([^<]*)</f><v>0</v></c>")]
    private static partial Regex Formula();
}
