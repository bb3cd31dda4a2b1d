using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office workflow</c>: versions, and the move of what runs from one to another.</summary>
internal static class WorkflowVersionCommands
{
    private static readonly string[] Fields = ["definitionId", "version", "name", "isLatest", "isPublished", "savedAt"];

    public static Verb Versions(Streams io)
    {
        var (definition, connection, list) = (Definition(), new ConnectionOptions(), new ListOptions());
        var verb = new Verb("versions", "Lists the versions of a workflow, newest first.", "office workflow versions crew-hire").With(definition);
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var rows = await office.GetAsync($"workflows/{Query.Escape(parsed.GetValue(definition))}/versions", cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "version", "isLatest", "isPublished", "name", "savedAt");
            return ExitCode.Ok;
        });
        return verb;
    }

    public static Verb Diff(Streams io)
    {
        var (definition, connection, output) = (Definition(), new ConnectionOptions(), new OutputOptions());
        var from = new Option<int?>("--from") { Description = "The older version (default: the live one, else the one before)", HelpName = "version" };
        var to = new Option<int?>("--to") { Description = "The newer version (default: the newest)", HelpName = "version" };
        var verb = new Verb("diff", "Says in sentences what differs between two versions of a workflow.", "office workflow diff crew-hire", "office workflow diff crew-hire --from 1 --to 3 -o json").With(definition).With(from, to);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var range = string.Join('&', new[] { ("from", parsed.GetValue(from)), ("to", parsed.GetValue(to)) }.Where(r => r.Item2 is not null)
                .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Item1}={r.Item2}")));
            var difference = (await office.GetAsync($"workflows/{Query.Escape(parsed.GetValue(definition))}/difference?{range}", cancellationToken)).AsObject();
            WriteDifference(io, parsed.GetValue(output.Format), difference);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static void WriteDifference(Streams io, string? format, JsonObject difference)
    {
        var sentences = difference["changes"]!.AsArray().Select(c => (string)c!["sentence"]!).ToList();
        switch (format)
        {
            case "json":
                io.Out.WriteLine(JsonText.Indented(difference));
                break;
            case "csv" or "md":
                Listing.Write(io, format, [.. difference["changes"]!.AsArray().Select(c => c!.AsObject())], ["activityId", "sentence"]);
                break;
            default:
                foreach (var sentence in sentences)
                    io.Out.WriteLine(PlainText.OneLine(sentence));
                io.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(sentences.Count == 0 ? "nothing differs" : sentences.Count == 1 ? "1 difference" : $"{sentences.Count} differences")} from version {(int)difference["fromVersion"]!} to version {(int)difference["toVersion"]!}"));
                break;
        }
    }

    public static Verb Retract(Streams io)
    {
        var verb = new Verb("retract", "Takes a workflow out of use: it starts no more; what runs goes on.", "office workflow retract crew-hire");
        return Change(io, verb, "retract", _ => []);
    }

    public static Verb Revert(Streams io)
    {
        var to = new Option<int>("--to") { Description = "The version to go back to", HelpName = "version", Required = true };
        var verb = new Verb("revert", "Makes a draft that is a copy of an older version; publish it to use it.", "office workflow revert crew-hire --to 2").With(to);
        return Change(io, verb, "revert", parsed => new JsonObject { ["version"] = parsed.GetValue(to) });
    }

    public static Verb Delete(Streams io)
    {
        var version = new Option<int?>("--version") { Description = "Only this version (default: all)", HelpName = "version" };
        var running = new Option<bool>("--include-running") { Description = "Delete running instances too" };
        var verb = new Verb("delete", "Deletes a workflow or one version of it, with its ended instances.", "office workflow delete crew-hire --version 1").With(version).With(running);
        return Change(io, verb, "delete", parsed => new JsonObject { ["version"] = parsed.GetValue(version), ["includeRunning"] = parsed.GetValue(running) }, "definitionId", "version", "deleted");
    }

    public static Verb Migrate(Streams io)
    {
        var (definition, connection, output) = (Definition(), new ConnectionOptions(), new OutputOptions());
        var from = new Option<int?>("--from") { Description = "Only instances of this version (default: all others)", HelpName = "version" };
        var to = new Option<int?>("--to") { Description = "The version they move to (default: the published one)", HelpName = "version" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would move, what cannot, and why" };
        var verb = new Verb("migrate", "Moves running instances to another version of their workflow; exit code 9 when some cannot move.",
            "office workflow migrate crew-hire --dry-run", "office workflow migrate crew-hire --from 1 --to 2 -o json").With(definition).With(from, to).With(dry);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var body = new JsonObject { ["fromVersion"] = parsed.GetValue(from), ["toVersion"] = parsed.GetValue(to), ["dryRun"] = parsed.GetValue(dry) };
            var plan = (await office.PostAsync($"workflows/{Query.Escape(parsed.GetValue(definition))}/migrate", body, null, cancellationToken)).AsObject();
            return Write(io, parsed.GetValue(output.Format), plan, parsed.GetValue(dry));
        });
        return verb;
    }

    private static int Write(Streams io, string? format, JsonObject plan, bool isDry)
    {
        var instances = plan["instances"]!.AsArray().Select(i => i!.AsObject()).ToList();
        var left = instances.Count(i => !(bool)i["canMove"]!);
        if (format == "json")
        {
            io.Out.WriteLine(JsonText.Indented(plan));
        }
        else
        {
            Listing.Write(io, format, [.. instances.Select(i => new JsonObject
            {
                ["instanceId"] = (string?)i["instanceId"],
                ["name"] = (string?)i["name"],
                ["fromVersion"] = (int)i["fromVersion"]!,
                ["result"] = (bool)i["isMoved"]! ? "moved" : (bool)i["canMove"]! ? "can move" : "cannot move",
                ["why"] = string.Join("; ", i["reasons"]!.AsArray().Concat(i["notes"]!.AsArray()).Select(r => (string?)r)),
            })], ["instanceId", "name", "fromVersion", "result", "why"]);
            if (format is null or "table")
                io.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{instances.Count - left} {(isDry ? "can move" : "moved")} to version {(int)plan["toVersion"]!}, {left} cannot"));
        }

        return left > 0 ? ExitCode.Partly : ExitCode.Ok;
    }

    private static Verb Change(Streams io, Verb verb, string action, Func<ParseResult, JsonObject> body, params string[] fields)
    {
        var (definition, connection, output) = (Definition(), new ConnectionOptions(), new OutputOptions());
        verb.With(definition);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var answer = await office.PostAsync($"workflows/{Query.Escape(parsed.GetValue(definition))}/{action}", body(parsed), null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), answer.AsObject(), fields.Length == 0 ? Fields : fields);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Argument<string> Definition() => new("DEFINITION") { Description = "Id of the workflow, from 'office workflow list'" };
}
