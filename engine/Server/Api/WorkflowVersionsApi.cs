using System.Text.Json.Nodes;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/workflows/{definitionId}</c>: versions of a workflow, and the move of what runs from one to another.</summary>
internal static class WorkflowVersionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflows/validate", ValidateAsync);
        api.MapGet("/workflows/{definitionId}/versions", ListAsync);
        api.MapGet("/workflows/{definitionId}/difference", DifferenceAsync);
        api.MapPost("/workflows/{definitionId}/retract", RetractAsync);
        api.MapPost("/workflows/{definitionId}/revert", RevertAsync);
        api.MapPost("/workflows/{definitionId}/delete", DeleteAsync);
        api.MapPost("/workflows/{definitionId}/migrate", MigrateAsync);
    }

    /// <summary>All problems of a definition at once; nothing is stored.</summary>
    private static async Task<IResult> ValidateAsync(HttpContext http, WorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        var json = (await ApiBody.ReadAsync<JsonObject>(http)).ToJsonString();
        IReadOnlyList<DefinitionProblem> problems;
        try
        {
            problems = await runtime.ValidateAsync(DefinitionReader.Read(json), cancellationToken);
        }
        catch (DefinitionFormatException e)
        {
            problems = [new DefinitionProblem("Unreadable", true, null, e.Path, null, e.Problem, e.Remedy)];
        }

        return OfficeApi.Answer(new { Valid = problems.All(p => !p.IsError), Problems = problems });
    }

    /// <summary>Newest first.</summary>
    private static async Task<IResult> ListAsync(string definitionId, WorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        var versions = await runtime.ListVersionsAsync(definitionId, cancellationToken);
        return versions.Count == 0 ? throw OfficeProblem.NotFound("workflow", definitionId, "List them with 'office workflow list'.") : OfficeApi.Answer(versions.Select(VersionJson.Of));
    }

    /// <summary>What differs between two versions in sentences; without a choice the newest version against the live one, else against the one before it.</summary>
    private static async Task<IResult> DifferenceAsync(string definitionId, int? from, int? to, WorkflowKeeping keeping, VersionQuery query, CancellationToken cancellationToken)
    {
        var versions = await keeping.VersionsAsync(definitionId, cancellationToken);
        var after = to is null ? versions[0] : Find(to);
        var before = from is not null ? Find(from)
            : versions.FirstOrDefault(v => v.IsPublished && v.Version != after.Version && to is null) ?? versions.FirstOrDefault(v => v.Version < after.Version)
            ?? throw new OfficeProblem(409, "one-version", $"'{definitionId}' has no version before {after.Version}.", "There is nothing to compare with.");
        return OfficeApi.Answer(new { DefinitionId = definitionId, FromVersion = before.Version, ToVersion = after.Version, Changes = query.Between(before, after) });

        StoredDefinition Find(int? version) => versions.FirstOrDefault(v => v.Version == version)
            ?? throw OfficeProblem.NotFound("version", $"{version}", $"There are {string.Join(", ", versions.Select(v => v.Version).Order())}.");
    }

    private static Task<IResult> RetractAsync(string definitionId, HttpContext http, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken) => Once.AnswerAsync(http, async key =>
    {
        var caller = Publisher(http);
        var versions = await runtime.ListVersionsAsync(definitionId, cancellationToken);
        var stands = versions.FirstOrDefault(v => v.IsPublished)?.Version ?? 0;
        var done = await Begun.NoteAsync(http, key, stands) is { } earlier && earlier != stands ? versions.FirstOrDefault(v => v.Version == earlier) : null;
        using var deed = audit.BeginVersion(caller, "retract-workflow");
        var retracted = done ?? await runtime.RetractAsync(definitionId, cancellationToken);
        return VersionJson.Of(retracted);
    });

    private static Task<IResult> RevertAsync(string definitionId, HttpContext http, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken) => Once.AnswerAsync(http, async key =>
    {
        var caller = Publisher(http);
        var version = (await ApiBody.ReadAsync<VersionNamed>(http)).Version ?? throw new OfficeProblem(422, "version-missing", "It is not said which version to go back to.", "Give version.");
        var versions = await runtime.ListVersionsAsync(definitionId, cancellationToken);
        var newest = versions is [var first, ..] ? first : null;
        var isDone = await Begun.NoteAsync(http, key, newest?.Version ?? 0) is { } earlier && newest?.Version > earlier
            && versions.FirstOrDefault(v => v.Version == version) is { } old && Begun.IsSame(newest, old.Json);
        using var deed = audit.BeginRevert(caller, version);
        var draft = isDone ? newest! : await runtime.RevertAsync(definitionId, version, cancellationToken);
        return VersionJson.Of(draft);
    });

    private static Task<IResult> DeleteAsync(string definitionId, HttpContext http, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken) => Once.AnswerAsync(http, async _ =>
    {
        var caller = Publisher(http);
        var body = await ApiBody.ReadAsync<VersionNamed>(http);
        using var deed = audit.Begin(caller, "delete-workflow", definitionId, body.Version is null ? "all versions" : $"version {body.Version}");
        if (body.Version is { } version)
            await runtime.DeleteVersionAsync(definitionId, version, body.IncludeRunning, cancellationToken);
        else
            await runtime.DeleteDefinitionAsync(definitionId, body.IncludeRunning, cancellationToken);
        return new { DefinitionId = definitionId, body.Version, Deleted = true };
    });

    private static Task<IResult> MigrateAsync(string definitionId, HttpContext http, WorkflowRuntime runtime, AuditTrail audit, CancellationToken cancellationToken) => Once.AnswerAsync(http, async _ =>
    {
        var caller = Publisher(http);
        var body = await ApiBody.ReadAsync<MigrateBody>(http);
        if (body.DryRun)
            return await runtime.PlanMigrationAsync(definitionId, body.FromVersion, body.ToVersion, cancellationToken);

        using var deed = audit.BeginMigration(caller);
        return await runtime.MigrateAsync(definitionId, body.FromVersion, body.ToVersion, caller.Account.Name, cancellationToken);
    });

    private static Caller Publisher(HttpContext http)
    {
        var caller = http.Caller();
        caller.Need("change versions of workflows", OfficeRoles.UnitProductionManager);
        return caller;
    }
}

/// <summary>A version of a workflow.</summary>
/// <param name="Revision">Changes with every change of its text.</param>
internal sealed record VersionJson(string Id, string DefinitionId, int Version, string? Name, bool IsLatest, bool IsPublished, string Revision, DateTimeOffset SavedAt)
{
    public static VersionJson Of(StoredDefinition stored) => new(stored.VersionId, stored.DefinitionId, stored.Version, stored.Name, stored.IsLatest, stored.IsPublished, stored.Revision, stored.CreatedAt);
}

/// <summary>Body of <c>revert</c> and <c>delete</c>.</summary>
internal sealed record VersionNamed(int? Version = null, bool IncludeRunning = false);

/// <summary>Body of <c>migrate</c>.</summary>
internal sealed record MigrateBody(int? FromVersion = null, int? ToVersion = null, bool DryRun = false);
