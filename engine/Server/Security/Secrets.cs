using System.Security.Cryptography;
using System.Text;

namespace ProductionOffice.Server.Security;

/// <summary>Tokens: random, shown once, kept as hashes.</summary>
internal static class Secrets
{
    /// <summary>256 random bits, safe in addresses and headers.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>What is stored of a token.</summary>
    public static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>A code a person types, of the given number of digits.</summary>
    public static string NewCode(int digits) => string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + RandomNumberGenerator.GetInt32(10))));

    /// <summary>Compares without telling by time where they differ.</summary>
    public static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
