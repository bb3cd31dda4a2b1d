using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office doc</c>: documents the office has made.</summary>
internal static class DocCommands
{
    public static Command Build(Streams io) => Verb.Noun("doc", "Documents the office has made.", List(io), Get(io), Make(io));

    private static Verb List(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var instance = new Option<string?>("--instance") { Description = "Only those of one workflow", HelpName = "id" };
        var person = new Option<string?>("--person") { Description = "Only those about a person", HelpName = "id" };
        var verb = new Verb("list", "Lists documents, newest first.", "office doc list --instance 01jf3x -o json").With(instance, person);
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var query = new Query().Add("instance", parsed.GetValue(instance)).Add("person", parsed.GetValue(person));
            var rows = await office.GetAsync("docs" + query, cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "id", "kind", "name", "version", "state", "size");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Get(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var id = new Argument<string>("ID") { Description = "Id of the document, from 'office doc list'" };
        var file = new Option<string?>("--file", "-f") { Description = "Where to write it (default: its own name, here); - for standard output", HelpName = "out" };
        var verb = new Verb("get", "Fetches a document's file.", "office doc get d-1f0c -f memo.docx", "office doc get d-1f0c -f - > memo.docx").With(id).With(file);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var path = $"docs/{Query.Escape(parsed.GetValue(id))}";
            if (parsed.GetValue(file) == "-")
            {
                await using var stdout = Console.OpenStandardOutput();
                await office.DownloadAsync(path + "/content", stdout, cancellationToken);
                return ExitCode.Ok;
            }

            var doc = (await office.GetAsync(path, cancellationToken)).AsObject();
            // The server's name is only ever a name here, never a path.
            var target = Path.GetFullPath(parsed.GetValue(file) ?? Path.GetFileName((string)doc["name"]!));
            await SaveAsync(office, path + "/content", target, cancellationToken);
            doc["file"] = target;
            Listing.WriteOne(io, parsed.GetValue(output.Format), doc, "id", "name", "version", "state", "sha256", "size", "file");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Make(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var kind = new Argument<string>("KIND") { Description = "What to make: crew-list" };
        kind.AcceptOnlyFromAmong("crew-list");
        var file = new Option<string?>("--file", "-f") { Description = "Where to write it (default: crew-list.xlsx, here)", HelpName = "out" };
        var verb = new Verb("make", "Makes a list from the directory as it stands.", "office doc make crew-list -f crew.xlsx").With(kind).With(file);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var target = Path.GetFullPath(parsed.GetValue(file) ?? "crew-list.xlsx");
            await SaveAsync(office, parsed.GetRequiredValue(kind), target, cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), new JsonObject { ["kind"] = parsed.GetRequiredValue(kind), ["file"] = target }, "kind", "file");
            return ExitCode.Ok;
        });
        return verb;
    }

    /// <summary>Writes beside the target first: what stood there stays until the new file is whole.</summary>
    private static async Task SaveAsync(OfficeClient office, string path, string target, CancellationToken cancellationToken)
    {
        var part = target + ".part";
        await using (var stream = File.Create(part))
            await office.DownloadAsync(path, stream, cancellationToken);
        File.Move(part, target, overwrite: true);
    }
}
