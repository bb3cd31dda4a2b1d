using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Hosting;

/// <summary>Workflows that come with the program, at one start after the other.</summary>
public sealed class ShippedWorkflowsTests : IAsyncLifetime
{
    private readonly BoardOffice _office = new();

    public Task InitializeAsync() => _office.InitializeAsync();

    public Task DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task One_that_was_deleted_stays_deleted_and_one_that_is_new_is_added()
    {
        var runtime = _office.Services.GetRequiredService<WorkflowRuntime>();
        var shipped = Directory.EnumerateFiles(DataFolder.Shipped("workflows"), "*.json").Select(f => (string)JsonNode.Parse(File.ReadAllText(f))!["definitionId"]!).Order(StringComparer.Ordinal).ToList();
        var (deleted, unknown) = (shipped[0], shipped[1]);
        await runtime.DeleteDefinitionAsync(deleted, includeRunning: true);
        await runtime.DeleteDefinitionAsync(unknown, includeRunning: true);
        await _office.Store.WriteAsync(context =>
        {
            // As an office of a program that did not ship it yet.
            context.Settings.RemoveRange(context.Settings.Where(s => s.Key.EndsWith("." + unknown)));
            return Task.CompletedTask;
        }, CancellationToken.None);

        await _office.Services.GetRequiredService<FirstStart>().RunAsync(new ServeOptions("", ""), CancellationToken.None);

        (await runtime.ListVersionsAsync(deleted)).ShouldBeEmpty();
        (await runtime.ListVersionsAsync(unknown)).Single().IsPublished.ShouldBeTrue();
    }
}
