using System.CommandLine;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office paperwork</c>: what is there, what is missing, from whom, since when.</summary>
internal static class PaperworkCommand
{
    public static Command Build(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var department = new Option<string?>("--dept") { Description = "Only one department, by name or code", HelpName = "department" };
        var person = new Option<string?>("--person") { Description = "Only one person, by id", HelpName = "id" };
        var incomplete = new Option<bool>("--only-incomplete") { Description = "Only what somebody still owes" };
        var verb = new Verb("paperwork", "Lists what is there, what is missing, from whom and since when.",
            "office paperwork --dept camera --only-incomplete -o csv > missing.csv").With(department, person, incomplete);
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var query = new Query().Add("dept", parsed.GetValue(department)).Add("person", parsed.GetValue(person)).Add("onlyIncomplete", parsed.GetValue(incomplete));
            var rows = await office.GetAsync("paperwork" + query, cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "personId", "person", "department", "paperwork", "word", "holder", "since", "due");
            return ExitCode.Ok;
        });
        return verb;
    }
}
