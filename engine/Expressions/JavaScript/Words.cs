using System.Collections.Frozen;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Reserved words of strict JavaScript.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> Statements = FrozenSet.Create(StringComparer.Ordinal,
        "if", "for", "while", "do", "switch", "try", "throw", "return", "var", "const", "let", "with", "debugger");

    private static readonly FrozenSet<string> Bare = FrozenSet.Create(StringComparer.Ordinal,
        "else", "break", "continue", "case", "default", "catch", "finally", "extends", "export", "enum", "in", "instanceof",
        "implements", "interface", "package", "private", "protected", "public", "static");

    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>
    {
        ["function"] = "Functions are not part of the language.",
        ["class"] = "Classes are not part of the language.",
        ["this"] = "“this” is not part of the language.",
        ["super"] = "“super” is not part of the language.",
        ["import"] = "“import” is not part of the language.",
        ["yield"] = "“yield” is not part of the language.",
        ["void"] = "“void” is not part of the language.",
        ["delete"] = "“delete” is not part of the language.",
        ["eval"] = "“eval” is not part of the language.",
        ["arguments"] = "“arguments” is not part of the language.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Why this name cannot begin an expression, or null when it can.</summary>
    public static ExpressionException? Refuse(Token token)
    {
        if (Others.TryGetValue(token.Text, out var message))
            return new(ErrorKind.Forbidden, message, token.Column);
        if (Statements.Contains(token.Text))
            return new(ErrorKind.Syntax, $"“{token.Text}” is not part of the language.", token.Column, token.Text == "if" ? "a ? b : c" : null);
        return Bare.Contains(token.Text) ? new(ErrorKind.Syntax, $"“{token.Text}” cannot stand here.", token.Column) : null;
    }

    /// <summary>Whether a field of the data may have this name and be printed.</summary>
    public static bool MayBeData(string word) => word is not ("in" or "instanceof");
}
