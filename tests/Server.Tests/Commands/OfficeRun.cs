using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>One run of the built program: its number, its data, its complaints.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record OfficeRun(int Code, string Out, string Error)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory.Replace("ProductionOffice.Server.Tests", "ProductionOffice.Server", StringComparison.Ordinal), "office.dll");

    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>The problem that <c>-o json</c> writes on standard error.</summary>
    public JsonNode Problem => JsonNode.Parse(Error)!;

    public static Task<OfficeRun> OfAsync(params string[] args) => InAsync(Path.GetTempPath(), args);

    public static async Task<OfficeRun> InAsync(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new OfficeRun(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the program with none of this machine's own settings.</summary>
    public static Process Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Program);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        start.Environment.Remove("OFFICE_SERVER");
        start.Environment.Remove("OFFICE_TOKEN");
        start.Environment.Remove("OFFICE_DB");
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
