using System.Text.Json.Nodes;

namespace ProductionOffice.Engine.Definitions;

/// <summary>One version of a workflow definition: a typed view over its whole JSON.</summary>
/// <remarks>
/// <see cref="Json"/> is what counts: fields the engine does not understand stay in it, so reading and writing loses nothing.
/// Setting a property changes the JSON.
/// </remarks>
public sealed class WorkflowDefinition
{
    internal WorkflowDefinition(JsonObject json, string source)
    {
        Json = json;
        Source = source;
    }

    /// <summary>The whole definition.</summary>
    public JsonObject Json { get; }

    /// <summary>Where it came from, for messages: a file or the definition's id.</summary>
    public string Source { get; }

    /// <summary>Id of this version.</summary>
    public string Id { get => Text("id") ?? ""; set => Json["id"] = value; }

    /// <summary>Stable id.</summary>
    public string DefinitionId { get => Text("definitionId") ?? ""; set => Json["definitionId"] = value; }

    /// <summary>From 1.</summary>
    public int Version { get => DefinitionJson.Integer(Json["version"]) ?? 1; set => Json["version"] = value; }

    /// <summary>Shown to people; null when none.</summary>
    public string? Name { get => Text("name"); set => Json["name"] = value; }

    /// <summary>For people; null when none.</summary>
    public string? Description { get => Text("description"); set => Json["description"] = value; }

    /// <summary>At most one version of a definition.</summary>
    public bool IsLatest { get => Flag("isLatest"); set => Json["isLatest"] = value; }

    /// <summary>At most one version of a definition.</summary>
    public bool IsPublished { get => Flag("isPublished"); set => Json["isPublished"] = value; }

    /// <summary>Whether it was published once and taken out of use: what started on it is understood by its text, so that is not changed any more.</summary>
    public bool WasPublished
    {
        get => Flag("wasPublished");
        set
        {
            if (value)
                Json["wasPublished"] = true;
            else
                Json.Remove("wasPublished");
        }
    }

    /// <summary>Whether other definitions may use this one as an activity.</summary>
    public bool UsableAsActivity => Options is { } options && DefinitionJson.Boolean(options["usableAsActivity"]) == true;

    /// <summary>Whether publishing it republishes the definitions that use it as an activity.</summary>
    public bool AutoUpdateConsumingWorkflows => Options is { } options && DefinitionJson.Boolean(options["autoUpdateConsumingWorkflows"]) == true;

    /// <summary>Elsa's activation strategy, assembly-qualified or short; null for the default.</summary>
    public string? ActivationStrategy => Options is { } options ? DefinitionJson.Text(options["activationStrategyType"]) : null;

    /// <summary>Elsa's incident strategy, assembly-qualified or short; null for the default (fault).</summary>
    public string? IncidentStrategy => Options is { } options ? DefinitionJson.Text(options["incidentStrategyType"]) : null;

    /// <summary>Variables of the workflow, in order.</summary>
    public IReadOnlyList<VariableDefinition> Variables => DefinitionJson.Variables(Json["variables"]);

    /// <summary>Inputs, in order.</summary>
    public IReadOnlyList<InputDefinition> Inputs => DefinitionJson.Inputs(Json["inputs"]);

    /// <summary>Outputs, in order.</summary>
    public IReadOnlyList<OutputDefinition> Outputs => DefinitionJson.Outputs(Json["outputs"]);

    /// <summary>Ports of the definition when it is used as an activity.</summary>
    public IReadOnlyList<string> Outcomes => DefinitionJson.Texts(Json["outcomes"]);

    /// <summary>The root activity's JSON; null when there is none.</summary>
    public JsonObject? Root => Json["root"] as JsonObject;

    private JsonObject? Options => Json["options"] as JsonObject;

    /// <summary>A copy that shares nothing with this one.</summary>
    public WorkflowDefinition Clone() => new((JsonObject)Json.DeepClone(), Source);

    private string? Text(string field) => DefinitionJson.Text(Json[field]);

    private bool Flag(string field) => DefinitionJson.Boolean(Json[field]) == true;
}
