using System.Globalization;

namespace ProductionOffice.Server.Commands;

/// <summary>Turns a finished document into pages with LibreOffice, which starts on an empty profile and may fetch, update or run nothing.</summary>
internal static class TemplateConverter
{
    private const string Missing = "To make a PDF, LibreOffice is needed (the program 'soffice').";
    private const string Install = "Install it, for example with 'apt-get install libreoffice-writer libreoffice-calc', or render the document and print it from Word or Excel.";

    /// <summary>Settings of the empty profile: no macros, no links, no updates, a proxy that leads nowhere.</summary>
    private static readonly (string Path, string Name, string Value)[] Settings =
    [
        ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
        ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
        ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
        ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
        ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
        ("Office.Writer/Content/Update", "Link", "0"),
        ("Office.Calc/Content/Update", "Link", "1"),
        ("Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
        ("Inet/Settings", "ooInetProxyType", "2"),
        ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
        ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
        ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
        ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
        ("Inet/Settings", "ooInetNoProxy", ""),
    ];

    /// <summary>Writes the pages of a document.</summary>
    /// <param name="document">The finished document, in a folder of its own.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancel">Ends it, and all it started.</param>
    /// <returns>The PDF, beside the document.</returns>
    /// <exception cref="CommandFailure">LibreOffice is not there, took too long or made nothing.</exception>
    public static async Task<string> ToPdfAsync(string document, TimeSpan limit, CancellationToken cancel)
    {
        var soffice = TemplateSandbox.Find("soffice", "libreoffice") ?? throw new CommandFailure(ExitCode.Failed, "converter-missing", Missing, Install);
        var folder = Path.GetDirectoryName(document)!;
        var profile = Path.Combine(folder, "profile");
        WriteProfile(profile);
        var run = await TemplateSandbox.RunAsync(soffice,
            [$"-env:UserInstallation={new Uri(profile).AbsoluteUri}", "--headless", "--norestore", "--nologo", "--nolockcheck", "--convert-to", "pdf", "--outdir", folder, document], folder, limit, cancel)
            ?? throw TooLate("LibreOffice", limit);
        var pdf = Path.ChangeExtension(document, ".pdf");
        return File.Exists(pdf) && new FileInfo(pdf).Length > 0
            ? pdf
            : throw new CommandFailure(ExitCode.Failed, "converter-failed", $"LibreOffice made no PDF (code {run.Code}): {PlainText.OneLine(run.Text)}", "Render the document and open it by hand to see what is wrong.");
    }

    /// <summary>Writes the first page of a PDF, or every page, as a picture.</summary>
    /// <returns>The pictures in the order of the pages, beside the PDF.</returns>
    public static async Task<IReadOnlyList<string>> ToPngAsync(string pdf, bool isAllPages, TimeSpan limit, CancellationToken cancel)
    {
        var program = TemplateSandbox.Find("pdftoppm")
            ?? throw new CommandFailure(ExitCode.Failed, "converter-missing", "To make pictures of the pages, 'pdftoppm' is needed.", "Install it, for example with 'apt-get install poppler-utils', or leave out --png.");
        var folder = Path.GetDirectoryName(pdf)!;
        string[] which = isAllPages ? [] : ["-f", "1", "-singlefile"];
        _ = await TemplateSandbox.RunAsync(program, ["-png", "-r", "100", .. which, pdf, Path.Combine(folder, "page")], folder, limit, cancel) ?? throw TooLate("pdftoppm", limit);
        // Its numbers have as many digits as the last page needs.
        var pictures = Directory.GetFiles(folder, "page*.png").Order(StringComparer.Ordinal).ToList();
        return pictures.Count > 0 ? pictures : throw new CommandFailure(ExitCode.Failed, "converter-failed", "pdftoppm made no picture of the pages.", "Leave out --png.");
    }

    private static CommandFailure TooLate(string program, TimeSpan limit) =>
        new(ExitCode.Timeout, "timeout", string.Create(CultureInfo.InvariantCulture, $"{program} was not done after {limit.TotalSeconds:0} s and was ended."), "Give it longer with --timeout.");

    private static void WriteProfile(string profile)
    {
        var items = Settings.Select(s => $"<item oor:path=\"/org.openoffice.{s.Path}\"><prop oor:name=\"{s.Name}\" oor:op=\"fuse\"><value>{s.Value}</value></prop></item>");
        Directory.CreateDirectory(Path.Combine(profile, "user"));
        File.WriteAllText(Path.Combine(profile, "user", "registrymodifications.xcu"),
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{string.Concat(items)}</oor:items>\n");
    }
}
