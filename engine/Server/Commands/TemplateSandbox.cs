using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ProductionOffice.Server.Commands;

/// <summary>Runs an outside program in a group of its own with an end to its time, memory, output and, where the system allows, without network.</summary>
/// <remarks>Limits come from the shell's <c>ulimit</c>, the group from <c>setsid</c>, the empty network from <c>unshare</c>; what is not installed is left out.</remarks>
internal static partial class TemplateSandbox
{
    private const int Kill = 9;
    private const long MemoryKib = 4L << 20;
    private const long FileBlocks = 1L << 20;

    /// <summary>The full path of a program on the PATH, or null.</summary>
    public static string? Find(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs the program to its end.</summary>
    /// <returns>What it wrote, or null when <paramref name="limit"/> passed; then nothing of it runs any more.</returns>
    public static async Task<(int Code, string Text)?> RunAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan limit, CancellationToken cancel)
    {
        using var process = Process.Start(await StartAsync(program, arguments, folder, limit))!;
        process.StandardInput.Close();
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timed.CancelAfter(limit);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(timed.Token), process.StandardError.ReadToEndAsync(timed.Token));
            await process.WaitForExitAsync(timed.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            End(process);
        }
    }

    private static async Task<ProcessStartInfo> StartAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan limit)
    {
        var start = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = program;
        }
        else
        {
            start.FileName = Find("setsid") ?? "/bin/sh";
            var seconds = (long)Math.Ceiling(limit.TotalSeconds * 2);
            string[] words = [.. start.FileName == "/bin/sh" ? (string[])[] : ["/bin/sh"], "-c",
                string.Create(CultureInfo.InvariantCulture, $"ulimit -c 0; ulimit -t {seconds}; ulimit -f {FileBlocks}; ulimit -v {MemoryKib} 2>/dev/null; exec \"$@\""),
                "sh", .. await WithoutNetworkAsync(), program];
            foreach (var word in words)
                start.ArgumentList.Add(word);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var proxy in (string[])["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"])
            start.Environment[proxy] = start.Environment[proxy.ToUpperInvariant()] = "http://127.0.0.1:9";
        // Secrets of the office are nothing for other programs.
        start.Environment.Remove("OFFICE_TOKEN");
        return start;
    }

    private static async Task<string[]> WithoutNetworkAsync()
    {
        if (!OperatingSystem.IsLinux() || Find("unshare") is not { } unshare)
            return [];
        using var trial = Process.Start(new ProcessStartInfo(unshare, ["-rn", "true"]) { RedirectStandardError = true })!;
        await trial.WaitForExitAsync(CancellationToken.None);
        return trial.ExitCode == 0 ? [unshare, "-rn"] : [];
    }

    private static void End(Process process)
    {
        // The first process leads the group and may be gone while others of it still run.
        if (!OperatingSystem.IsWindows() && Find("setsid") is not null)
            _ = KillGroup(-process.Id, Kill);
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int KillGroup(int group, int signal);
}
