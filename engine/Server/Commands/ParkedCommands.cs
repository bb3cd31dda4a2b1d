using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office parked</c>: what was set aside for a person.</summary>
internal static class ParkedCommands
{
    public static Command Build(Streams io) => Verb.Noun("parked", "What was set aside for a person: effects, steps and failed workflows.", List(io), Retry(io));

    private static Verb List(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var verb = new Verb("list", "Lists what was set aside and why, oldest first.", "office parked list");
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            Listing.Write(io, parsed, list, (await office.GetAsync("parked", cancellationToken)).AsArray(), "id", "what", "reason", "at", "instanceId");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Retry(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var id = new Argument<string>("ID") { Description = "Id from 'office parked list'" };
        var verb = new Verb("retry", "Tries one again, for example after a template was corrected.", "office parked retry effect:01jf3x:3:0").With(id);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var answer = await office.PostAsync("parked/retry", new JsonObject { ["id"] = parsed.GetValue(id) }, null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), answer.AsObject(), "id", "retried");
            return ExitCode.Ok;
        });
        return verb;
    }
}
