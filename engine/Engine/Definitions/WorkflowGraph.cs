using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Incidents;

namespace ProductionOffice.Engine.Definitions;

/// <summary>A definition version made ready to run: activities bound, expressions parsed, children resolved. Shared by all instances.</summary>
internal sealed class WorkflowGraph
{
    private readonly Dictionary<string, Activity> _byNodeId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inputs;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _accessors = new(StringComparer.Ordinal);

    public WorkflowGraph(WorkflowDefinition definition, WorkflowActivity root, IReadOnlyList<Activity> nodes)
    {
        Definition = definition;
        Root = root;
        Nodes = nodes;
        _inputs = [.. root.DeclaredInputs.Select(i => i.Name)];
        _outputs = [.. definition.Outputs.Select(o => o.Name)];
        foreach (var node in nodes)
        {
            _byNodeId.TryAdd(node.NodeId, node);
            foreach (var output in node.Outputs)
            {
                _accessors.Add($"get{output.Name}From{PascalName.Of(node.Name ?? node.Id)}");
                _accessors.Add($"get{output.Name}From{PascalName.Of(node.Id)}");
            }
        }

        IncidentStrategy = definition.IncidentStrategy?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true ? IncidentStrategy.Continue : IncidentStrategy.Fault;
        TokenFlow = DefinitionJson.Text((definition.Json["customProperties"] as System.Text.Json.Nodes.JsonObject)?["Flowchart:ExecutionMode"]) == "TokenBased";
    }

    public WorkflowDefinition Definition { get; }

    public WorkflowActivity Root { get; }

    /// <summary>All activities, outer before inner, in order of the definition.</summary>
    public IReadOnlyList<Activity> Nodes { get; }

    public IncidentStrategy IncidentStrategy { get; }

    public bool TokenFlow { get; }

    public Activity Node(string nodeId) => _byNodeId.TryGetValue(nodeId, out var node)
        ? node
        : throw new InvalidOperationException($"The definition {Definition.Id} has no activity {nodeId} any more. Migrate the instance to a version that has it.");

    public Activity? Find(string nodeId) => _byNodeId.GetValueOrDefault(nodeId);

    public bool DeclaresInput(string name) => _inputs.Contains(name);

    public bool DeclaresOutput(string name) => _outputs.Contains(name);

    public bool HasOutputAccessor(string accessor) => _accessors.Contains(accessor);
}
