using System.Security.Cryptography;
using System.Text;

namespace ProductionOffice.Engine.Bookmarks;

/// <summary>Finds who waits for a stimulus without comparing payloads.</summary>
public static class StimulusHash
{
    /// <summary>Upper-case hex SHA-256 of <c>name|stimulus JSON|activity instance id</c>, empty parts left out.</summary>
    /// <remarks>Follows Elsa 3. Case counts, so event names are case sensitive.</remarks>
    public static string Of(string name, string? stimulus = null, string? activityInstanceId = null)
    {
        var text = new StringBuilder(name);
        if (!string.IsNullOrEmpty(stimulus))
            text.Append('|').Append(stimulus);
        if (!string.IsNullOrEmpty(activityInstanceId))
            text.Append('|').Append(activityInstanceId);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
