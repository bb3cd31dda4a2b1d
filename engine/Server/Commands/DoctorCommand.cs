using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office doctor</c>: looks whether an office is well, and says how to repair what is not.</summary>
internal static class DoctorCommand
{
    public static Command Build(Streams io)
    {
        var list = new ListOptions();
        var data = new Option<string?>("--data") { Description = "Data folder of the office (default ./data)", HelpName = "dir" };
        var store = new Option<string?>("--db") { Description = "The PostgreSQL of the office (default: OFFICE_DB; else the store in the data folder)", HelpName = "conn" };
        var verb = new Verb("doctor", "Checks data folder, store, documents, templates, workflows and optional programs; exit code 3 when something fails.",
            "office doctor", "office doctor --data /srv/nightfall --filter 'result!=ok' -o json").With(data, store);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(data) ?? parsed.GetValue(ServeCommand.RootData) ?? ConnectionOptions.DefaultData);
            var connection = parsed.GetValue(store) ?? StoreOptions.OfEnvironment;
            if (connection is not null)
                StoreOptions.Check(connection);
            var checks = await new OfficeChecks(folder, connection).RunAsync(cancellationToken);
            var rows = new JsonArray([.. checks.Select(c => new JsonObject { ["check"] = c.Name, ["result"] = c.Result, ["detail"] = c.Detail, ["fix"] = c.Fix })]);
            Listing.Write(io, parsed, list, rows, "result", "check", "detail", "fix");
            return checks.Any(c => c.Result == Check.Fail) ? ExitCode.Invalid : ExitCode.Ok;
        });
        return verb;
    }
}

/// <summary>One line of a doctor's report.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Result">ok, warn or fail.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Fix">What to do; null when nothing.</param>
internal sealed record Check(string Name, string Result, string Detail, string? Fix)
{
    public const string Ok = "ok";
    public const string Warn = "warn";
    public const string Fail = "fail";
}
