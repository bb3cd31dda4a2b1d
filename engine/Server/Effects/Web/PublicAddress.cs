using System.Net;
using System.Net.Sockets;

namespace ProductionOffice.Server.Effects.Web;

/// <summary>Tells addresses of the public internet from those of this machine, its network and the reserved ranges.</summary>
internal static class PublicAddress
{
    /// <summary>Of IPv6 only global unicast is public at all; what of it is reserved is listed here too.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Protocol assignments with Teredo, documentation, 6to4: the last may carry a private IPv4 address inside.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether anybody on the internet may be meant by it. An IPv4 address dressed as IPv6 is not taken.</summary>
    public static bool Is(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || (address.ScopeId == 0 && GlobalUnicast.Contains(address)))
        && !Array.Exists(Reserved, network => network.Contains(address));
}
