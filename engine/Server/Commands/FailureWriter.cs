using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>Tells a person or a program what went wrong, always on standard error.</summary>
internal sealed class FailureWriter(Streams io, bool asJson)
{
    /// <summary>Whether the output asked for is JSON; read from the words alone, since they may not parse.</summary>
    public static bool AsksForJson(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "-o=json" or "-o:json" or "--output=json" or "--output:json" or "--format=json")
                return true;
            if (args[i] is "-o" or "--output" or "--format" && i + 1 < args.Count && args[i + 1] == "json")
                return true;
        }

        return false;
    }

    public int WriteUsage(ParseResult parsed)
    {
        var path = string.Join(' ', Path(parsed.CommandResult.Command));
        // What follows a word that is not known is rarely the mistake itself.
        var unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        var problem = unknown is null ? string.Join(" ", parsed.Errors.Select(e => e.Message).Distinct()) : $"'{path}' knows no '{unknown}'.";
        var near = unknown is null ? null : Nearest(unknown, parsed.CommandResult.Command);
        return Write(CommandFailure.Usage(problem, near is null ? $"See '{path} --help'." : $"Did you mean '{near}'? See '{path} --help'."));
    }

    public int Write(Exception exception)
    {
        var failure = exception as CommandFailure ?? Unexpected(exception);
        if (asJson)
        {
            io.Error.WriteLine(JsonText.OneLine(failure.ToJson()));
            return failure.ExitCode;
        }

        io.Error.WriteLine($"office: {PlainText.OneLine(failure.Message)}");
        foreach (var line in failure.Answer?["errors"] as JsonArray ?? [])
            io.Error.WriteLine($"  {PlainText.OneLine(line is JsonObject o ? (string?)o["message"] ?? o.ToJsonString() : line?.ToString() ?? "")}");
        return failure.ExitCode;
    }

    private static CommandFailure Unexpected(Exception e) => e switch
    {
        FileNotFoundException { FileName: { } file } => CommandFailure.NoFile(file, "Check the path."),
        DirectoryNotFoundException => new CommandFailure(ExitCode.NotFound, "file-not-found", e.Message, "Check the path."),
        UnauthorizedAccessException or IOException => new CommandFailure(ExitCode.Failed, "file-failed", e.Message, "Check the path, its permissions and the free space."),
        _ => new CommandFailure(ExitCode.Failed, "unexpected", $"{e.GetType().Name}: {e.Message}", "This is a defect: please report it with the command you gave."),
    };

    private static List<string> Path(Command command)
    {
        var names = new List<string>();
        for (Command? c = command; c is not null; c = c.Parents.OfType<Command>().FirstOrDefault())
            names.Add(c is RootCommand ? "office" : c.Name);
        names.Reverse();
        return names;
    }

    private static string? Nearest(string word, Command command)
    {
        var known = word.StartsWith('-')
            ? command.Options.SelectMany(o => o.Aliases.Append(o.Name))
            : command.Subcommands.SelectMany(c => c.Aliases.Append(c.Name));
        return known
            .Select(name => (Name: name, Distance: Distance(name, word)))
            .Where(n => n.Distance <= Math.Max(1, word.Length / 3))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Select(n => n.Name).FirstOrDefault();
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[b.Length];
    }
}
