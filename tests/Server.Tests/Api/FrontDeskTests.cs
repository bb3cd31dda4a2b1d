using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Tests.Api;

/// <summary>The built kiosk and the real office: what happens at the desk wakes the workflow that waits for it.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class FrontDeskTests(OfficeServer office)
{
    private static readonly string Kiosk = Path.Combine(
        AppContext.BaseDirectory.Replace("ProductionOffice.Server.Tests", "ProductionOffice.Kiosk", StringComparison.Ordinal), "office-kiosk.dll");

    [Fact]
    public async Task A_day_worked_offline_arrives_once_and_wakes_the_hire_and_the_delivery()
    {
        using var client = office.Client();
        var (hire, task) = await office.HireAsync("C046");
        foreach (var outcome in new[] { "Approve", "Signed", "Countersign" })
        {
            task = (string)(await client.GetJsonAsync($"/office/v1/tasks?instance={hire}")).Json[0]!["id"]!;
            (await client.PostJsonAsync($"/office/v1/tasks/{task}", new JsonObject { ["outcome"] = outcome })).Status.ShouldBe(200);
            await client.GetJsonAsync($"/office/v1/instances/{hire}?wait=30");
        }

        ((string?)(await client.GetJsonAsync($"/office/v1/instances/{hire}")).Json["waitingFor"]).ShouldBe("Dagny Morrow to check in at the front desk");
        var code = await office.Services.GetRequiredService<KioskDesk>().NewPairingCodeAsync(default);
        var folder = Directory.CreateTempSubdirectory("desk-").FullName;
        var script = Path.Combine(folder, "day.txt");
        await File.WriteAllTextAsync(script, """
            wait-sync
            net down
            scan "1Z410E7W0392751591"
            type "sokol"
            key Enter
            key F10
            key F3
            type "morrow"
            key Enter
            key Esc
            net up
            wait-sync
            """);

        await RunAsync("--headless", "--server", office.Address.ToString(), "--pair", code, "--data", Path.Combine(folder, "kiosk"), "--script", script);
        await client.GetJsonAsync($"/office/v1/instances/{hire}?wait=30");

        ((string?)(await client.GetJsonAsync($"/office/v1/instances/{hire}")).Json["subStatus"]).ShouldBe("Finished");
        var parcel = (await client.GetJsonAsync("/office/v1/deliveries")).Json.AsArray().Single(d => (string?)d!["tracking"] == "1Z410E7W0392751591")!;
        ((string?)parcel["recipient"]).ShouldBe("Vivienne Sokolov");
        var follow = (string)parcel["instanceId"]!;
        await client.GetJsonAsync($"/office/v1/instances/{follow}?wait=30");
        ((string?)(await client.GetJsonAsync($"/office/v1/instances/{follow}")).Json["waitingFor"]).ShouldBe($"Vivienne Sokolov to fetch {parcel["number"]}");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Kiosk);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await output + await error);
    }
}
