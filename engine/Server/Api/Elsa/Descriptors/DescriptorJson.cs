using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Api.Elsa.Descriptors;

/// <summary>An activity as the Studio knows it.</summary>
internal sealed record DescriptorJson
{
    public required string TypeName { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public int Version { get; init; } = 1;

    public required string Category { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<InputJson> Inputs { get; init; } = [];

    public IReadOnlyList<OutputJson> Outputs { get; init; } = [];

    public string Kind { get; init; } = "Action";

    public IReadOnlyList<PortJson> Ports { get; init; } = [];

    public JsonObject CustomProperties { get; init; } = [];

    public JsonObject ConstructionProperties { get; init; } = [];

    public bool IsContainer { get; init; }

    public bool IsBrowsable { get; init; }

    public bool IsStart { get; init; }

    public bool IsTerminal { get; init; }
}

/// <summary>An input of an activity.</summary>
internal sealed record InputJson
{
    public required string Name { get; init; }

    public required string TypeName { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = "";

    public double Order { get; init; }

    public bool IsBrowsable { get; init; }

    public bool IsSynthetic { get; init; }

    public bool IsWrapped { get; init; } = true;

    public required string UiHint { get; init; }

    public string? Category { get; init; }

    public object? DefaultValue { get; init; }

    public string DefaultSyntax { get; init; } = "Literal";

    public bool IsReadOnly { get; init; }

    public bool IsSensitive { get; init; }

    public string? StorageDriverType { get; init; }

    public JsonObject? UiSpecifications { get; init; }
}

/// <summary>An output of an activity.</summary>
internal sealed record OutputJson(string Name, string TypeName, string DisplayName, string Description, double Order, bool IsBrowsable);

/// <summary>A port of an activity.</summary>
/// <param name="Type"><c>Flow</c> or <c>Embedded</c>.</param>
internal sealed record PortJson(string Name, string DisplayName, string Type, bool IsBrowsable);
