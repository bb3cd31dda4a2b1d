using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office backup</c> and <c>office restore</c>: work on the data folder itself, also while the office runs.</summary>
internal static class BackupCommands
{
    public static Command BuildBackup(Streams io)
    {
        var output = new OutputOptions();
        var to = new Argument<string?>("TO") { Description = "New folder for the backup (default: backups/ and the moment)", Arity = ArgumentArity.ZeroOrOne };
        var toOption = new Option<string?>("--to") { Description = "The same as TO", HelpName = "dir" };
        var data = new Option<string?>("--data") { Description = "Data folder of the office, or what its nodes share (default ./data)", HelpName = "dir" };
        var store = new Option<string?>("--db") { Description = "The PostgreSQL of the office (default: OFFICE_DB; else the store in the data folder)", HelpName = "conn" };
        var verb = new Verb("backup", "Saves an office while it runs: store, documents, templates, with a list of checksums.",
            "office backup /mnt/usb/office-monday", "office backup --data /srv/nightfall -o json", "office backup verify /mnt/usb/office-monday").With(to).With(toOption, data, store);
        output.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var target = parsed.GetValue(to) ?? parsed.GetValue(toOption) ?? Path.Combine("backups", now.ToString("'office-'yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
            var made = OfficeBackup.Save(parsed.GetValue(data) ?? parsed.GetValue(ServeCommand.RootData) ?? ConnectionOptions.DefaultData, Store(parsed.GetValue(store)), target, now);
            Listing.WriteOne(io, parsed.GetValue(output.Format), made, "path", "files", "bytes", "createdAt");
            return ExitCode.Ok;
        });
        verb.Add(Verify(io));
        return verb;
    }

    public static Command BuildRestore(Streams io)
    {
        var output = new OutputOptions();
        var from = new Argument<string>("FROM") { Description = "Folder of a backup" };
        var to = new Argument<string?>("TO") { Description = "Data folder to restore into; must not exist or be empty (default ./data)", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string?>("--data") { Description = "The same as TO", HelpName = "dir" };
        var store = new Option<string?>("--db") { Description = "An empty PostgreSQL, for a backup of one (default: OFFICE_DB)", HelpName = "conn" };
        var verb = new Verb("restore", "Brings a backup into an empty data folder, every file checked; what waits in it goes out only after 'office release'.", "office restore /mnt/usb/office-monday --data data").With(from, to).With(data, store);
        output.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var target = parsed.GetValue(to) ?? parsed.GetValue(data) ?? parsed.GetValue(ServeCommand.RootData) ?? ConnectionOptions.DefaultData;
            var done = OfficeBackup.Restore(parsed.GetRequiredValue(from), target, Store(parsed.GetValue(store)));
            Listing.WriteOne(io, parsed.GetValue(output.Format), done, "path", "files", "bytes", "createdAt", "verified");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static string? Store(string? given)
    {
        var store = given ?? StoreOptions.OfEnvironment;
        if (store is not null)
            StoreOptions.Check(store);
        return store;
    }

    private static Verb Verify(Streams io)
    {
        var output = new OutputOptions();
        var from = new Argument<string>("DIR") { Description = "Folder of a backup" };
        var verb = new Verb("verify", "Checks every file of a backup, its store and its documents.", "office backup verify /mnt/usb/office-monday").With(from);
        output.AddTo(verb);
        verb.SetAction(parsed =>
        {
            JsonObject done = OfficeBackup.Verify(parsed.GetRequiredValue(from));
            Listing.WriteOne(io, parsed.GetValue(output.Format), done, "path", "files", "bytes", "createdAt", "verified");
            return ExitCode.Ok;
        });
        return verb;
    }
}
