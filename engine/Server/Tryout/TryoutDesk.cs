using System.Globalization;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Tryout;

/// <summary>What try-outs are played on: a version of a workflow, and the office as it stands. Reads only.</summary>
internal sealed class TryoutDesk(WorkflowStore store, DirectoryCache directory, ActivityRegistry registry, TemplateShelf templates)
{
    /// <summary>Refuses those who may not publish workflows.</summary>
    /// <exception cref="OfficeProblem">The caller may not.</exception>
    public static Caller Need(HttpContext context)
    {
        var caller = context.Caller();
        caller.Need("try workflows out", OfficeRoles.UnitProductionManager);
        return caller;
    }

    /// <summary>A version of a workflow: a number, <c>published</c>, or the newest when nothing is named.</summary>
    /// <exception cref="OfficeProblem">There is none.</exception>
    public async Task<StoredDefinition> FindAsync(string definitionId, string version, CancellationToken cancellationToken)
    {
        var found = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (await store.ListDefinitionsAsync(cancellationToken)).FirstOrDefault(d => d.DefinitionId == definitionId && d.Version == number)
            : await store.FindDefinitionAsync(definitionId, published: version == "published", cancellationToken);
        return found ?? throw OfficeProblem.NotFound(version.Length > 0 ? $"version {version} of the workflow" : "workflow", definitionId, "Look under Workflows.");
    }

    /// <summary>A definition with the published ones it starts, the directory and the templates of this moment.</summary>
    public async Task<TryoutSetting> SettingAsync(string definition, CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        var published = (await store.ListDefinitionsAsync(cancellationToken)).Where(d => d.IsPublished).ToList();
        var (others, texts) = (new List<StoredDefinition>(), new Queue<string>([definition]));
        while (texts.TryDequeue(out var text))
        {
            var own = Engine.Definitions.DefinitionReader.Read(definition).DefinitionId;
            foreach (var other in published.Where(d => d.DefinitionId != own && !others.Contains(d) && text.Contains($"\"{d.DefinitionId}\"", StringComparison.Ordinal)).ToList())
            {
                others.Add(other);
                texts.Enqueue(other.Json);
            }
        }

        return new TryoutSetting(definition, others, directory.Current, registry, templates);
    }
}
