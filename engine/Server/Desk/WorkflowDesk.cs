using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;
using ProductionOffice.Workflows.Hiring;
using static ProductionOffice.Server.Persistence.OfficeDbContext;

namespace ProductionOffice.Server.Desk;

/// <summary>Starts, withdraws and revives workflows for people.</summary>
internal sealed class WorkflowDesk(WorkflowStore store, WorkflowRuntime runtime, TaskDesk tasks, DirectoryCache directory, TimeProvider clock)
{
    /// <summary>Starts a published workflow. Answered when its first burst is durable; the same key again gets the same instance.</summary>
    /// <exception cref="OfficeProblem">No such workflow, nobody of that name, terms that cannot be read, or it may not start now.</exception>
    public async Task<string> StartAsync(string definitionId, JsonObject input, Account by, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var definition = await FindPublishedAsync(definitionId, cancellationToken);
        var values = Value.ParseJson(input.ToJsonString());
        CheckPerson(definition.Json, values, by);
        var started = await runtime.StartAsync(new StartRequest
        {
            DefinitionId = definitionId,
            Input = values.AsObject(),
            Actor = by.Name,
            IdempotencyKey = idempotencyKey,
        }, cancellationToken);
        if (started.CannotStart)
            throw new OfficeProblem(409, "cannot-start", $"'{definition.Name}' does not start a second time while the first is running.", "Open the running one from the list of workflows.");

        await directory.RefreshAsync(cancellationToken);
        return started.InstanceId;
    }

    /// <summary>Publishes a definition as its next version; what runs stays on the version it began with.</summary>
    /// <exception cref="OfficeProblem">It cannot be read or has errors: all of them at once, nothing was stored.</exception>
    public async Task<StoredDefinition> PublishAsync(string json, CancellationToken cancellationToken)
    {
        try
        {
            var definition = DefinitionReader.Read(json);
            var errors = (await runtime.ValidateAsync(definition, cancellationToken)).Where(p => p.IsError).ToList();
            if (errors.Count > 0)
                throw new OfficeProblem(422, "definition-invalid", string.Join(" ", errors.Select(e => $"{e.Path}: {e.Message}")), "Correct the file; 'office workflow validate FILE' shows the lines. Nothing was published.");

            var saved = await runtime.SaveDefinitionAsync(json, cancellationToken);
            return await runtime.PublishAsync(definition.DefinitionId, saved.Revision, cancellationToken);
        }
        catch (DefinitionFormatException e)
        {
            throw new OfficeProblem(422, "definition-unreadable", e.Message, "Nothing was published.");
        }
    }

    /// <summary>A definition as it is published, to be changed and published again.</summary>
    /// <exception cref="OfficeProblem">There is none.</exception>
    public async Task<StoredDefinition> FindPublishedAsync(string definitionId, CancellationToken cancellationToken)
    {
        if (await store.FindDefinitionAsync(definitionId, published: true, cancellationToken) is { } definition)
            return definition;

        var known = (await store.ListDefinitionsAsync(cancellationToken)).Where(d => d.IsPublished).Select(d => d.DefinitionId).Order();
        throw OfficeProblem.NotFound("published workflow", definitionId, $"Published are: {string.Join(", ", known)}.");
    }

    /// <summary>An instance, for its page.</summary>
    public async Task<WorkflowInstance> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        await store.FindInstanceAsync(instanceId, cancellationToken)
        ?? throw OfficeProblem.NotFound("running or finished workflow", instanceId, "List them with 'office instance list'.");

    /// <summary>Withdraws: what the workflow does on withdrawing is done; one that offers none is cancelled.</summary>
    public async Task WithdrawAsync(string instanceId, Account by, string? reason, CancellationToken cancellationToken)
    {
        var instance = await FindAsync(instanceId, cancellationToken);
        if (instance.Status == WorkflowStatus.Finished)
            throw new OfficeProblem(409, "instance-finished", $"'{instance.Name ?? instance.Id}' has already ended ({instance.SubStatus}).", "Nothing was changed.");

        var offered = (await tasks.ListOpenAsync(instanceId, includeOffered: true, cancellationToken)).FirstOrDefault(t => t.Kind == AllowWithdrawal.TaskKind);
        if (offered is not null)
        {
            await tasks.DoAsync(offered.Id, new TaskAnswer("Withdraw", reason ?? "withdrawn"), by, null, cancellationToken);
            return;
        }

        if (!by.Is(OfficeRoles.UnitProductionManager) && !by.Is(OfficeRoles.ProductionCoordinator))
            throw OfficeProblem.NotAllowed($"{by.DisplayName} may not cancel '{instance.Name ?? instance.Id}'.", "Ask the coordinator or the UPM.");
        await runtime.CancelAsync(instanceId, by.Name, reason, cancellationToken);
    }

    /// <summary>Lets parked effects and work of an instance run again, and the activity that faulted; returns how many.</summary>
    public async Task<int> RetryAsync(string instanceId, Account by, CancellationToken cancellationToken)
    {
        var instance = await FindAsync(instanceId, cancellationToken);
        var revived = 0;
        await store.WriteAsync(async context =>
        {
            foreach (var message in await context.Outbox.Where(o => o.InstanceId == instanceId && EF.Property<DateTimeOffset?>(o, Shadow.ParkedAt) != null).ToListAsync(cancellationToken))
            {
                var entry = context.Entry(message);
                entry.Property<DateTimeOffset?>(Shadow.ParkedAt).CurrentValue = null;
                entry.Property<int>(Shadow.Attempts).CurrentValue = 0;
                entry.Property<DateTimeOffset>(Shadow.DueAt).CurrentValue = clock.GetUtcNow();
                revived++;
            }

            foreach (var item in await context.Work.Where(w => w.InstanceId == instanceId && EF.Property<DateTimeOffset?>(w, Shadow.ParkedAt) != null).ToListAsync(cancellationToken))
            {
                var entry = context.Entry(item);
                entry.CurrentValues.SetValues(item with { Attempts = 0, DueAt = clock.GetUtcNow() });
                entry.Property<DateTimeOffset?>(Shadow.ParkedAt).CurrentValue = null;
                revived++;
            }
        }, cancellationToken);
        if (instance.SubStatus == WorkflowSubStatus.Faulted)
        {
            await runtime.RetryAsync(instanceId, actor: by.Name, cancellationToken: cancellationToken);
            revived++;
        }

        return revived;
    }

    /// <summary>Whether a definition takes a hire request, which brings deal terms with it.</summary>
    public static bool IsHire(string definitionJson) => definitionJson.Contains("\"Office.HireRequest\"", StringComparison.Ordinal);

    private void CheckPerson(string definitionJson, Value input, Account by)
    {
        var asksForPerson = JsonNode.Parse(definitionJson)!["inputs"] is JsonArray inputs && inputs.Any(i => (string?)i!["uiHint"] == "person");
        if (!asksForPerson)
            return;

        if (!IsHire(definitionJson))
        {
            var named = input["person"];
            if (named.Kind == ValueKind.String && named.AsString().Length > 0 && directory.Current.FindPerson(named.AsString()) is null)
                throw new OfficeProblem(404, "person-unknown", $"There is nobody with the id or full name '{named.AsString()}' in the directory.", "Give the id or the full name of somebody of the directory.");
            return;
        }

        try
        {
            var (person, _) = HireTerms.Read(input["person"], input, directory.Current, "new");
            if (by.Name != Caller.OwnerName && !HireRules.MayHire(by, person.DepartmentId))
                throw OfficeProblem.NotAllowed($"{by.DisplayName} may not ask to hire {person.Name} ({directory.Current.Department(person.DepartmentId)?.Name ?? person.DepartmentId}).", "Ask the head of that department, the coordinator or the UPM to start it.");
        }
        catch (HireRequestException e) when (e.Field == "person" && e.Value.Length > 0)
        {
            throw new OfficeProblem(404, "person-unknown", e.Problem, e.Remedy);
        }
        catch (HireRequestException e)
        {
            throw new OfficeProblem(422, "terms-incomplete", e.Problem, e.Remedy);
        }
    }
}
