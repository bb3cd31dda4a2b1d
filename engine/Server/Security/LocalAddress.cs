namespace ProductionOffice.Server.Security;

/// <summary>Addresses to go on to after signing in: only pages of this office.</summary>
internal static class LocalAddress
{
    /// <summary>The address when it is a path of this office, else the first page.</summary>
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    /// <summary>One slash, then neither slash nor backslash, and no control characters: what a browser cannot read as another host.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl) && !address.Contains('\\', StringComparison.Ordinal);
}
