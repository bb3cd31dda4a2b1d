using System.Text.Json;
using ProductionOffice.Engine.Incidents;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Instances;

/// <summary>What people may know of an instance's state; the only reader of <see cref="WorkflowInstance.State"/> beside the engine.</summary>
public sealed class InstanceSnapshot
{
    /// <summary>What it was started with.</summary>
    public required ObjectValue Input { get; init; }

    /// <summary>What it has given out.</summary>
    public required ObjectValue Output { get; init; }

    /// <summary>Workflow variables by id; those that scripts made up by name.</summary>
    public required ObjectValue Variables { get; init; }

    /// <summary>What went wrong, oldest first.</summary>
    public required IReadOnlyList<Incident> Incidents { get; init; }

    /// <summary>Node ids of the activities that run or wait, outer before inner.</summary>
    public required IReadOnlyList<string> ActiveNodeIds { get; init; }

    /// <summary>Reads the state of an instance.</summary>
    public static InstanceSnapshot Of(WorkflowInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        using var document = JsonDocument.Parse(instance.State);
        var state = document.RootElement;
        return new InstanceSnapshot
        {
            Input = Fields(state, "in"),
            Output = Fields(state, "out"),
            Variables = Fields(state, "v"),
            Incidents = ReadIncidents(state),
            ActiveNodeIds = state.TryGetProperty("t", out var list) && instance.Status == WorkflowStatus.Running
                ? [.. list.EnumerateArray().Where(c => !c.TryGetProperty("s", out _)).Select(c => c.GetProperty("n").GetString()!)]
                : [],
        };
    }

    internal static IReadOnlyList<Incident> ReadIncidents(JsonElement state) => state.TryGetProperty("x", out var list)
        ? [.. list.EnumerateArray().Select(i => new Incident(i[0].GetString()!, i[1].GetString()!, i[2].GetString()!, i[3].GetString()!, i[4].GetString()!, i[5].GetString()!, i[6].GetDateTimeOffset()))]
        : [];

    private static ObjectValue Fields(JsonElement state, string name)
    {
        var fields = new ObjectValue();
        if (state.TryGetProperty(name, out var stored))
        {
            foreach (var field in stored.EnumerateObject())
                fields.Set(field.Name.StartsWith('=') ? field.Name[1..] : field.Name, StateWriter.ReadValue(field.Value));
        }

        return fields;
    }
}
