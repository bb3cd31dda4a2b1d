using System.Diagnostics;
using System.Net.Http.Headers;
using ProductionOffice.Server.Commands;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>The built program as a process of its own, to be killed without warning and started again on the same data.</summary>
/// <param name="more">Further arguments, for example <c>--db</c>.</param>
internal sealed class OfficeProcess(params string[] more) : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory.Replace("ProductionOffice.Server.Tests", "ProductionOffice.Server", StringComparison.Ordinal), "office.dll");

    private Process? _process;

    public string Data { get; } = Directory.CreateTempSubdirectory("office-kill-").FullName;

    public HttpClient Client { get; private set; } = new();

    /// <summary>What the last start printed.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Starts and returns once it says that it is open.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Program, "serve", "--data", Data, "--urls", "http://127.0.0.1:0", .. more])
            start.ArgumentList.Add(argument);
        if (Lease is { } lease)
            start.Environment["OFFICE_LEASE_SECONDS"] = lease.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        Said.Clear();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Said.Add(line);
            if (line.StartsWith("Stop with", StringComparison.Ordinal))
            {
                var access = LocalAccess.Read(Data)!;
                Client = new HttpClient { BaseAddress = new Uri(access.Server), Timeout = TimeSpan.FromSeconds(60) };
                Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
                return;
            }
        }

        throw new InvalidOperationException($"The office did not open: {await errors}");
    }

    /// <summary>For the office it serves: short leases, so that a test need not wait long for one to end.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>Stops it in the middle of whatever it does, or lets it go on.</summary>
    /// <param name="signal">STOP or CONT.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as a pulled plug would, and starts it again.</summary>
    public async Task KillAndRestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task KillAsync()
    {
        Client.Dispose();
        if (_process is null)
            return;

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }
}
