using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Hosting;

/// <summary>Tells the owner where the board is, how to get in and what to try; and lets the owner's own programs in.</summary>
internal static class Greeting
{
    public static async Task WriteAsync(WebApplication app, DataFolder folder, TextWriter output, CancellationToken cancellationToken)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await WriteLocalAccessAsync(app, folder, address, cancellationToken);
        var link = await app.Services.GetRequiredService<SignInLinks>().NewOwnerAsync("upm", cancellationToken);
        var directory = app.Services.GetRequiredService<DirectoryCache>().Current;
        var show = directory.Production is { } production && directory.People.Count > 0 ? $"{production.Title} ({production.WorkingTitle}), {directory.People.Count} people" : "a new office, nobody hired yet";
        var isDemo = directory.Person("C041") is not null;
        var hire = isDemo
            ? "--input person=C041"
            : "--input name=\"Kei Ito\" role=Gaffer department=ELC rateType=weekly rate=2650 startDate=YYYY-MM-DD endDate=YYYY-MM-DD";
        var place = app.Services.GetRequiredService<OfficeDatabase>() is PostgresDatabase postgres ? $" and PostgreSQL at {postgres.Address}" : "";
        await output.WriteLineAsync($"""
            The production office is open: {show}.
              Board        {address}
              Sign in      {address}/sign-in/link/{link}   (once, within 30 minutes)
              Data         {folder.Root}{place}
            Try next, in a second terminal (office is: dotnet run --project engine/Server --):
              office workflow run crew-hire {hire} --wait
              office task list
              dotnet run --project kiosk -- --server {address}   (pairing code: office kiosk pair)
            Stop with Ctrl+C.
            """);
        if (await OfficePause.LookAsync(app.Services.GetRequiredService<OfficeDatabase>(), app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken) is { } paused)
            await output.WriteLineAsync(paused);
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the owner's access for this run: a new token each time, readable by the owner alone.</summary>
    private static async Task WriteLocalAccessAsync(WebApplication app, DataFolder folder, string address, CancellationToken cancellationToken)
    {
        var token = Secrets.NewToken();
        await app.Services.GetRequiredService<WorkflowStore>().WriteAsync(async context =>
        {
            // Each node has its own: one that starts does not shut the others' owners out.
            var key = app.Services.GetRequiredService<OfficeDatabase>().IsShared ? $"{OwnerToken.Setting}:{folder.Node}" : OwnerToken.Setting;
            if (await context.Settings.FindAsync([key], cancellationToken) is { } setting)
                setting.Value = Secrets.Hash(token);
            else
                context.Settings.Add(new SettingRow { Key = key, Value = Secrets.Hash(token) });
        }, cancellationToken);

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(folder.LocalAccess);
        await using var file = new FileStream(folder.LocalAccess, options);
        await JsonSerializer.SerializeAsync(file, new { server = address, token }, cancellationToken: cancellationToken);
    }
}
