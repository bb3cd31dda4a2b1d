using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office sign-in-link</c>: a link that signs in once.</summary>
internal static class SignInLinkCommand
{
    public static Command Build(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var verb = new Verb("sign-in-link", "Makes a link that signs in once: the owner, or with --as that account alone.", "office sign-in-link --as coordinator");
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var body = new JsonObject { ["account"] = parsed.GetValue(connection.As) };
            var answer = (await office.PostAsync("sign-in-links", body, null, cancellationToken)).AsObject();
            if (output.IsJson(parsed))
                Listing.WriteOne(io, "json", answer);
            else
                io.Out.WriteLine((string?)answer["url"]);
            return ExitCode.Ok;
        });
        return verb;
    }
}
