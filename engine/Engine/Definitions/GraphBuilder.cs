using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Engine.Definitions;

/// <summary>Which definition an activity stands for: a fixed version, else the published one, else the latest.</summary>
internal sealed record ChildReference(string? VersionId, string? DefinitionId);

/// <summary>Builds the graph of a definition version.</summary>
/// <remarks>Definitions used as activities are asked for through the resolver; those it does not have are listed, to be loaded for a second build.</remarks>
internal sealed class GraphBuilder
{
    private readonly ActivityRegistry _registry;
    private readonly Func<ChildReference, WorkflowDefinition?> _resolve;
    private readonly List<Activity> _nodes = [];
    private readonly Stack<string> _within = new();

    private GraphBuilder(ActivityRegistry registry, Func<ChildReference, WorkflowDefinition?> resolve)
    {
        _registry = registry;
        _resolve = resolve;
    }

    /// <summary>Every expression with its activity and JSON path, for the validator.</summary>
    public List<(Activity Activity, IBoundInput Input, string Path)> Expressions { get; } = [];

    /// <summary>JSON path of every activity.</summary>
    public Dictionary<Activity, string> Paths { get; } = [];

    /// <summary>Definitions that were asked for and not had.</summary>
    public List<ChildReference> Missing { get; } = [];

    public static (WorkflowGraph Graph, GraphBuilder Builder) Build(WorkflowDefinition definition, ActivityRegistry registry, Func<ChildReference, WorkflowDefinition?> resolve)
    {
        var builder = new GraphBuilder(registry, resolve);
        var root = builder.Workflow(definition, "$");
        Identify(root);
        Place(root, null, null);
        builder.Collect(root);
        return (new WorkflowGraph(definition, root, builder._nodes), builder);
    }

    public Activity Activity(JsonObject json, string path)
    {
        var type = DefinitionJson.Text(json["type"]) ?? "";
        var activity = Definition(json, type) ?? Known(json, type) ?? new NotFoundActivity { MissingType = type, Type = NotFoundActivity.TypeName };
        activity.Json = json;
        activity.Id = DefinitionJson.Text(json["id"]) ?? "";
        activity.Name = DefinitionJson.Text(json["name"]);
        activity.Version = DefinitionJson.Integer(json["version"]) ?? 1;
        activity.Variables = DefinitionJson.Variables(json["variables"]);
        var custom = json["customProperties"] as JsonObject;
        activity.CanStartWorkflow = (DefinitionJson.Boolean(custom?["canStartWorkflow"]) ?? DefinitionJson.Boolean(json["canStartWorkflow"])) == true;
        activity.DisplayText = DefinitionJson.Text((json["metadata"] as JsonObject)?["displayText"]) ?? activity.Name ?? activity.Id;
        Paths[activity] = path;

        var binder = new ActivityBinder(this, activity, json, path);
        if (activity is DefinitionActivity composite)
            BindDefinition(composite, binder, path);
        else if (activity.Descriptor?.ActivityType is { } known)
            binder.BindProperties(known);
        binder.Finish();
        if (activity is DefinitionActivity { Child: { } child })
            activity.Children = [child];
        return activity;
    }

    private static Activity? New(ActivityDescriptor descriptor)
    {
        var activity = (Activity)Activator.CreateInstance(descriptor.ActivityType!.Class)!;
        activity.Type = descriptor.Type;
        activity.Descriptor = descriptor;
        activity.IsTerminal = descriptor.IsTerminal;
        return activity;
    }

    private Activity? Known(JsonObject json, string type) =>
        _registry.Find(type, DefinitionJson.Integer(json["version"])) is { } descriptor ? New(descriptor) : null;

    private DefinitionActivity? Definition(JsonObject json, string type)
    {
        var reference = new ChildReference(DefinitionJson.Text(json["workflowDefinitionVersionId"]), DefinitionJson.Text(json["workflowDefinitionId"]));
        if (reference.VersionId is null && (reference.DefinitionId is null || _registry.Find(type) is not null))
            return null;

        var definition = _resolve(reference);
        if (definition is null)
        {
            Missing.Add(reference);
            return null;
        }

        if (_within.Contains(definition.DefinitionId))
            throw new DefinitionFormatException(_within.Last(), "$.root", $"the definition '{definition.DefinitionId}' contains itself.", "Use ExecuteWorkflow to start it as a workflow of its own.");
        return new DefinitionActivity { Type = type, Definition = definition };
    }

    private void BindDefinition(DefinitionActivity activity, ActivityBinder binder, string path)
    {
        var definition = activity.Definition!;
        activity.DeclaredInputs = definition.Inputs;
        foreach (var input in activity.DeclaredInputs)
            binder.NamedInput(input.Name);
        activity.Outputs =
        [
            .. definition.Outputs.Select(declared =>
            {
                IBoundOutput output = new Output<ProductionOffice.Expressions.Value>();
                output.Bind(declared.Name, ActivityBinder.Target(activity.Json[ActivityBinder.CamelCase(declared.Name)] ?? activity.Json[declared.Name]));
                return output;
            })
        ];
        activity.Child = Workflow(definition, $"{path}({definition.DefinitionId})");
    }

    private WorkflowActivity Workflow(WorkflowDefinition definition, string path)
    {
        _within.Push(definition.DefinitionId);
        var workflow = new WorkflowActivity
        {
            Type = "Elsa.Workflow",
            Json = definition.Json,
            DisplayText = definition.Name ?? definition.DefinitionId,
            Variables = [.. definition.Variables],
            DeclaredInputs = definition.Inputs,
        };
        Paths[workflow] = path;
        if (definition.Root is { } root)
        {
            workflow.Root = Activity(root, $"{path}.root");
            workflow.Children = [workflow.Root];
        }

        _within.Pop();
        return workflow;
    }

    /// <summary>Gives ids to activities without one: short type and number, unused in the whole graph; inner definitions first.</summary>
    private static void Identify(WorkflowActivity workflow)
    {
        foreach (var activity in Below(workflow, stopAtDefinitions: true))
        {
            if (activity is DefinitionActivity { Child: { } child })
                Identify(child);
        }

        var used = Below(workflow, stopAtDefinitions: false).Select(a => a.Id).Where(id => id.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var activity in Below(workflow, stopAtDefinitions: true).Prepend(workflow))
        {
            if (activity.Id.Length > 0)
                continue;

            var stem = activity.Type[(activity.Type.LastIndexOf('.') + 1)..];
            var number = 1;
            while (!used.Add($"{stem}{number}"))
                number++;
            activity.Id = $"{stem}{number}";
            if (activity.DisplayText.Length == 0)
                activity.DisplayText = activity.Id;
        }
    }

    private static IEnumerable<Activity> Below(Activity activity, bool stopAtDefinitions)
    {
        foreach (var child in activity.Children)
        {
            yield return child;
            if (stopAtDefinitions && child is DefinitionActivity)
                continue;
            foreach (var below in Below(child, stopAtDefinitions))
                yield return below;
        }
    }

    private static void Place(Activity activity, Activity? parent, CompositeActivity? composite)
    {
        activity.Parent = parent;
        activity.Composite = composite;
        activity.NodeId = parent is null ? activity.Id : $"{parent.NodeId}:{activity.Id}";
        var inner = activity as CompositeActivity ?? composite;
        foreach (var child in activity.Children)
            Place(child, activity, inner);
    }

    private void Collect(Activity activity)
    {
        activity.Index = _nodes.Count;
        _nodes.Add(activity);
        foreach (var child in activity.Children)
            Collect(child);
    }
}
