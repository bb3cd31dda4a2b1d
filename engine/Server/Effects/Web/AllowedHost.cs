using System.Globalization;
using ProductionOffice.Server.Hosting;

namespace ProductionOffice.Server.Effects.Web;

/// <summary>A host of the own network that workflows may call although it is not public.</summary>
/// <param name="Host">Name or address as it stands in the workflow's address.</param>
/// <param name="Port">The one port; null for 80 and 443.</param>
internal sealed record AllowedHost(string Host, int? Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[address]:port</c>.</summary>
    /// <exception cref="CannotServeException">It is none.</exception>
    public static AllowedHost Parse(string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal) && Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var uri) && uri.Host.Length > 0)
        {
            // Uri leaves a scheme's own port out, so :80 is found in the text.
            var hasPort = !uri.IsDefaultPort || text.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{uri.Port}"), StringComparison.Ordinal);
            return new AllowedHost(uri.IdnHost, hasPort ? uri.Port : null);
        }

        throw new CannotServeException($"'{text}' is no host. Give --allow-host a name or address with or without a port, like printer.lan or 192.168.1.20:8080.");
    }

    public bool Is(string host, int port) => host.Equals(Host, StringComparison.OrdinalIgnoreCase) && (Port is { } only ? port == only : port is 80 or 443);
}
