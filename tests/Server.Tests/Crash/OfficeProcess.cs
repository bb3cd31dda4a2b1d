using System.Diagnostics;
using System.Net.Http.Headers;
using ProductionOffice.Server.Commands;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>The built program as a process of its own, to be killed without warning and started again on the same data.</summary>
/// <param name="data">Its data folder.</param>
/// <param name="more">Further arguments, for example <c>--db</c>.</param>
internal sealed class OfficeProcess(string data, string[] more) : IAsyncDisposable
{
    /// <summary>How long one that hangs at a point is let be: the rest of it, and the other node, go on meanwhile.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory.Replace("ProductionOffice.Server.Tests", "ProductionOffice.Server", StringComparison.Ordinal), "office.dll");

    private Process? _process;

    /// <summary>In a folder of its own.</summary>
    public OfficeProcess(params string[] more) : this(Directory.CreateTempSubdirectory("office-kill-").FullName, more)
    {
    }

    public string Data => data;

    public HttpClient Client { get; private set; } = new();

    /// <summary>What the last start printed.</summary>
    public List<string> Said { get; } = [];

    public bool IsStarted => _process is not null;

    /// <summary>Whether it was started and ended since.</summary>
    public bool HasEnded => _process is { HasExited: true };

    /// <summary>A file to which it adds the name of each crash point it reaches; null for none.</summary>
    public string? PointList { get; init; }

    /// <summary>Whether it stands still at each point until it gets CONT.</summary>
    public bool StopsAtPoints { get; init; }

    /// <summary>Whether all of it stands still.</summary>
    public bool StandsStill => _process is { HasExited: false } running && File.ReadAllText($"/proc/{running.Id}/stat").Split(") ")[^1][0] == 'T';

    /// <summary>The points it reached in all its lives, in order.</summary>
    public List<string> Points => [.. Lines().Select(l => l.TrimStart('!'))];

    /// <summary>How many of the steps it was given came to pass.</summary>
    public int Acts => Lines().Count(l => l.StartsWith('!'));

    /// <summary>Starts and returns once it says that it is open.</summary>
    public async Task StartAsync()
    {
        if (await TryStartAsync(crash: null) is { } complaint)
            throw new InvalidOperationException($"The office did not open: {complaint}");
    }

    /// <summary>Starts; returns null once it says that it is open, else what it complained of before it ended.</summary>
    /// <param name="crash">What befalls it; null for nothing.</param>
    public async Task<string?> TryStartAsync(CrashStep? crash)
    {
        await KillAsync();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Program, "serve", "--data", Data, "--urls", "http://127.0.0.1:0", .. more])
            start.ArgumentList.Add(argument);
        if (Lease is { } lease)
            start.Environment["OFFICE_LEASE_SECONDS"] = lease.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (crash is not null)
            start.Environment["OFFICE_CRASH"] = crash.ToString();
        if (StopsAtPoints)
            start.Environment["OFFICE_CRASH"] = "stop";
        if (PointList is not null)
            start.Environment["OFFICE_CRASH_LIST"] = PointList;
        var acts = Acts;
        _process = Process.Start(start)!;
        if (crash?.Action == CrashStep.Hang)
            _ = EndHungAsync(_process, acts);
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
                return null;
            }
        }

        await _process.WaitForExitAsync();
        return await errors;
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

    /// <summary>Ends it as it is meant to be ended.</summary>
    public async Task StopAsync()
    {
        Signal("TERM");
        await _process!.WaitForExitAsync();
        _process.ExitCode.ShouldBe(0);
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
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
    }

    /// <summary>Ends it as a pulled plug would.</summary>
    public async Task KillAsync()
    {
        Client.Dispose();
        if (_process is null)
            return;

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private string[] Lines() => PointList is not null && File.Exists(PointList) ? File.ReadAllLines(PointList) : [];

    /// <summary>Who hangs is ended by somebody in the end.</summary>
    private async Task EndHungAsync(Process process, int acts)
    {
        while (!process.HasExited && Acts == acts)
            await Task.Delay(Glance, TimeProvider.System);
        await Task.Delay(Linger + (Lease ?? TimeSpan.Zero), TimeProvider.System);
        if (!process.HasExited)
            process.Kill();
    }
}
