using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime;
using System.Runtime.InteropServices;

namespace ProductionOffice.Server.Commands;

/// <summary>The command line <c>office</c>: <c>office NOUN VERB</c>; without a noun it serves.</summary>
/// <remarks>Only <c>serve</c> builds a host; every other verb starts in a moment and touches neither the web server nor the store's model.</remarks>
internal static class OfficeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var io = Streams.OfProcess();
        return await RunAsync(args, io);
    }

    public static async Task<int> RunAsync(string[] args, Streams io)
    {
        var parsed = Build(io).Parse(args, new ParserConfiguration
        {
            // '@file.json' is a value of --input, and '-due' one of --sort.
            ResponseFileTokenReplacer = null,
            EnablePosixBundling = false,
        });
        var failure = new FailureWriter(io, FailureWriter.AsksForJson(args));
        if (parsed.Action is ParseErrorAction)
            return failure.WriteUsage(parsed);

        // A verb does one thing and ends: it collects its memory in passing, not on a second thread beside its work.
        if (!ServeCommand.Is(parsed))
            GCSettings.LatencyMode = GCLatencyMode.Batch;
        using var interrupted = new CancellationTokenSource();
        // The server has its own orderly way to stop.
        using var signal = ServeCommand.Is(parsed) ? null : PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            interrupted.Cancel();
        });
        var settings = new InvocationConfiguration { Output = io.Out, Error = io.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(settings, interrupted.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            io.Error.WriteLine("office: interrupted; it is safe to repeat the command.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return failure.Write(e);
        }
    }

    /// <summary>All nouns and verbs.</summary>
    public static RootCommand Build(Streams io)
    {
        var root = new RootCommand("The paperwork engine of a production office. Without a command it serves the office of ./data.");
        ServeCommand.AddTo(root);
        foreach (var command in (Command[])
        [
            WorkflowCommands.Build(io),
            InstanceCommands.Build(io),
            TaskCommands.Build(io),
            DocCommands.Build(io),
            PaperworkCommand.Build(io),
            DeliveryCommands.Build(io),
            TemplateCommands.Build(io),
            ExpressionCommands.Build(io),
            KioskCommands.Build(io),
            SignInLinkCommand.Build(io),
            WebhookCommands.Build(io),
            ParkedCommands.Build(io),
            DoctorCommand.Build(io),
            BackupCommands.BuildBackup(io),
            BackupCommands.BuildRestore(io),
            ReleaseCommand.Build(io),
            MigrateStoreCommand.Build(io),
            CompletionCommand.Build(io),
        ])
            root.Add(command);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
