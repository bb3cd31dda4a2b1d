using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary>Finds what listens at a path: the trigger of a published workflow, or a running one that waits there.</summary>
internal sealed class EndpointFinder(WorkflowStore store, WorkflowRuntime runtime)
{
    private const string Name = "Elsa.HttpEndpoint";
    private const string Brace = "{";

    /// <param name="method">Of the request.</param>
    /// <param name="path">Under /workflows.</param>
    /// <param name="instanceId">The one instance that is meant; null for any, and for what starts a new one.</param>
    /// <param name="correlationId">The instances that are meant; null for any.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OfficeProblem">Nothing listens there, or more than one and it is not said which.</exception>
    public async Task<FoundEndpoint> FindAsync(string method, string path, string? instanceId, string? correlationId, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var stimuli = await StimuliAsync(context, method, path, cancellationToken);
        foreach (var (stimulus, route) in stimuli)
        {
            var hash = StimulusHash.Of(Name, stimulus);
            var triggers = instanceId is null ? await context.Triggers.Where(t => t.Hash == hash).OrderBy(t => t.DefinitionId).ToListAsync(cancellationToken) : [];
            if (triggers.Count > 1)
                throw new OfficeProblem(409, "endpoint-ambiguous", $"{triggers.Count} workflows listen at '{path}': {string.Join(", ", triggers.Select(t => t.DefinitionId))}.", "Give each a path of its own. Nothing was started.");
            if (triggers is [var trigger])
                return Found(await runtime.DescribeTriggerAsync(trigger, cancellationToken), path, route, trigger, null);

            var bookmarks = await context.Bookmarks
                .Where(b => b.Hash == hash && (instanceId == null || b.InstanceId == instanceId) && (correlationId == null || b.CorrelationId == correlationId))
                .OrderBy(b => b.CreatedAt).Take(2).ToListAsync(cancellationToken);
            if (bookmarks.Count > 1)
                throw new OfficeProblem(409, "endpoint-ambiguous", $"More than one workflow waits at '{path}'.", "Say which with ?workflowInstanceId=… or ?correlationId=…. Nothing was changed.");
            if (bookmarks is [var bookmark])
                return Found(bookmark.Payload is null ? Value.Undefined : Value.ParseJson(bookmark.Payload), path, route, null, bookmark.Id);
        }

        throw OfficeProblem.NotFound("workflow that listens at", $"{method} /workflows/{path}", "It may have gone on already; look at the paths of the published workflows.");
    }

    private static FoundEndpoint Found(Value described, string path, RouteTemplate? route, Trigger? trigger, string? bookmarkId)
    {
        var rules = new EndpointRules(described);
        // The stimulus is in small letters; the author's own spelling names the parts.
        return new FoundEndpoint(rules, route is null ? [] : EndpointPath.Match(EndpointPath.Parse(rules.Path) ?? route, path) ?? [], trigger, bookmarkId);
    }

    /// <summary>The path itself first, then templates that fit it, the most exact first.</summary>
    private static async Task<List<(string Stimulus, RouteTemplate? Route)>> StimuliAsync(OfficeDbContext context, string method, string path, CancellationToken cancellationToken)
    {
        var exact = Stimulus(path, method);
        var triggers = await context.Triggers.Where(t => t.Name == Name && t.Stimulus!.Substring(1).Contains(Brace)).Select(t => t.Stimulus!).Distinct().ToListAsync(cancellationToken);
        var waits = await context.Bookmarks.Where(b => b.Name == Name && b.Stimulus!.Substring(1).Contains(Brace)).Select(b => b.Stimulus!).Distinct().ToListAsync(cancellationToken);
        var templates = from stimulus in triggers.Union(waits)
                        let fields = JsonNode.Parse(stimulus)
                        where string.Equals((string?)fields["method"], method, StringComparison.OrdinalIgnoreCase)
                        let route = EndpointPath.Parse((string?)fields["path"] ?? "")
                        where route is not null && EndpointPath.Match(route, path.ToLowerInvariant()) is not null
                        orderby RoutePrecedence.ComputeInbound(route)
                        select (stimulus, (RouteTemplate?)route);
        // A path with braces is a template's own name, not one that fits it.
        return path.Contains('{', StringComparison.Ordinal) ? [.. templates] : [(exact, null), .. templates];
    }

    private static string Stimulus(string path, string method) => Engine.Runtime.Stimulus.HttpRequest(method, path, Value.Undefined).Payload.ToJson();
}

/// <summary>Who listens.</summary>
/// <param name="Rules">What its author allows.</param>
/// <param name="RouteData">Parts of the path by name.</param>
/// <param name="Trigger">What starts; null when something waits.</param>
/// <param name="BookmarkId">What waits; null when something starts.</param>
internal sealed record FoundEndpoint(EndpointRules Rules, RouteValueDictionary RouteData, Trigger? Trigger, string? BookmarkId);
