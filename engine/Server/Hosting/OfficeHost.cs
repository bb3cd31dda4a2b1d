using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api;
using ProductionOffice.Server.Api.Elsa;
using ProductionOffice.Server.Api.Endpoints;
using ProductionOffice.Server.Board;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Effects.Web;
using ProductionOffice.Server.Import;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Postgres;
using ProductionOffice.Server.Persistence.Sqlite;
using ProductionOffice.Server.Scheduling;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Studio;
using ProductionOffice.Server.Telemetry;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;
using ProductionOffice.Workflows;
using ProductionOffice.Workflows.Documents;

namespace ProductionOffice.Server.Hosting;

/// <summary>Puts the program together: store, engine, desks, pages, and starts it.</summary>
internal static class OfficeHost
{
    /// <summary>Serves until told to stop; everything a person must know stands on standard output in at most ten lines.</summary>
    /// <exception cref="CannotServeException">Port taken, folder not writable, or in use.</exception>
    public static async Task RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        RefuseTakenPort(options.Urls);
        if (options.BackupFolder is { } backup && (Commands.OfficeBackup.Lies(backup, options.DataFolder) || Commands.OfficeBackup.Lies(backup, options.SharedFolder ?? options.DataFolder)))
            throw new CannotServeException($"The backup folder {backup} lies in the data folder. Choose one outside of it with --backup DIR.");

        using var folder = DataFolder.Take(options.DataFolder, options.SharedFolder);
        await using var app = Build(options, folder, TimeProvider.System);
        await PrepareAsync(app, options, cancellationToken);
        await app.StartAsync(cancellationToken);
        await Greeting.WriteAsync(app, folder, Console.Out, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        File.Delete(folder.LocalAccess);
    }

    /// <summary>Builds the program without starting it; <paramref name="configure"/> may replace parts.</summary>
    public static WebApplication Build(ServeOptions options, DataFolder folder, TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "office" });
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 30 * 1024 * 1024;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Two who save at once are no failure of the store: whoever asked logs what it could not settle.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical);
        AddOffice(builder.Services, options, folder, clock);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseOfficeSecurity();
        OfficeHealth.Map(app);
        app.MapSignIn();
        app.MapBoard();
        app.MapStudio();
        app.MapOfficeApi();
        app.MapElsaApi();
        app.MapKioskApi();
        app.MapWebEndpoints();
        return app;
    }

    /// <summary>Brings the store to the newest schema and a first start to a working office.</summary>
    public static async Task PrepareAsync(WebApplication app, ServeOptions options, CancellationToken cancellationToken)
    {
        var services = app.Services;
        var (database, clock) = (services.GetRequiredService<OfficeDatabase>(), services.GetRequiredService<TimeProvider>());
        await using var preparation = await BeginAsync(database, cancellationToken);
        await database.MigrateAsync(clock, cancellationToken);
        CrashPoint.Hit("deaths.before");
        await database.NoteDeathsAsync(clock, cancellationToken);
        CrashPoint.Hit("deaths.after");
        await services.GetRequiredService<FirstStart>().RunAsync(options, cancellationToken);
        await services.GetRequiredService<DirectoryCache>().ReloadAsync(cancellationToken);
    }

    private static async Task<IAsyncDisposable?> BeginAsync(OfficeDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            return await database.BeginPreparationAsync(cancellationToken);
        }
        catch (Exception e) when (database is PostgresDatabase && e is Npgsql.NpgsqlException or SocketException)
        {
            throw new CannotServeException($"The PostgreSQL at {((PostgresDatabase)database).Address} cannot be used: {e.Message} Check that it runs and that user, password and database are right.", e);
        }
    }

    private static void AddOffice(IServiceCollection services, ServeOptions options, DataFolder folder, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(folder);
        services.AddSingleton(clock);
        AddStore(services, options, folder);
        services.AddSingleton<Commits>();
        services.AddSingleton<WorkflowStore>();
        services.AddSingleton<IWorkflowStore>(s => s.GetRequiredService<WorkflowStore>());
        services.AddSingleton<DirectoryCache>();
        services.AddSingleton(OfficeActivities.Registry());
        services.AddSingleton(s => new WorkflowRuntime(
            s.GetRequiredService<IWorkflowStore>(), s.GetRequiredService<ActivityRegistry>(), s.GetRequiredService<TimeProvider>(),
            RuntimeOptions(s) with { PlansTimers = !options.RunsSchedules, DefinitionsChanged = s.GetRequiredService<ScheduleChanges>().Announce }));
        services.AddSingleton<TaskDesk>();
        services.AddSingleton<WorkflowDesk>();
        services.AddSingleton<KioskDesk>();
        services.AddSingleton<CrewList>();
        services.AddSingleton<IEffect, DocumentEffect>();
        services.AddSingleton<IEffect>(new MessageEffect(folder.Mail));
        services.AddSingleton(new WebGuard([.. options.AllowedHosts.Select(AllowedHost.Parse)]));
        services.AddSingleton<Destinations>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<IEffect, WebRequestEffect>();
        services.AddSingleton<IEffect, WebResponseEffect>();
        services.AddSingleton<EndpointFinder>();
        services.AddSingleton<ReceivedFiles>();
        services.AddSingleton<RequestThrottle>();
        services.AddSingleton(new TemplateShelf(folder.Templates));
        services.AddSingleton<OutboxWorker>();
        services.AddScheduling(options);
        services.AddSingleton<OfficeHealth>();
        services.AddSingleton<RepairDesk>();
        services.AddSingleton<TryoutDesk>();
        services.AddSingleton<TryoutSessions>();
        services.AddSingleton<KeptTests>();
        OfficeTelemetry.AddTo(services);
        services.AddSingleton<OfficeLoop>();
        services.AddHostedService(s => s.GetRequiredService<OfficeLoop>());
        services.AddSingleton<ProductionImport>();
        services.AddSingleton<FirstStart>();
        services.AddOfficeSecurity(options);
        services.AddElsaApi();
        services.AddBoard();
        services.AddSingleton(new StudioFiles(options.StudioFolder));
    }

    private static void AddStore(IServiceCollection services, ServeOptions options, DataFolder folder)
    {
        if (options.Store is null)
        {
            var database = new SqliteDatabase(folder.Database);
            database.BeginModel();
            services.AddSingleton<OfficeDatabase>(_ => database);
            services.AddSingleton<DocumentFiles>(new DocumentFolder(folder.Documents));
        }
        else
        {
            var database = new PostgresDatabase(options.Store);
            database.BeginModel();
            services.AddSingleton(_ => database);
            services.AddSingleton<OfficeDatabase>(s => s.GetRequiredService<PostgresDatabase>());
            services.AddSingleton<DocumentFiles, DocumentTable>();
            services.AddHostedService<PostgresSignals>();
        }

        services.AddSingleton(s => s.GetRequiredService<OfficeDatabase>().Contexts);
    }

    /// <summary>What bursts may read of the office: the directory as it stands.</summary>
    internal static WorkflowRuntimeOptions RuntimeOptions(IServiceProvider services) => new()
    {
        Services = new BurstServices(services.GetRequiredService<DirectoryCache>()),
        NewInstanceId = NewInstanceId,
        Checks = [new TemplateFieldCheck(services.GetRequiredService<TemplateShelf>().TryFind, () => services.GetRequiredService<TemplateShelf>().Names).Check, EndpointPathCheck.Check],
    };

    /// <summary>Twelve letters and digits that no one mixes up: 60 random bits, short enough for an address and a terminal.</summary>
    private static string NewInstanceId() => string.Create(12, 0, static (id, _) => RandomNumberGenerator.GetItems("0123456789abcdefghjkmnpqrstvwxyz", id));

    private static void RefuseTakenPort(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri))
                throw new CannotServeException($"'{url}' is not an address. Give one like {ServeOptions.DefaultUrls} with --urls.");
            if (uri.Scheme != Uri.UriSchemeHttp)
                throw new CannotServeException($"'{url}' cannot be served: the office speaks http. For https put a proxy in front, and give an address like {ServeOptions.DefaultUrls} with --urls.");

            // A name would be listened to on every network of the machine, a mistyped address too.
            var address = uri.IsLoopback && !IPAddress.TryParse(uri.Host, out _) ? IPAddress.Loopback : Address(uri)
                ?? throw new CannotServeException($"'{uri.Host}' in '{url}' is no address of a network card. Give one like {ServeOptions.DefaultUrls} with --urls, or http://0.0.0.0:{uri.Port} for all networks.");
            if (uri.Port == 0)
                continue;

            try
            {
                using var probe = new TcpListener(address, uri.Port);
                probe.Start();
            }
            catch (SocketException e)
            {
                throw new CannotServeException($"Cannot listen on {url}: {e.Message}. Stop the program that uses it, or choose another address with --urls http://127.0.0.1:PORT.", e);
            }
        }
    }

    private static IPAddress? Address(Uri uri) => IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? address : null;

    private sealed class BurstServices(DirectoryCache directory) : IServiceProvider
    {
        public object? GetService(Type serviceType)
        {
            if (serviceType == typeof(OfficeDirectory))
                return directory.Current;
            return serviceType == typeof(TimeZoneInfo) ? directory.Zone : null;
        }
    }
}
