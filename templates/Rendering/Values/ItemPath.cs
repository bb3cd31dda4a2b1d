using System.Globalization;
using System.Text.RegularExpressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Values;

/// <summary>A path that counts items or quotes names: <c>crew[0].name</c>, <c>deal["rate"]</c>. Its names are missing or not as those of a plain path are.</summary>
internal static partial class ItemPath
{
    /// <summary>Names as text and places as numbers; null when it is anything else.</summary>
    public static IReadOnlyList<object>? Read(string text)
    {
        if (Whole().Match(text) is not { Success: true } match)
            return null;
        List<object> steps = [match.Groups["root"].Value];
        foreach (Capture step in match.Groups["step"].Captures)
        {
            if (step.Value[0] == '.')
                steps.Add(step.Value[1..]);
            else if (step.Value[1] is '"' or '\'')
                steps.Add(step.Value[2..^2]);
            else if (int.TryParse(step.Value.AsSpan(1, step.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                steps.Add(place);
            else
                return null;
        }

        return steps;
    }

    /// <summary>Whether the path ends at a field that an object of the data does not have.</summary>
    public static bool IsMissing(IReadOnlyList<object> steps, TemplateScope scope)
    {
        if (!scope.TryGet((string)steps[0], out var value))
            return true;
        for (var i = 1; i < steps.Count; i++)
        {
            if (steps[i] is int place)
            {
                if (value.Kind != ValueKind.List || place >= value.AsList().Count)
                    return false;
                value = value.AsList()[place];
            }
            else if (value.Kind != ValueKind.Object)
            {
                return false;
            }
            else if (!value.AsObject().TryGet((string)steps[i], out value))
            {
                return i == steps.Count - 1;
            }
        }

        return false;
    }

    [GeneratedRegex("""^(?<root>[\p{L}_$][\p{L}\d_$]*)(?<step>\.[\p{L}_$][\p{L}\d_$]*|\[\d+\]|\["[^"\\]*"\]|\['[^'\\]*'\])+$""")]
    private static partial Regex Whole();
}
