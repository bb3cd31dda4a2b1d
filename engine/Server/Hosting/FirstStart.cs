using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Import;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Hosting;

/// <summary>What a first start does once: shipped templates and workflows, then the demo production.</summary>
internal sealed class FirstStart(WorkflowStore store, WorkflowRuntime runtime, DataFolder folder, ProductionImport import, IServiceProvider services, TimeProvider clock)
{
    private const string DoneSetting = "first-start.done";
    private const string ShippedSetting = "first-start.shipped.";

    public async Task RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        folder.RemoveUnfinished();
        folder.AddShippedTemplates();
        await PublishShippedAsync(cancellationToken);
        await using (var context = await store.ReadAsync(cancellationToken))
        {
            if (await context.Settings.AnyAsync(s => s.Key == DoneSetting, cancellationToken))
                return;
        }

        if (!options.IsEmpty)
            await ImportDemoAsync(options, cancellationToken);
        else
            await OpenNewOfficeAsync(cancellationToken);
        CrashPoint.Hit("first.opened");
        await store.WriteAsync(context =>
        {
            context.Settings.Add(new SettingRow { Key = DoneSetting, Value = clock.GetUtcNow().ToString("O") });
            return Task.CompletedTask;
        }, cancellationToken);
    }

    /// <summary>Publishes shipped workflows that have never been there; one that a UPM has changed or deleted is hers.</summary>
    private async Task PublishShippedAsync(CancellationToken cancellationToken)
    {
        HashSet<string> known;
        await using (var context = await store.ReadAsync(cancellationToken))
            known = [.. await context.Settings.Where(s => s.Key.StartsWith(ShippedSetting)).Select(s => s.Key).ToListAsync(cancellationToken)];
        var added = new List<string>();
        foreach (var file in Directory.EnumerateFiles(DataFolder.Shipped("workflows"), "*.json").Order(StringComparer.Ordinal))
        {
            var json = await File.ReadAllTextAsync(file, cancellationToken);
            var id = (string)JsonNode.Parse(json)!["definitionId"]!;
            if (known.Contains(ShippedSetting + id))
                continue;

            added.Add(ShippedSetting + id);
            if (await store.FindDefinitionAsync(id, published: false, cancellationToken) is not null)
                continue;

            // Saved as published in one commit: one that was saved and never published would stay so, as one that a UPM has retracted.
            await runtime.ImportDefinitionAsync(json, cancellationToken);
            CrashPoint.Hit("first.published");
        }

        // After a start that was cut off before this they are found in place, and noted then.
        if (added.Count > 0)
        {
            await store.WriteAsync(async context =>
            {
                var noted = await context.Settings.Where(s => added.Contains(s.Key)).Select(s => s.Key).ToListAsync(cancellationToken);
                context.Settings.AddRange(added.Except(noted).Select(key => new SettingRow { Key = key, Value = clock.GetUtcNow().ToString("O") }));
            }, cancellationToken);
        }
    }

    private async Task ImportDemoAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        // A start that was cut off in the middle left half a production: begin again from nothing.
        await ClearAsync(cancellationToken);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(DataFolder.Shipped("demo"), "sample-production.json"), cancellationToken))!.AsObject();
        if (!options.KeepsDates)
            WeekShift.Into(ProductionImport.AsOf(file), clock.GetUtcNow(), ProductionImport.Zone(file)).Apply(file);
        await import.RunAsync(file, cancellationToken);
        await new InFlight(services).BringAsync(file, cancellationToken);
    }

    private async Task OpenNewOfficeAsync(CancellationToken cancellationToken)
    {
        await ClearAsync(cancellationToken);
        await store.WriteAsync(async context =>
        {
            var production = NewOffice.Production(clock.LocalTimeZone);
            await FactWriter.SetDirectoryAsync(context, "production", production.Id, JsonSerializer.Serialize(production, FactWriter.Json), cancellationToken);
            foreach (var department in NewOffice.Departments)
            {
                await FactWriter.SetDirectoryAsync(context, "department", department.Id, JsonSerializer.Serialize(department, FactWriter.Json), cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
            }

            context.Accounts.AddRange(NewOffice.Accounts);
        }, cancellationToken);
    }

    private Task ClearAsync(CancellationToken cancellationToken) => store.WriteAsync(async context =>
    {
        await context.Instances.ExecuteDeleteAsync(cancellationToken);
        await context.Bookmarks.ExecuteDeleteAsync(cancellationToken);
        await context.Journal.ExecuteDeleteAsync(cancellationToken);
        await context.Work.ExecuteDeleteAsync(cancellationToken);
        await context.Outbox.ExecuteDeleteAsync(cancellationToken);
        await context.Commands.ExecuteDeleteAsync(cancellationToken);
        await context.Tasks.ExecuteDeleteAsync(cancellationToken);
        await context.Paperwork.ExecuteDeleteAsync(cancellationToken);
        await context.Documents.ExecuteDeleteAsync(cancellationToken);
        await context.Messages.ExecuteDeleteAsync(cancellationToken);
        await context.Deliveries.ExecuteDeleteAsync(cancellationToken);
        await context.Presence.ExecuteDeleteAsync(cancellationToken);
        await context.Directory.ExecuteDeleteAsync(cancellationToken);
        await context.Accounts.ExecuteDeleteAsync(cancellationToken);
    }, cancellationToken);
}
