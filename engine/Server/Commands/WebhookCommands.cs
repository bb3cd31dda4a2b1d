using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office webhook</c>: secrets shared with other programs.</summary>
internal static class WebhookCommands
{
    public static Command Build(Streams io) => Verb.Noun("webhook", "Secrets that requests to and from other programs are signed with.", List(io), New(io), Forget(io));

    private static Verb List(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var verb = new Verb("list", "Lists what has a secret; the secrets themselves are not shown.", "office webhook list");
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            Listing.Write(io, parsed, list, (await office.GetAsync("webhooks", cancellationToken)).AsArray(), "path", "for");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb New(Streams io) => Change(io, "secret", "Makes a new secret and shows it this once; from then on requests to PATH must be signed with it. Without PATH: what the office sends is signed.",
        ["path", "for", "secret"], "office webhook secret permits/granted", "office webhook secret");

    private static Verb Forget(Streams io) => Change(io, "forget", "Forgets a secret: requests are not signed or checked any more.", ["path", "for"], "office webhook forget permits/granted");

    private static Verb Change(Streams io, string name, string description, string[] fields, params string[] examples)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var path = new Argument<string?>("PATH") { Description = "Path of the endpoint under /workflows; none for what the office sends", Arity = ArgumentArity.ZeroOrOne };
        var verb = new Verb(name, description, examples).With(path);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var answer = await office.PostAsync($"webhooks/{name}", new JsonObject { ["path"] = parsed.GetValue(path) ?? "" }, null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), answer.AsObject(), fields);
            return ExitCode.Ok;
        });
        return verb;
    }
}
