using System.Net;
using System.Net.Sockets;

namespace ProductionOffice.Server.Effects.Web;

/// <summary>Keeps web requests of workflows away from this machine and its network.</summary>
/// <remarks>
/// The name is resolved here, every address it has must be public, and the connection goes to one of those very addresses: a name that
/// answers differently the next time changes nothing. Redirects are not followed and no proxy is asked, so every connection comes through here.
/// </remarks>
/// <param name="allowed">Hosts the owner of the office has allowed by name.</param>
/// <param name="resolve">Gives the addresses of a name.</param>
internal sealed class WebGuard(IReadOnlyList<AllowedHost> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public WebGuard(IReadOnlyList<AllowedHost> allowed) : this(allowed, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>Reads an address a workflow wants to call.</summary>
    /// <exception cref="EffectFailedException">It may not be called, whatever its name stands for.</exception>
    public Uri Check(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new EffectFailedException($"'{url}' is no web address. Correct it in the workflow: it begins with https:// or http://.");
        if (uri.UserInfo.Length > 0)
            throw new EffectFailedException($"The web address for {uri.Host} carries a user name. Take it out and use the activity's Authorization instead.");
        if (!IsAllowed(uri.IdnHost, uri.Port) && uri.Port is not (80 or 443))
            throw new EffectFailedException($"{uri.Authority}: workflows call ports 80 and 443 only. {Remedy(uri.IdnHost, uri.Port)}");
        return uri;
    }

    /// <summary>Connects for the web client.</summary>
    /// <exception cref="EffectFailedException">The name stands for an address that is not public.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (!IsAllowed(host, port) && Array.Find(addresses, a => !PublicAddress.Is(a)) is { } inside)
            throw new EffectFailedException($"{host} is {inside}, which is not on the public internet. {Remedy(host, port)}");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(string host, int port) => allowed.Any(a => a.Is(host.Trim('[', ']'), port) || a.Is(host, port));

    private static string Remedy(string host, int port) => $"If it is meant, start the office with --allow-host {host}{(port is 80 or 443 ? "" : $":{port}")}, then retry.";
}
