using System.Diagnostics;
using ProductionOffice.Kiosk.Tests.Data;
using ProductionOffice.Office.Kiosks;
using ProductionOffice.TestKit;

namespace ProductionOffice.Kiosk.Tests;

[Trait("Category", "tty")]
public sealed class TmuxTests : IDisposable
{
    private readonly string _socket = $"kiosk-{Environment.ProcessId}-{Guid.CreateVersion7():N}";
    private readonly DataFolder _folder = new();

    [TmuxFact]
    public void In_a_real_terminal_a_delivery_is_logged_and_reaches_the_server()
    {
        using var stub = new StubServer();
        Tmux("new-session", "-d", "-x", "80", "-y", "24", $"{BuiltKiosk.Path} --data {_folder.Path} --server {stub.Address} --pair 123456; echo ended with $?; exec cat");
        WaitFor("● online");
        Tmux("display", "-p", "#{alternate_on}").Trim().ShouldBe("1");

        Tmux("send-keys", "-l", "1Z410E7W0392751591");
        Tmux("send-keys", "Enter");
        WaitFor("recognised");
        Tmux("send-keys", "-l", "kei");
        WaitFor("▸ Kei Ito");
        Tmux("send-keys", "Enter");
        Tmux("set-buffer", "Fragile\nsecond line");
        Tmux("send-keys", "BTab");
        Tmux("send-keys", "BTab");
        Tmux("paste-buffer", "-p");
        WaitFor("Fragile");
        Tmux("send-keys", "F10");
        WaitFor("Saved K1-0420 for Kei Ito");
        WaitFor("sent");

        stub.Kept.ShouldHaveSingleItem().Type.ShouldBe(KioskEventTypes.DeliveryLogged);
        stub.Kept.First().Data.GetProperty("from").GetString().ShouldBe("Fragile");

        Tmux("resize-window", "-x", "60", "-y", "16");
        WaitFor("enlarge the window");
        Tmux("resize-window", "-x", "100", "-y", "30");
        WaitFor("LAST AT THIS DESK");

        Tmux("send-keys", "F9");
        WaitFor("Quit the program");
        Tmux("send-keys", "Down");
        Tmux("send-keys", "Down");
        Tmux("send-keys", "Enter");
        WaitFor("Quit the kiosk?");
        Tmux("send-keys", "Enter");
        WaitFor("ended with 0");
        Tmux("display", "-p", "#{alternate_on}").Trim().ShouldBe("0");
    }

    [TmuxFact]
    public void A_terminate_signal_gives_the_terminal_back()
    {
        Tmux("new-session", "-d", "-x", "80", "-y", "24", $"sh -c 'echo $$ > {_folder.Path}/pid; exec {BuiltKiosk.Path} --data {_folder.Path}'; echo ended with $?; exec cat");
        WaitFor("LAST AT THIS DESK");

        Process.Start("kill", ["-TERM", File.ReadAllText(Path.Combine(_folder.Path, "pid")).Trim()]).WaitForExit();

        WaitFor("ended with 0");
        Tmux("display", "-p", "#{alternate_on}").Trim().ShouldBe("0");
    }

    public void Dispose()
    {
        Tmux("kill-server");
        _folder.Dispose();
    }

    // Each look at the screen is a process of its own: slow enough to need no pause between them.
    private void WaitFor(string text)
    {
        var began = Stopwatch.GetTimestamp();
        var screen = "";
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20))
        {
            screen = Tmux("capture-pane", "-p");
            if (screen.Contains(text, StringComparison.Ordinal))
                return;
        }

        throw new Xunit.Sdk.XunitException($"'{text}' never came. The screen is:\n{screen}");
    }

    private string Tmux(params string[] args)
    {
        var start = new ProcessStartInfo("tmux", ["-L", _socket, "-f", "/dev/null", .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
