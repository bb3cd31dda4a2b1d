using System.CommandLine;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office kiosk</c>: the front desks.</summary>
internal static class KioskCommands
{
    public static Command Build(Streams io) => Verb.Noun("kiosk", "The front desks.", Pair(io), List(io));

    private static Verb Pair(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var verb = new Verb("pair", "Makes the code a desk is paired with: 10 minutes, one use.", "office kiosk pair");
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var answer = await office.PostAsync("kiosk/pairing-code", [], null, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), answer.AsObject(), "code", "expiresAt");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb List(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var verb = new Verb("list", "Lists paired desks and when they were last heard of.", "office kiosk list -o json");
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var rows = await office.GetAsync("kiosks", cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "id", "name", "pairedAt", "lastSeenAt", "records");
            return ExitCode.Ok;
        });
        return verb;
    }
}
