using System.CommandLine;
using System.Runtime.CompilerServices;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office</c> and <c>office serve</c>: runs the server.</summary>
internal static class ServeCommand
{
    private const string Name = "serve";

    /// <summary><c>--data</c> before a noun counts for that noun's verb too.</summary>
    public static Option<string?> RootData { get; } = Data();

    public static bool Is(ParseResult parsed) => parsed.CommandResult.Command is RootCommand || parsed.CommandResult.Command.Name == Name;

    public static void AddTo(RootCommand root)
    {
        Fill(root, RootData);
        var serve = new Verb(Name, "Runs the office: board, workflows, kiosk exchange.", "office serve", "office serve --data /srv/nightfall --urls http://127.0.0.1:5300", "office serve --data /srv/new-show --empty", "office serve --data /srv/node1 --db \"Host=db;Database=office;Username=office\" --shared /mnt/office");
        Fill(serve, Data());
        root.Add(serve);
    }

    private static Option<string?> Data() => new("--data") { Description = "Data folder; made on the first start (default ./data)", HelpName = "dir" };

    private static void Fill(Command command, Option<string?> data)
    {
        var urls = new Option<string?>("--urls") { Description = "Address to listen on (default http://127.0.0.1:5210); port 0 takes a free one", HelpName = "url" };
        var store = new Option<string?>("--db") { Description = "A PostgreSQL that several nodes may share, instead of the store in the data folder: Host=…;Database=… or postgres://… (default: OFFICE_DB, where the password belongs)", HelpName = "conn" };
        var shared = new Option<string?>("--shared") { Description = "Folder of templates, keys and mail, the same for all nodes of a PostgreSQL (default: the data folder)", HelpName = "dir" };
        var empty = new Option<bool>("--empty") { Description = "A first start without the demo production" };
        var allowed = new Option<string[]>("--allow-host") { Description = "Host of the own network that workflows may call, with or without a port; may be given more than once", HelpName = "host" };
        command.Add(data);
        command.Add(urls);
        command.Add(store);
        command.Add(shared);
        command.Add(empty);
        var backup = new Option<string?>("--backup") { Description = "Folder that gets a backup each night; the newest seven stay", HelpName = "dir" };
        command.Add(allowed);
        command.Add(backup);
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            new ServeOptions(
                parsed.GetValue(data) ?? parsed.GetValue(RootData) ?? ConnectionOptions.DefaultData, parsed.GetValue(urls) ?? ServeOptions.DefaultUrls, parsed.GetValue(empty),
                Store: parsed.GetValue(store) ?? StoreOptions.OfEnvironment, SharedFolder: parsed.GetValue(shared))
            {
                AllowedHosts = parsed.GetValue(allowed) ?? [],
                BackupFolder = parsed.GetValue(backup),
            },
            cancellationToken));
    }

    // Not inlined: whoever does not serve loads no web server.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ServeAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        if (options.Store is not null)
            StoreOptions.Check(options.Store);

        try
        {
            await OfficeHost.RunAsync(options, cancellationToken);
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is CannotServeException or NewerSchemaException)
        {
            throw new CommandFailure(ExitCode.Failed, "cannot-serve", e.Message, "");
        }
    }
}
