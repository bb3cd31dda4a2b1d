using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Saves and publishes what people draw, so that nobody's work is overwritten.</summary>
internal sealed class DefinitionDesk(WorkflowStore store, WorkflowRuntime runtime, ActivityRegistry registry, SaveTurns turns, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Saves a model as a draft, and publishes it when asked to.</summary>
    /// <exception cref="DrawingRefusedException">Somebody else changed it meanwhile, or it is to be published and has errors; nothing was changed.</exception>
    public async Task<Saved> SaveAsync(JsonObject model, bool publish, HttpContext http, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        var definitionId = ElsaJson.Text(model["definitionId"]) is { Length: > 0 } given ? given : await NewIdAsync(ElsaJson.Text(model["name"]), cancellationToken);
        using var turn = await turns.EnterAsync(definitionId, cancellationToken);
        var latest = await store.FindDefinitionAsync(definitionId, published: false, cancellationToken);
        model["definitionId"] = definitionId;
        var revision = StoredForm.Of(model, latest, registry);
        if (latest is null)
            model["createdAt"] = clock.GetUtcNow();
        else if (revision is not null && revision != latest.Revision && !turns.IsEcho(definitionId, revision, latest.Revision, Session(http)))
            throw Conflict(latest);

        var isSame = latest is not null && Meaning.IsSame(model, StudioForm.Read(latest.Json));
        if (publish && !(isSame && latest!.IsPublished))
            await CheckAsync(model, cancellationToken);
        var stored = isSame ? latest! : await StoreAsync(model, latest, revision, caller, cancellationToken);
        var alreadyPublished = publish && stored.IsPublished;
        if (publish && !stored.IsPublished)
            stored = await PublishAsync(stored, caller, cancellationToken);
        if (stored.Revision != latest?.Revision)
            turns.Note(definitionId, latest?.Revision, stored.Revision, Session(http), caller.Account.DisplayName);
        return new Saved(stored, alreadyPublished);
    }

    /// <summary>Publishes the newest version.</summary>
    /// <exception cref="DrawingRefusedException">It has errors.</exception>
    public async Task<Saved> PublishAsync(string definitionId, HttpContext http, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        using var turn = await turns.EnterAsync(definitionId, cancellationToken);
        var latest = await store.FindDefinitionAsync(definitionId, published: false, cancellationToken) ?? throw new WorkflowNotFoundException("version", definitionId);
        if (latest.IsPublished)
            return new Saved(latest, true);

        await CheckAsync(StudioForm.Read(latest.Json), cancellationToken);
        var published = await PublishAsync(latest, caller, cancellationToken);
        turns.Note(definitionId, latest.Revision, published.Revision, Session(http), caller.Account.DisplayName);
        return new Saved(published, false);
    }

    /// <summary>Takes the published version out of use and answers the newest one.</summary>
    public async Task<StoredDefinition> RetractAsync(string definitionId, HttpContext http, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(definitionId, cancellationToken);
        var latest = await store.FindDefinitionAsync(definitionId, published: false, cancellationToken) ?? throw new WorkflowNotFoundException("version", definitionId);
        if (await store.FindDefinitionAsync(definitionId, published: true, cancellationToken) is null)
            return latest;

        using var deed = audit.BeginVersion(http.Caller(), "retract-workflow");
        var retracted = await runtime.RetractAsync(definitionId, cancellationToken);
        var newest = retracted.IsLatest ? retracted : latest;
        turns.Note(definitionId, latest.Revision, newest.Revision, Session(http), http.Caller().Account.DisplayName);
        return newest;
    }

    private async Task<StoredDefinition> StoreAsync(JsonObject model, StoredDefinition? latest, string? revision, Caller caller, CancellationToken cancellationToken)
    {
        var json = model.ToJsonString(ElsaJson.Options);
        // Without a revision nobody knows what it was drawn from: it stands beside what there is.
        using var deed = audit.Begin(caller, "draft-workflow", written => written.Definition is { } draft && draft.VersionId != latest?.VersionId ? (draft.DefinitionId, $"version {draft.Version}") : null);
        return latest is not null && revision is null
            ? await runtime.SaveNewVersionAsync(json, cancellationToken)
            : await RefusedWhenLateAsync(() => runtime.SaveDefinitionAsync(json, latest?.Revision ?? "", cancellationToken));
    }

    private async Task<StoredDefinition> PublishAsync(StoredDefinition draft, Caller caller, CancellationToken cancellationToken)
    {
        using var deed = audit.BeginVersion(caller, "publish-workflow", published: true);
        return await RefusedWhenLateAsync(() => runtime.PublishAsync(draft.DefinitionId, draft.Revision, cancellationToken));
    }

    /// <summary>On another node somebody may have been faster than the look at what stands.</summary>
    private async Task<StoredDefinition> RefusedWhenLateAsync(Func<Task<StoredDefinition>> change)
    {
        try
        {
            return await change();
        }
        catch (DefinitionConflictException e)
        {
            throw Conflict(e.Latest);
        }
    }

    private async Task CheckAsync(JsonObject model, CancellationToken cancellationToken)
    {
        var problems = await runtime.ValidateAsync(DefinitionReader.Read(model.ToJsonString(ElsaJson.Options)), cancellationToken);
        if (problems.Any(p => p.IsError))
            throw new DrawingRefusedException(PlainWords.Of(problems, model));
    }

    private DrawingRefusedException Conflict(StoredDefinition latest) => new(
        [$"{turns.MadeBy(latest.DefinitionId, latest.Revision) ?? "Somebody else"} changed \"{latest.Name ?? latest.DefinitionId}\" while you had it open. Your last change was not saved, and nothing of theirs was overwritten. Open the newest, or keep yours as a new workflow."]);

    /// <summary>A readable id of a name that no definition has.</summary>
    private async Task<string> NewIdAsync(string? name, CancellationToken cancellationToken)
    {
        var stem = Slug(name ?? "");
        var id = stem;
        for (var number = 2; await store.FindDefinitionAsync(id, published: false, cancellationToken) is not null; number++)
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        return id;
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "workflow" : text[..Math.Min(text.Length, 60)].Trim('-');
    }

    private static string Session(HttpContext http) => http.User.FindFirstValue(OfficeClaims.SessionId) is { Length: > 0 } session ? session : $"account:{http.Caller().Account.Name}";
}

/// <summary>What became of a save.</summary>
internal sealed record Saved(StoredDefinition Definition, bool AlreadyPublished);
