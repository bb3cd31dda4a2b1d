using System.CommandLine;
using System.Runtime.CompilerServices;
using ProductionOffice.Server.Hosting;

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
        var serve = new Verb(Name, "Runs the office: board, workflows, kiosk exchange.", "office serve", "office serve --data /srv/nightfall --urls http://127.0.0.1:5300", "office serve --data /srv/new-show --empty");
        Fill(serve, Data());
        root.Add(serve);
    }

    private static Option<string?> Data() => new("--data") { Description = "Data folder; made on the first start (default ./data)", HelpName = "dir" };

    private static void Fill(Command command, Option<string?> data)
    {
        var urls = new Option<string?>("--urls") { Description = "Address to listen on (default http://127.0.0.1:5210); port 0 takes a free one", HelpName = "url" };
        var store = new Option<string?>("--db") { Description = "Another store than the one in the data folder; not in this build, which says so", HelpName = "conn" };
        var empty = new Option<bool>("--empty") { Description = "A first start without the demo production" };
        var allowed = new Option<string[]>("--allow-host") { Description = "Host of the own network that workflows may call, with or without a port; may be given more than once", HelpName = "host" };
        command.Add(data);
        command.Add(urls);
        command.Add(store);
        command.Add(empty);
        var backup = new Option<string?>("--backup") { Description = "Folder that gets a backup each night; the newest seven stay", HelpName = "dir" };
        command.Add(allowed);
        command.Add(backup);
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            parsed.GetValue(store),
            new ServeOptions(parsed.GetValue(data) ?? parsed.GetValue(RootData) ?? ConnectionOptions.DefaultData, parsed.GetValue(urls) ?? ServeOptions.DefaultUrls, parsed.GetValue(empty))
            {
                AllowedHosts = parsed.GetValue(allowed) ?? [],
                BackupFolder = parsed.GetValue(backup),
            },
            cancellationToken));
    }

    // Not inlined: whoever does not serve loads no web server.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ServeAsync(string? store, ServeOptions options, CancellationToken cancellationToken)
    {
        if (store is not null)
            throw CommandFailure.Usage($"--db {store}: this build keeps its store in the data folder.", "Leave --db out, or choose the folder with --data DIR.");

        try
        {
            await OfficeHost.RunAsync(options, cancellationToken);
            return ExitCode.Ok;
        }
        catch (CannotServeException e)
        {
            throw new CommandFailure(ExitCode.Failed, "cannot-serve", e.Message, "");
        }
    }
}
