using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Which data an expression reads.</summary>
internal static class Paths
{
    /// <summary>The words of <c>a.b.c</c>, or null for anything else.</summary>
    public static string[]? PlainPath(Node node)
    {
        if (node is Name name)
            return [name.Text];
        if (node is not Postfix { Start: Name start } postfix || !Array.TrueForAll(postfix.Links, link => link is Member { IsOptional: false }))
            return null;
        return [start.Text, .. postfix.Links.Select(link => ((Member)link).Name)];
    }

    public static IReadOnlyList<string> Free(Node node) => [];
}
