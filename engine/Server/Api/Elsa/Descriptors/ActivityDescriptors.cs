using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Server.Api.Elsa.Definitions;

namespace ProductionOffice.Server.Api.Elsa.Descriptors;

/// <summary>Descriptors of everything a stored definition may hold: a type and version without one would empty the Studio's canvas.</summary>
internal sealed class ActivityDescriptors(ActivityRegistry registry, Choices choices, DefinitionDigests digests)
{
    /// <summary>All descriptors: the registered activities, the versions that stored definitions name besides, and definitions used as activities.</summary>
    public async Task<IReadOnlyList<DescriptorJson>> AllAsync(CancellationToken cancellationToken)
    {
        var lists = new Dictionary<string, IReadOnlyList<Choice>?>();
        var found = new Dictionary<(string Type, int Version), DescriptorJson>();
        foreach (var descriptor in registry.Descriptors)
            found[(descriptor.Type, descriptor.Version)] = await DescribeAsync(descriptor, descriptor.Type, lists, cancellationToken);
        found[(ChoiceSteps.Type, 1)] = await DescribeAsync(registry.Find(ChoiceSteps.Stored)!, ChoiceSteps.Type, lists, cancellationToken);
        foreach (var plain in Plain())
            found.TryAdd((plain.TypeName, plain.Version), plain);
        var all = await digests.AllAsync(cancellationToken);
        foreach (var used in all.Values.SelectMany(d => d.Types.Select(t => (t.Type, t.Version, Definition: d.Uses.GetValueOrDefault(t.Type)))).Distinct())
        {
            if (found.ContainsKey((used.Type, used.Version)))
                continue;
            if (registry.Find(used.Type) is { } newest)
                found[(used.Type, used.Version)] = found[(newest.Type, newest.Version)] with { Version = used.Version, IsBrowsable = false };
            else if (used.Definition is { } definition)
                found[(used.Type, used.Version)] = OfDefinition(used.Type, used.Version, definition, all);
        }

        return [.. found.Values.OrderBy(d => d.Category, StringComparer.Ordinal).ThenBy(d => d.DisplayName, StringComparer.Ordinal).ThenBy(d => d.TypeName, StringComparer.Ordinal).ThenBy(d => d.Version)];
    }

    private async Task<DescriptorJson> DescribeAsync(ActivityDescriptor descriptor, string type, Dictionary<string, IReadOnlyList<Choice>?> lists, CancellationToken cancellationToken)
    {
        var tool = Toolbox.Tools.GetValueOrDefault(type);
        List<InputJson> inputs = Toolbox.PlainInput(type) is { } plain ? [plain] : [];
        foreach (var input in descriptor.Inputs.OrderBy(i => !i.Required))
            inputs.Add(await DescribeAsync(input, type, tool, inputs.Count, lists, cancellationToken));
        return new DescriptorJson
        {
            TypeName = type,
            Namespace = descriptor.Namespace,
            Name = ActivityTree.ShortName(type),
            Version = descriptor.Version,
            Category = tool?.Category ?? descriptor.Category,
            DisplayName = tool?.Name ?? descriptor.DisplayName,
            Description = tool?.Description ?? descriptor.Description,
            Inputs = inputs,
            Outputs = [.. descriptor.Outputs.Select((o, i) => new OutputJson(o.Name, InputSpecifications.TypeName(o.Type), o.DisplayName, o.Description, i, true))],
            Kind = descriptor.Kind,
            Ports = Ports(descriptor, type),
            IsContainer = descriptor.IsContainer,
            IsBrowsable = tool is not null,
            IsStart = type == "Elsa.Start",
            IsTerminal = descriptor.IsTerminal,
        };
    }

    private async Task<InputJson> DescribeAsync(InputDescriptor input, string type, Tool? tool, int order, Dictionary<string, IReadOnlyList<Choice>?> lists, CancellationToken cancellationToken)
    {
        var words = Toolbox.WordsFor(type, input.Name);
        var offered = await ListAsync(words.Choices ?? (input.Options is [var only] ? only : null), lists, cancellationToken)
            ?? (input.Options is { Count: > 1 } options ? [.. options.Select(o => new Choice(o, o))] : null);
        var hint = InputSpecifications.Hint(input, words, offered is not null);
        return new InputJson
        {
            Name = input.Name,
            TypeName = InputSpecifications.TypeName(input.Type),
            DisplayName = words.Name ?? input.DisplayName,
            Description = words.Description ?? input.Description,
            Order = order,
            IsBrowsable = tool is null || !tool.Hidden.Contains(input.Name),
            IsWrapped = input.IsWrapped,
            UiHint = hint,
            Category = input.Category,
            DefaultValue = input.DefaultValue is Enum member ? member.ToString() : input.DefaultValue,
            DefaultSyntax = words.Syntax ?? (hint is "checklist" or "dynamic-outcomes" ? "Object" : input.DefaultSyntax is "JavaScript" or null ? "Literal" : input.DefaultSyntax),
            UiSpecifications = InputSpecifications.For(hint, offered, type),
        };
    }

    /// <summary>A list is read once an answer, however many inputs show it.</summary>
    private async Task<IReadOnlyList<Choice>?> ListAsync(string? name, Dictionary<string, IReadOnlyList<Choice>?> lists, CancellationToken cancellationToken)
    {
        if (name is null)
            return null;
        if (!lists.TryGetValue(name, out var list))
            lists[name] = list = await choices.FindAsync(name, cancellationToken);
        return list;
    }

    private static IReadOnlyList<PortJson> Ports(ActivityDescriptor descriptor, string type)
    {
        if (Toolbox.OutcomesInput(type) is not null)
            return [];
        return [.. descriptor.Ports.Where(p => p.IsEmbedded || !descriptor.IsTerminal).Select(p => new PortJson(p.Name, Toolbox.PortWord(type, p.IsEmbedded ? p.DisplayName : p.Name), p.IsEmbedded ? "Embedded" : "Flow", true))];
    }

    private static IEnumerable<DescriptorJson> Plain() =>
    [
        new() { TypeName = "Elsa.Workflow", Namespace = "Elsa", Name = "Workflow", Category = "Workflows", DisplayName = "Workflow", IsContainer = true },
        new()
        {
            TypeName = MissingSteps.Type, Namespace = "Elsa", Name = "NotFoundActivity", Category = "Workflows", DisplayName = "Step of an unknown kind",
            Description = "This office does not have this kind of step. It is kept as it is; the workflow cannot be published with it.",
        },
    ];

    private static DescriptorJson OfDefinition(string type, int version, string definitionId, IReadOnlyDictionary<string, DefinitionDigest> all)
    {
        var definition = all.Values.Where(d => d.DefinitionId == definitionId).OrderByDescending(d => d.IsPublished).ThenByDescending(d => d.Version).FirstOrDefault();
        return new DescriptorJson
        {
            TypeName = type,
            Namespace = "",
            Name = type,
            Version = version,
            Category = "Workflows",
            DisplayName = definition?.Name ?? definitionId,
            Description = definition?.Description ?? "",
            Ports = [.. (definition?.Outcomes ?? []).Append("Done").Distinct().Select(o => new PortJson(o, o, "Flow", true))],
            CustomProperties = new JsonObject { ["workflowDefinitionId"] = definitionId },
            ConstructionProperties = new JsonObject { ["workflowDefinitionId"] = definitionId, ["workflowDefinitionVersionId"] = definition?.VersionId },
        };
    }
}
