using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>Verbs that wait for an office which takes its time.</summary>
public sealed class WaitingTests
{
    [Fact]
    public async Task A_wait_that_is_over_tells_the_instance_and_gives_code_7()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var office = builder.Build();
        office.MapPost("/office/v1/workflows/slow/start", () => Results.Text("""{"instanceId":"i1"}""", "application/json"));
        office.MapGet("/office/v1/instances/i1", () => Results.Text("""{"id":"i1","status":"Running","subStatus":"Executing","atRest":false}""", "application/json"));
        await office.StartAsync();

        var run = await OfficeRun.OfAsync("workflow", "run", "slow", "--wait", "--timeout", "100ms", "-o", "json", "--server", office.Urls.First());

        run.Code.ShouldBe(7);
        run.Json["instanceId"]!.ToString().ShouldBe("i1");
        run.Error.ShouldContain("still under way");
    }

    [Fact]
    public async Task Ctrl_C_gives_code_130_and_says_that_it_may_be_repeated()
    {
        if (OperatingSystem.IsWindows())
            return;

        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var program = OfficeRun.Start(Path.GetTempPath(), "task", "list", "--server", $"http://{silent.LocalEndpoint}");
        using var connection = await silent.AcceptTcpClientAsync();

        using (var kill = Process.Start("kill", ["-INT", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        program.ExitCode.ShouldBe(130);
        error.ShouldBe("office: interrupted; it is safe to repeat the command.\n");
    }
}
