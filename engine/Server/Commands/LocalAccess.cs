using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>What a running office wrote into its data folder for the owner's own programs.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Token">The owner's token.</param>
internal sealed record LocalAccess(string Server, string Token)
{
    public const string FileName = "office-local.json";

    /// <summary>Null when no office runs there.</summary>
    public static LocalAccess? Read(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, FileName))) is JsonObject json
                && (string?)json["server"] is { } server && (string?)json["token"] is { } token
                ? new LocalAccess(server, token)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
