using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Api.Elsa.Definitions;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>What the steps of an instance were given: as its version states it, and as it was worked out.</summary>
internal sealed class StepStates
{
    private readonly bool _sees;
    private readonly Dictionary<string, JsonObject> _stated;

    private StepStates(bool sees, Dictionary<string, JsonObject> stated) => (_sees, _stated) = (sees, stated);

    /// <summary>Whether the caller may see the values inside the instance.</summary>
    public bool Sees => _sees;

    /// <summary>Reads what the version of an instance states; null when there is no such instance.</summary>
    public static async Task<StepStates?> ReadAsync(OfficeDbContext context, string instanceId, Caller caller, DirectoryCache directory, CancellationToken cancellationToken)
    {
        var instance = await context.Instances.Where(i => i.Id == instanceId).Select(i => new { i.CorrelationId, i.DefinitionVersionId }).FirstOrDefaultAsync(cancellationToken);
        if (instance is null)
            return null;

        var version = await context.Definitions.FirstOrDefaultAsync(d => d.VersionId == instance.DefinitionVersionId, cancellationToken);
        var stated = version is null ? [] : ActivityTree.All(StudioForm.Shown(version)["root"])
            .GroupBy(a => ElsaJson.Text(a["nodeId"]) ?? "").ToDictionary(g => g.Key, g => Literals(g.First()), StringComparer.Ordinal);
        return new StepStates(caller.SeesValues(instance.CorrelationId, directory.Current), stated);
    }

    /// <summary>Inputs by name.</summary>
    /// <param name="nodeId">Of the step.</param>
    /// <param name="data">Of the journal's line that says it started.</param>
    public JsonObject Of(string nodeId, string? data) => With(_stated.TryGetValue(nodeId, out var stated) ? (JsonObject)stated.DeepClone() : [], _sees ? data : null);

    /// <summary>Inputs of one step by name.</summary>
    public static JsonObject Of(JsonObject activity, string? data) => With(Literals(activity), data);

    private static JsonObject With(JsonObject state, string? data)
    {
        foreach (var (name, value) in JournalReading.Inputs(data) ?? [])
            state[name] = value?.DeepClone();
        return state;
    }

    private static JsonObject Literals(JsonObject activity)
    {
        var literals = new JsonObject();
        foreach (var (name, field) in activity)
        {
            if (field is JsonObject input && input["expression"] is JsonObject expression && ElsaJson.Text(expression["type"]) is "Literal" or "Object" && expression["value"] is { } value)
                literals[name] = value.DeepClone();
        }

        return literals;
    }
}
