using System.Diagnostics;
using System.Text.Json.Nodes;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>One run of the built program: its number, its data, its complaints.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record OfficeRun(int Code, string Out, string Error)
{
    /// <summary>The built program.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory.Replace("ProductionOffice.Server.Tests", "ProductionOffice.Server", StringComparison.Ordinal), "office.dll");

    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>The problem that <c>-o json</c> writes on standard error.</summary>
    public JsonNode Problem => JsonNode.Parse(Error)!;

    public static Task<OfficeRun> OfAsync(params string[] args) => InAsync(Path.GetTempPath(), args);

    public static Task<OfficeRun> InAsync(string folder, params string[] args) => InAsync(folder, new Dictionary<string, string>(), args);

    /// <summary>With other environment variables.</summary>
    public static async Task<OfficeRun> InAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using var process = Start(folder, environment, args);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new OfficeRun(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the program with none of this machine's own settings.</summary>
    public static Process Start(string folder, params string[] args) => Start(folder, new Dictionary<string, string>(), args);

    private static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string[] args)
    {
        var start = new ProcessStartInfo(Tools.Find("dotnet") ?? "dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Program);
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        start.Environment.Remove("OFFICE_SERVER");
        start.Environment.Remove("OFFICE_TOKEN");
        start.Environment.Remove("OFFICE_DB");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
