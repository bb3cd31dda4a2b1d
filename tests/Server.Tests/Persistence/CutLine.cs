using System.Net;
using System.Net.Sockets;

namespace ProductionOffice.Server.Tests.Persistence;

/// <summary>A line to a server that a test may cut, with or without a word to both ends, and mend.</summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly Task _accepting;
    private volatile bool _isCut;
    private volatile bool _isSilent;

    public CutLine(string host, int port)
    {
        _server = new IPEndPoint(IPAddress.Parse(host), port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends all connections and takes no more.</summary>
    /// <param name="isSilent">Nobody is told: what is sent goes nowhere, as with a pulled cable.</param>
    public void Cut(bool isSilent)
    {
        (_isSilent, _isCut) = (isSilent, true);
        if (!isSilent)
            EndAll();
    }

    /// <summary>Takes connections again; those from before the cut stay lost.</summary>
    public void Mend()
    {
        _isCut = false;
        EndAll();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        EndAll();
        await _accepting;
    }

    private void EndAll()
    {
        lock (_gate)
        {
            foreach (var socket in _open)
                socket.Dispose();
            _open.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                if (_isCut && !_isSilent)
                {
                    client.Dispose();
                    continue;
                }

                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (_gate)
                    _open.AddRange([client, server]);
                if (_isCut)
                    continue;

                await server.ConnectAsync(_server);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                // What was under way when the line was cut is lost; the ends are told nothing.
                if (_isCut)
                    return;
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }

            if (!_isCut)
                to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
