using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ProductionOffice.Server.Commands;

namespace ProductionOffice.Benchmarks;

/// <summary>The built server as a process of its own on a free loopback port.</summary>
internal sealed class OfficeServer : IDisposable
{
    /// <summary>The server's own build: beside the benchmarks lies a copy that is not compiled ahead.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory.Replace("ProductionOffice.Benchmarks", "ProductionOffice.Server", StringComparison.Ordinal), "office.dll");
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OfficeServer(Process process, Uri address, string data)
    {
        _process = process;
        Data = data;
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
    }

    /// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
    public TimeSpan UntilReady { get; private set; }

    /// <summary>Processor time the process has used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>A browser without script: keeps cookies, follows nothing.</summary>
    public HttpClient Http { get; }

    public string Data { get; }

    /// <summary>The one-time link it prints.</summary>
    public Task<Uri> LinkAsync() => _link.Task.WaitAsync(Patience);

    public LocalAccess Access => LocalAccess.Read(Data) ?? throw new InvalidOperationException("The office wrote no local access.");

    /// <summary>Starts it and returns at the first moment it is ready.</summary>
    public static async Task<OfficeServer> StartAsync(string data)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Program, "serve", "--data", data, "--urls", address.ToString()])
            start.ArgumentList.Add(argument);
        var began = Stopwatch.GetTimestamp();
        var server = new OfficeServer(Process.Start(start)!, address, data);
        server._process.OutputDataReceived += server.Listen;
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        while (!await server.IsReadyAsync())
        {
            if (server._process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                server.Dispose();
                throw new InvalidOperationException($"The office did not open. Build it first: {Program}");
            }

            await Task.Delay(Glance, TimeProvider.System, CancellationToken.None);
        }

        server.UntilReady = Stopwatch.GetElapsedTime(began);
        return server;
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Listen(object sender, DataReceivedEventArgs e)
    {
        if (e.Data?.Split(' ').FirstOrDefault(word => word.Contains("/sign-in/link/", StringComparison.Ordinal)) is { } link)
            _link.TrySetResult(new Uri(link));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
