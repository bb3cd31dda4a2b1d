using System.Net;
using System.Net.Sockets;
using ProductionOffice.Server.Tests.Api;
using ProductionOffice.Server.Tests.Commands;
using ProductionOffice.Server.Tests.Crash;

namespace ProductionOffice.Server.Tests.Hosting;

/// <summary>Starting the built program: what it says, and what it refuses in one line.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task A_first_start_says_in_at_most_ten_lines_where_to_go_and_a_second_keeps_the_data()
    {
        await using var office = new OfficeProcess();
        await office.StartAsync();
        office.Said.Count.ShouldBeLessThanOrEqualTo(10);
        office.Said.ShouldContain(line => line.Contains("/sign-in/link/", StringComparison.Ordinal));
        var first = await FiguresAsync(office);

        await office.KillAndRestartAsync();

        (await FiguresAsync(office)).ShouldBe(first);
        first.ShouldBe("7 running, 40 deliveries, 487 pieces of paperwork");
    }

    [Fact]
    public async Task A_data_folder_in_use_is_refused_in_one_line()
    {
        await using var office = new OfficeProcess();
        await office.StartAsync();

        var second = await OfficeRun.OfAsync("serve", "--data", office.Data, "--urls", "http://127.0.0.1:0");

        Refused(second).ShouldContain("used by another running office");
    }

    [Fact]
    public async Task A_taken_port_is_refused_in_one_line_and_nothing_is_made()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var data = Path.Combine(Path.GetTempPath(), "office-never-" + Environment.ProcessId);

        var run = await OfficeRun.OfAsync("serve", "--data", data, "--urls", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        Refused(run).ShouldContain("choose another address with --urls");
        Directory.Exists(data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_refused_in_one_line()
    {
        var file = Path.GetTempFileName();

        var run = await OfficeRun.OfAsync("serve", "--data", Path.Combine(file, "data"), "--urls", "http://127.0.0.1:0");

        Refused(run).ShouldContain("Choose another with --data DIR");
        File.Delete(file);
    }

    private static string Refused(OfficeRun run)
    {
        run.Code.ShouldNotBe(0);
        run.Out.ShouldBe("");
        return run.Error.TrimEnd().Split('\n').ShouldHaveSingleItem();
    }

    private static async Task<string> FiguresAsync(OfficeProcess office)
    {
        var running = (await office.Client.GetJsonAsync("/office/v1/instances")).Json.AsArray().Count;
        var deliveries = (await office.Client.GetJsonAsync("/office/v1/deliveries")).Json.AsArray().Count;
        var paperwork = (await office.Client.GetJsonAsync("/office/v1/paperwork")).Json.AsArray().Count;
        return $"{running} running, {deliveries} deliveries, {paperwork} pieces of paperwork";
    }
}
