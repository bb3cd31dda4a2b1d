using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProductionOffice.Server.Security;

/// <summary>Signs and checks web requests between the office and programs that share a secret with it.</summary>
/// <remarks><c>Office-Signature: t=SECONDS,v1=HEX</c>, where HEX is HMAC-SHA256 over <c>SECONDS.</c> and the body, SECONDS since 1970 UTC.</remarks>
internal static class WebSignature
{
    public const string Header = "Office-Signature";

    /// <summary>How far the sender's clock may be off, and so how long a signature can be used.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static string Make(string secret, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var seconds = now.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Code(secret, seconds, body)}");
    }

    /// <summary>What is wrong with a signature, for people; null when it is right. Then <paramref name="code"/> tells it from every other.</summary>
    public static string? Problem(string header, string secret, DateTimeOffset now, ReadOnlySpan<byte> body, out string code)
    {
        var parts = header.Split(',').Select(p => p.Trim().Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1]);
        code = parts["v1"].FirstOrDefault()?.ToLowerInvariant() ?? "";
        if (code.Length == 0 || !long.TryParse(parts["t"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return $"The header {Header} is missing or not of the form t=SECONDS,v1=HEX.";
        if (!Secrets.Same(Code(secret, seconds, body), code))
            return "The signature does not fit the body and the secret.";
        return Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Window.TotalSeconds ? null : "The signature is older than five minutes, or from the future.";
    }

    private static string Code(string secret, long seconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
