using System.Collections.Concurrent;
using System.Globalization;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Data;
using ProductionOffice.Kiosk.Terminal;
using ProductionOffice.Kiosk.Terminal.Scripted;

namespace ProductionOffice.Kiosk;

/// <summary>Puts the desk together and ends it with a code the launcher understands.</summary>
internal static class Program
{
    private const int Ok = 0, Usage = 64, Internal = 70, Unwritable = 74, Locked = 75, Setup = 78;

    public static int Main(string[] args)
    {
        try
        {
            var options = KioskOptions.Parse(args);
            if (options.Help)
                return HelpPage.Print();
            return options.IsHeadless ? Headless(options) : Desk(options);
        }
        catch (FormatException e)
        {
            return Say(Usage, e.Message);
        }
        catch (ScriptException e)
        {
            return Say(Internal, e.Message);
        }
        catch (JournalInUseException e)
        {
            return Say(Locked, e.Message);
        }
        catch (KioskSetupException e)
        {
            return Say(Setup, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Say(Unwritable, "The data directory cannot be used: " + e.Message);
        }
    }

    private static int Desk(KioskOptions options)
    {
        if (OperatingSystem.IsWindows())
            return Say(Usage, "The desk's screen runs on Linux and macOS; on Windows use WSL. --headless works everywhere.");

        var isTerminal = UnixTerminal.IsTerminal && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } term && term != "dumb";
        if (!isTerminal && options.Code is null)
            return Say(Usage, "office-kiosk needs a terminal: keyboard and screen must not be redirected, TERM must not be dumb.");

        KioskLoop? loop = null;
        var host = TryOpen(options, isTerminal, Post, out var model);
        using (host)
        {
            if (host is not null && options.Code is not null)
            {
                var paired = host.PairAsync(options.Code).GetAwaiter().GetResult();
                if (paired.Problem is not null)
                    return Say(Setup, paired.Problem);
                model = host.Model();
                if (!isTerminal)
                {
                    Console.WriteLine($"Paired: this desk is {model.Station.Kiosk}. Start office-kiosk in a terminal to work at it.");
                    return Ok;
                }
            }

            var terminal = UnixTerminal.Enter();
            AppDomain.CurrentDomain.UnhandledException += (_, _) => terminal.Dispose();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => terminal.Dispose();
            try
            {
                using var running = new KioskLoop(terminal, TimeProvider.System);
                loop = running;
                var session = new Session(model, terminal, Theme.For(Environment.GetEnvironmentVariable), host is null ? new NoOutside() : host.Outside, TimeProvider.System, Post);
                host?.StartSync();
                var code = running.Run(session);
                terminal.Dispose();
                return code;
            }
            catch (Exception e)
            {
                terminal.Dispose();
                return Crash(options.Data, e);
            }
        }

        // Nothing outside speaks before it is started, and that is after the loop is there.
        void Post(Msg msg) => loop?.Post(msg);
    }

    // A journal that cannot be opened is shown on the desk itself; without a screen it ends the program.
    private static KioskHost? TryOpen(KioskOptions options, bool isTerminal, Action<Msg> post, out Model model)
    {
        try
        {
            var host = Open(options, TimeProvider.System, post);
            model = host.Model();
            return host;
        }
        catch (Exception e) when (isTerminal && e is IOException or UnauthorizedAccessException)
        {
            model = new Model { Station = new Station("-", "Front desk", "", null, false), Fault = "The data directory cannot be used: " + e.Message, IsJournalLost = true };
            return null;
        }
    }

    private static KioskHost Open(KioskOptions options, TimeProvider clock, Action<Msg> post)
    {
        var host = new KioskHost(options.Data, clock, post);
        host.Know(options.Server, options.Name);
        if (options.Code is null || host.Model().Station.Server is not null)
            return host;

        host.Dispose();
        throw new FormatException("--pair wants the server too: --server http://office.local:5000");
    }

    private static int Headless(KioskOptions options)
    {
        using var inbox = new BlockingCollection<Msg>();
        var clock = new ScriptClock(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local);
        var lines = options.Script is null ? [] : ScriptLine.Read(File.ReadAllText(options.Script));
        using var host = Open(options, clock, inbox.Add);
        if (options.Code is not null && host.PairAsync(options.Code).GetAwaiter().GetResult() is { Problem: { } problem })
            return Say(Setup, problem);

        var terminal = new ScriptTerminal();
        var session = new Session(host.Model(), terminal, Theme.Mono(), host.Outside, clock, inbox.Add);
        host.StartSync();
        new ScriptRunner(session, inbox, terminal, clock, host, Console.Out).Play(lines);
        if (options.Dump)
            Console.Out.Write(session.Screen.ToText());
        return session.ExitCode ?? Ok;
    }

    private static int Crash(string data, Exception e)
    {
        var inner = (e as KioskFaultException)?.InnerException ?? e;
        var path = Path.Combine(data, TimeProvider.System.GetUtcNow().ToString("'crash-'yyyyMMdd-HHmmss'.txt'", CultureInfo.InvariantCulture));
        try
        {
            File.WriteAllText(path, inner + Environment.NewLine);
            return Say(Internal, $"The kiosk failed: {inner.Message} What was saved is safe. Details: {path}");
        }
        catch (Exception again) when (again is IOException or UnauthorizedAccessException)
        {
            return Say(Internal, $"The kiosk failed: {inner}");
        }
    }

    private static int Say(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }

    /// <summary>Where there is no journal nothing can be done.</summary>
    private sealed class NoOutside : IOutside
    {
        public void Do(Effect effect, Action<Msg> post) => post(new SaveFailed("There is no journal."));
    }
}
