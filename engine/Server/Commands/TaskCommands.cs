using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office task</c>: what people have to do or decide.</summary>
internal static class TaskCommands
{
    public static Command Build(Streams io) => Verb.Noun("task", "What people have to do or decide.", List(io), Show(io), Do(io));

    private static Verb List(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var instance = new Option<string?>("--instance") { Description = "Only those of one workflow", HelpName = "id" };
        var mine = new Option<bool>("--mine") { Description = "Only those the account may do" };
        var all = new Option<bool>("--all") { Description = "Also those that are done or no longer asked for" };
        var verb = new Verb("list", "Lists open tasks, those due first on top.", "office task list", "office task list --as upm --mine -o json").With(instance, mine, all);
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var query = new Query().Add("instance", parsed.GetValue(instance)).Add("mine", parsed.GetValue(mine)).Add("state", parsed.GetValue(all) ? "all" : null);
            var rows = await office.GetAsync("tasks" + query, cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "id", "title", "roleTitle", "due");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Show(Streams io)
    {
        var (id, connection, output) = (Id(), new ConnectionOptions(), new OutputOptions());
        var verb = new Verb("show", "Shows one task with the lines beside it.", "office task show 01jf3x-4 --as upm -o json").With(id);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var task = (await office.GetAsync($"tasks/{Query.Escape(parsed.GetValue(id))}", cancellationToken)).AsObject();
            Listing.WriteOne(io, parsed.GetValue(output.Format), task, "id", "title", "role", "account", "due", "state", "outcomes", "documentId", "instanceId");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Do(Streams io)
    {
        var (id, connection, output) = (Id(), new ConnectionOptions(), new OutputOptions());
        var outcome = new Option<string>("--outcome") { Description = "What is chosen, for example Approve", HelpName = "name", Required = true };
        var comment = new Option<string?>("--comment") { Description = "Words that go with it; needed to send back or refuse", HelpName = "text" };
        var field = new Option<string[]>("--field") { Description = "A value filled in with it; may be given several times", HelpName = "name=value" };
        var key = new Option<string?>("--idempotency-key") { Description = "The same key again gets the same answer and does nothing twice", HelpName = "key" };
        var verb = new Verb("do", "Does a task: approves, signs, sends back, fills in.",
            "office task do 01jf3x-4 --outcome Approve --as upm",
            "office task do 01jf3x-4 --outcome \"Send back\" --comment \"rate is over the budget\" --as upm",
            "office task do 01jf3x-6 --outcome Resubmit --field rate=43 --as head-cos").With(id).With(outcome, comment, field, key);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var body = new JsonObject { ["outcome"] = parsed.GetValue(outcome), ["comment"] = parsed.GetValue(comment) };
            if (parsed.GetValue(field) is { Length: > 0 } fields)
                body["fields"] = InputValues.ReadFields(fields);
            var task = await office.PostAsync($"tasks/{Query.Escape(parsed.GetValue(id))}", body, parsed.GetValue(key), cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), task.AsObject(), "id", "title", "state", "outcome", "doneBy", "doneAt", "instanceId");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Argument<string> Id() => new("ID") { Description = "Id of the task, from 'office task list'" };
}
