using System.Globalization;

namespace ProductionOffice.Server.Persistence.Postgres;

/// <summary>What a node calls itself on the connection it listens on, so that the server's list of connections is the list of nodes.</summary>
internal static class NodeName
{
    public const string Prefix = "office node ";

    // PostgreSQL keeps 63 characters.
    private const int LongestMachine = 30;

    public static string Own { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}{Environment.MachineName.Replace(' ', '-')[..Math.Min(LongestMachine, Environment.MachineName.Length)]} {Environment.ProcessId} {typeof(NodeName).Assembly.GetName().Version?.ToString(3)}");

    public static OtherNode Read(string name, DateTimeOffset since)
    {
        var words = name[Prefix.Length..].Split(' ');
        return new OtherNode(words[0], words.ElementAtOrDefault(1) ?? "", words.ElementAtOrDefault(2) ?? "", since);
    }
}
