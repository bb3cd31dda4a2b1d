using System.CommandLine;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office delivery</c>: parcels at the front desk.</summary>
internal static class DeliveryCommands
{
    public static Command Build(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var waiting = new Option<bool>("--waiting") { Description = "Only those nobody has fetched yet" };
        var verb = new Verb("list", "Lists parcels, longest waiting first.", "office delivery list --waiting", "office delivery list --filter 'state=pickedUp' -o csv").With(waiting);
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var rows = await office.GetAsync("deliveries" + new Query().Add("waiting", parsed.GetValue(waiting)), cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "number", "recipient", "from", "pieces", "shelf", "word", "receivedAt");
            return ExitCode.Ok;
        });
        return Verb.Noun("delivery", "Parcels at the front desk.", verb);
    }
}
