using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office instance</c>: repairs by hand, and the way to another office.</summary>
internal static class InstanceStateCommands
{
    private static readonly string[] Fields = ["id", "definitionId", "version", "name", "status", "subStatus", "waitingFor"];

    public static Verb Skip(Streams io)
    {
        var activity = new Option<string?>("--activity") { Description = "The execution to skip (default: the one that failed last)", HelpName = "id" };
        var outcome = new Option<string?>("--outcome") { Description = "The outcome to go on with (default: Done)", HelpName = "name" };
        var verb = new Verb("skip", "Goes on as if a step that failed or waits had completed.", "office instance skip 01jf3x --outcome Approve --reason \"agreed by phone\"").With(activity, outcome);
        return Alter(io, verb, parsed => [new JsonObject { ["kind"] = "skip", ["activityInstanceId"] = parsed.GetValue(activity), ["outcome"] = parsed.GetValue(outcome) }]);
    }

    public static Verb Set(Streams io)
    {
        var values = new Argument<string[]>("name=value") { Description = "Variables and their new values; name=@file.json for JSON", Arity = ArgumentArity.OneOrMore };
        var retry = new Option<bool>("--retry") { Description = "Then try the failed step again" };
        var verb = new Verb("set", "Gives variables of a workflow other values.", "office instance set 01jf3x reason=\"by phone\" --retry").With(retry);
        return Alter(io, verb, parsed =>
        {
            var alterations = new JsonArray();
            foreach (var (name, value) in InputValues.Read(parsed.GetRequiredValue(values)))
                alterations.Add(new JsonObject { ["kind"] = "set", ["variable"] = name, ["value"] = value?.DeepClone() });
            if (parsed.GetValue(retry))
                alterations.Add(new JsonObject { ["kind"] = "retry" });
            return alterations;
        }, values);
    }

    public static Verb Export(Streams io)
    {
        var (id, connection) = (Id(), new ConnectionOptions());
        var file = new Option<string?>("--file", "-f") { Description = "Where to write it (default: standard output)", HelpName = "out" };
        var verb = new Verb("export", "Writes an instance with its bookmarks and journal, to be taken in by another office.", "office instance export 01jf3x -f hire.json").With(id).With(file);
        connection.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            await JsonText.WriteAsync(await office.GetAsync($"instances/{Query.Escape(parsed.GetValue(id))}/export", cancellationToken), parsed.GetValue(file), io, cancellationToken);
            return ExitCode.Ok;
        });
        return verb;
    }

    public static Verb Import(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var file = new Argument<string>("FILE") { Description = "What 'office instance export' wrote" };
        var verb = new Verb("import", "Takes in an exported instance; it goes on where it stood.", "office instance import hire.json").With(file);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var export = JsonText.ReadObject(parsed.GetRequiredValue(file));
            using var office = connection.Connect(parsed);
            var instance = await office.PostAsync("instances/import", export, null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), instance.AsObject(), Fields);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Alter(Streams io, Verb verb, Func<ParseResult, JsonArray> alterations, params Argument[] more)
    {
        var (id, connection, output) = (Id(), new ConnectionOptions(), new OutputOptions());
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the timeline", HelpName = "text" };
        verb.With(id).With(more).With(reason);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var body = new JsonObject { ["alterations"] = alterations(parsed), ["reason"] = parsed.GetValue(reason) };
            var instance = await office.PostAsync($"instances/{Query.Escape(parsed.GetValue(id))}/alter", body, null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), instance.AsObject(), Fields);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Argument<string> Id() => new("ID") { Description = "Id of the instance, from 'office instance list'" };
}
