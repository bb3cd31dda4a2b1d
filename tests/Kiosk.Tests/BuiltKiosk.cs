using System.Diagnostics;

namespace ProductionOffice.Kiosk.Tests;

/// <summary>The program as built, started as a process of its own.</summary>
internal static class BuiltKiosk
{
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "office-kiosk");

    public static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Path, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    public static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var process = Start(args);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
