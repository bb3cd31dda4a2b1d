using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office migrate-store</c>: from the store in the data folder to a PostgreSQL.</summary>
internal static class MigrateStoreCommand
{
    public static Command Build(Streams io)
    {
        var output = new OutputOptions();
        var to = new Option<string?>("--to") { Description = "An empty PostgreSQL: Host=…;Database=… or postgres://… (default: OFFICE_DB, where the password belongs)", HelpName = "conn" };
        var data = new Option<string?>("--data") { Description = "Data folder of the office, which must not run (default ./data)", HelpName = "dir" };
        var verb = new Verb("migrate-store", "Moves an office and its documents to a PostgreSQL that several nodes may share; every table is compared before anything counts.",
            "office migrate-store --to \"Host=db;Database=office;Username=office\"", "office migrate-store --data /srv/nightfall --to postgres://office@db/office -o json").With(to, data);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(to) ?? StoreOptions.OfEnvironment ?? throw CommandFailure.Usage("Where to is not said.", "Name an empty PostgreSQL with --to, or in OFFICE_DB.");
            StoreOptions.Check(target);
            var folder = parsed.GetValue(data) ?? parsed.GetValue(ServeCommand.RootData) ?? ConnectionOptions.DefaultData;
            if (!File.Exists(Path.Combine(folder, OfficeFile.DatabaseName)))
                throw new CommandFailure(ExitCode.NotFound, "office-not-found", $"There is no office in '{Path.GetFullPath(folder)}'.", "Name its data folder with --data DIR.");

            var moved = await RunAsync(folder, target, cancellationToken);
            var rows = moved.Select(m => new JsonObject { ["table"] = m.Table, ["rows"] = m.Rows, ["arrived"] = m.Arrived, ["hash"] = m.ArrivedHash, ["same"] = m.IsSame }).ToList();
            Listing.Write(io, parsed.GetValue(output.Format), rows, ["table", "rows", "arrived", "same", "hash"]);
            return ExitCode.Ok;
        });
        return verb;
    }

    // Not inlined: whoever does not move loads no store.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<IReadOnlyList<MovedTable>> RunAsync(string data, string connection, CancellationToken cancellationToken)
    {
        try
        {
            // Held until all is moved: what a running office wrote meanwhile would be lost.
            using var folder = DataFolder.Take(data);
            await using var source = new SqliteDatabase(folder.Database);
            await using var target = new PostgresDatabase(connection);
            return await new StoreMove(source, target, new DocumentFolder(folder.Documents)).RunAsync(TimeProvider.System, cancellationToken);
        }
        catch (CannotServeException e)
        {
            throw new CommandFailure(ExitCode.Conflict, "office-running", e.Message, "");
        }
        catch (StoreMoveException e)
        {
            throw new CommandFailure(ExitCode.Conflict, "not-moved", e.Message, "");
        }
        catch (Exception e) when (e is NewerSchemaException)
        {
            throw new CommandFailure(ExitCode.Failed, "store-newer", e.Message, "");
        }
        catch (Npgsql.NpgsqlException e)
        {
            throw new CommandFailure(ExitCode.Unreachable, "store-unreachable", $"The PostgreSQL cannot be used: {e.Message}", "Check that it runs and that user, password and database are right. Nothing was moved.");
        }
    }
}
