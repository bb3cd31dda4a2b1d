using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office release</c>: lets an office that was brought back from a backup act again.</summary>
internal static class ReleaseCommand
{
    public static Command Build(Streams io)
    {
        var output = new OutputOptions();
        var data = new Option<string?>("--data") { Description = "Data folder of the office (default ./data)", HelpName = "dir" };
        var store = new Option<string?>("--db") { Description = "The PostgreSQL of the office (default: OFFICE_DB; else the store in the data folder)", HelpName = "conn" };
        var verb = new Verb("release", "Lets a restored office send what waits and fire what is due; until then it stands still.", "office release", "office release --data /srv/nightfall").With(data, store);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(data) ?? parsed.GetValue(ServeCommand.RootData) ?? ConnectionOptions.DefaultData;
            var done = await RunAsync(folder, parsed.GetValue(store) ?? StoreOptions.OfEnvironment, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), done, "released", "effects", "timers");
            return ExitCode.Ok;
        });
        return verb;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<JsonObject> RunAsync(string folder, string? connection, CancellationToken cancellationToken)
    {
        await using var database = StoreOptions.Open(folder, connection);
        var waiting = await OfficePause.WaitingAsync(database, TimeProvider.System.GetUtcNow(), cancellationToken);
        return new JsonObject { ["released"] = await OfficePause.ReleaseAsync(database, cancellationToken), ["effects"] = waiting.Effects, ["timers"] = waiting.Timers };
    }
}
