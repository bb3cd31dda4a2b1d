using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Definitions;

/// <summary>A variable that a workflow or a container declares.</summary>
/// <param name="Id">What SetVariable and outputs refer to; the name when the definition gives none.</param>
/// <param name="Name">What scripts refer to.</param>
/// <param name="TypeName">Elsa's alias, for example <c>Int32</c>.</param>
/// <param name="IsArray">Whether it holds a list of that type.</param>
/// <param name="Default">Its value until it is set, converted to its type.</param>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, Value Default)
{
    /// <summary>The name in Pascal case, as in <c>getCrewSize()</c>.</summary>
    internal string Accessor { get; } = PascalName.Of(Name);
}

/// <summary>An input of a workflow.</summary>
/// <param name="Name">What scripts and callers refer to.</param>
/// <param name="TypeName">Elsa's alias, for example <c>String</c>.</param>
/// <param name="IsArray">Whether it holds a list of that type.</param>
/// <param name="DisplayName">Label for people; null when none.</param>
/// <param name="Description">For people; null when none.</param>
public sealed record InputDefinition(string Name, string TypeName, bool IsArray, string? DisplayName, string? Description)
{
    internal string Accessor { get; } = PascalName.Of(Name);
}

/// <summary>An output of a workflow.</summary>
/// <param name="Name">What SetOutput and callers refer to.</param>
/// <param name="TypeName">Elsa's alias, for example <c>Object</c>.</param>
/// <param name="DisplayName">Label for people; null when none.</param>
public sealed record OutputDefinition(string Name, string TypeName, string? DisplayName);

/// <summary>Names as script accessors spell them.</summary>
internal static class PascalName
{
    public static string Of(string name)
    {
        if (name.Length > 0 && char.IsUpper(name[0]) && name.All(char.IsLetterOrDigit))
            return name;

        var text = new System.Text.StringBuilder(name.Length);
        var upper = true;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                upper = true;
                continue;
            }

            text.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return text.ToString();
    }
}
