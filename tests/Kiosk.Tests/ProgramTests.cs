using System.Text.Json;
using ProductionOffice.Kiosk.Data;
using ProductionOffice.Kiosk.Tests.Data;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public void Without_a_terminal_it_ends_with_64_and_one_line()
    {
        var (code, output, error) = BuiltKiosk.Run("--data", _folder.Path);

        (code, output).ShouldBe((64, ""));
        error.TrimEnd().ShouldBe("office-kiosk needs a terminal: keyboard and screen must not be redirected, TERM must not be dumb.");
    }

    [Fact]
    public void A_second_instance_ends_with_75()
    {
        using var owner = new Journal(_folder.Path, TimeProvider.System);

        BuiltKiosk.Run("--headless", "--data", _folder.Path).Code.ShouldBe(75);
    }

    [Fact]
    public void A_station_file_that_cannot_be_understood_ends_with_78()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "station.json"), "{");

        BuiltKiosk.Run("--headless", "--data", _folder.Path).Code.ShouldBe(78);
    }

    [Fact]
    public void A_wrong_option_ends_with_64_and_says_which()
    {
        var (code, _, error) = BuiltKiosk.Run("--colour");

        code.ShouldBe(64);
        error.ShouldContain("--colour");
    }

    [Fact]
    public void A_script_pairs_saves_offline_and_sends_when_the_network_is_back()
    {
        using var stub = new StubServer();
        var script = Script("""
            wait-sync
            net down
            scan "1Z410E7W0392751591"
            type "kei"
            key Enter
            key F10
            key F3
            type "park"
            key Enter
            key Esc
            wait-sync
            dump
            net up
            wait-sync
            """);

        var (code, output, error) = BuiltKiosk.Run("--headless", "--data", _folder.Path, "--server", stub.Address, "--pair", "123456", "--script", script, "--dump");

        (code, error).ShouldBe((0, ""));
        output.ShouldContain("○ offline  q:2");
        output.ShouldContain("● online  q:0");
        stub.Kept.Select(e => e.Type).ShouldBe([KioskEventTypes.DeliveryLogged, KioskEventTypes.CrewOut]);
        stub.Kept.First().Data.GetProperty("number").GetString().ShouldBe("K1-0420");
    }

    [Fact]
    public void Killed_at_any_moment_of_a_day_nothing_that_was_confirmed_is_lost_and_everything_is_sent_once()
    {
        using var stub = new StubServer();
        BuiltKiosk.Run("--headless", "--data", _folder.Path, "--server", stub.Address, "--pair", "123456").Code.ShouldBe(0);
        var random = new Random(7);
        var confirmed = new HashSet<string>();
        for (var kill = 0; kill < 12; kill++)
        {
            stub.Troubles.Enqueue(Trouble.AnswerLost);
            var script = Script(string.Concat(Enumerable.Range(0, 40).Select(i => $"scan \"94001112025558{kill:00}{i:0000}\"\ntype \"kei\"\nkey Enter\nkey F10\ndump\n")));
            using var process = BuiltKiosk.Start("--headless", "--data", _folder.Path, "--script", script);
            var enough = random.Next(1, 30);
            var seen = 0;
            while (seen < enough && process.StandardOutput.ReadLine() is { } line)
            {
                var at = line.IndexOf("Saved ", StringComparison.Ordinal);
                if (at >= 0)
                {
                    confirmed.Add(line.Substring(at + 6, 7));
                    seen++;
                }
            }

            process.Kill();
            process.WaitForExit();
        }

        var (code, output, error) = BuiltKiosk.Run("--headless", "--data", _folder.Path, "--script", Script("wait-sync"), "--dump");

        (code, error).ShouldBe((0, ""));
        output.ShouldContain("● online  q:0");
        var records = File.ReadAllLines(_folder.Journal).Select(l => JsonSerializer.Deserialize(l, KioskJson.Default.KioskEvent)!).ToArray();
        records.Select(r => r.Seq).ShouldBe(Enumerable.Range(1, records.Length).Select(i => (long)i));
        stub.Kept.Select(e => (e.Seq, e.Id)).ShouldBe(records.Select(r => (r.Seq, r.Id)));
        confirmed.Except(records.Select(r => r.Data.GetProperty("number").GetString()!)).ShouldBeEmpty();
        confirmed.Count.ShouldBeGreaterThan(50);
    }

    public void Dispose() => _folder.Dispose();

    private string Script(string text)
    {
        var path = Path.Combine(_folder.Path, "script.txt");
        File.WriteAllText(path, text);
        return path;
    }
}
