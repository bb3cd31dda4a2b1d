using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office instance</c>: running and finished workflows.</summary>
internal static class InstanceCommands
{
    private static readonly string[] Fields = ["id", "definitionId", "version", "name", "status", "subStatus", "waitingFor", "diagnosis", "correlationId", "createdAt", "updatedAt"];

    public static Command Build(Streams io) => Verb.Noun("instance", "Running and finished workflows.",
        List(io), Show(io), Timeline(io), Cancel(io), Retry(io),
        InstanceStateCommands.Skip(io), InstanceStateCommands.Set(io), InstanceStateCommands.Export(io), InstanceStateCommands.Import(io));

    private static Verb List(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var definition = new Option<string?>("--definition") { Description = "Only those of a workflow", HelpName = "id" };
        var running = new Option<bool>("--running") { Description = "Only those that have not ended" };
        var verb = new Verb("list", "Lists workflows, newest change first.", "office instance list --running", "office instance list --definition crew-hire -o json").With(definition, running);
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var query = new Query().Add("definition", parsed.GetValue(definition)).Add("status", parsed.GetValue(running) ? "Running" : null);
            var rows = await office.GetAsync("instances" + query, cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "id", "name", "subStatus", "waitingFor", "updatedAt");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Show(Streams io)
    {
        var (id, connection, output) = (Id(), new ConnectionOptions(), new OutputOptions());
        var verb = new Verb("show", "Shows where a workflow stands and what it waits for.", "office instance show 01jf3x").With(id);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var instance = await office.GetAsync($"instances/{Query.Escape(parsed.GetValue(id))}", cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), instance.AsObject(), Fields);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Timeline(Streams io)
    {
        var (id, connection, list) = (Id(), new ConnectionOptions(), new ListOptions());
        var verb = new Verb("timeline", "Shows what happened, in plain words, newest last.", "office instance timeline 01jf3x -o json").With(id);
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var rows = await office.GetAsync($"instances/{Query.Escape(parsed.GetValue(id))}/timeline", cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "at", "who", "what", "why");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Cancel(Streams io)
    {
        var (id, connection, output) = (Id(), new ConnectionOptions(), new OutputOptions());
        var reason = new Option<string?>("--reason") { Description = "Why; those who were told will read it", HelpName = "text" };
        var verb = new Verb("cancel", "Withdraws a workflow: it tells those who were told, then ends.", "office instance cancel 01jf3x --reason \"position cut\" --as coordinator").With(id).With(reason);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var body = new JsonObject { ["reason"] = parsed.GetValue(reason) };
            var instance = await office.PostAsync($"instances/{Query.Escape(parsed.GetValue(id))}/withdraw", body, null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), instance.AsObject(), Fields);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Retry(Streams io)
    {
        var (id, connection, output) = (Id(), new ConnectionOptions(), new OutputOptions());
        var verb = new Verb("retry", "Tries again what is stuck, for example after a template was corrected.", "office instance retry 01jf3x").With(id);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var answer = await office.PostAsync($"instances/{Query.Escape(parsed.GetValue(id))}/retry", [], null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), answer.AsObject(), "id", "retried");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Argument<string> Id() => new("ID") { Description = "Id of the instance, from 'office instance list'" };
}
