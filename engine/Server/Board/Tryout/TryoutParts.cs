using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>What the pages of a try-out are made with.</summary>
internal sealed class TryoutParts(TryoutDesk desk, TryoutSessions sessions, TryoutQuery query, KeptTests tests, DirectoryCache directory, BoardPages pages)
{
    public TryoutDesk Desk => desk;

    public TryoutSessions Sessions => sessions;

    public TryoutQuery Query => query;

    public DirectoryCache Directory => directory;

    public TryoutStart Start(StoredDefinition definition) => new(definition.DefinitionId, definition.Name, definition.Json, directory.Current, pages.Moments().Today);

    public async Task<TryoutStartView> StartViewAsync(
        StoredDefinition definition, TryoutStart start, Func<string, string?> typed, Dictionary<string, string> problems, string by, string on, ProblemView? problem, CancellationToken cancellationToken) => new(
        await query.WorkflowAsync(definition, cancellationToken), start.Purpose, start.Groups(typed, problems), start.By(by), start.On(on, problems.GetValueOrDefault("on")), start.HasSample,
        await query.FaultsAsync(definition.Json, cancellationToken), (await tests.ListAsync(definition.DefinitionId, cancellationToken)).Count, problem);
}
