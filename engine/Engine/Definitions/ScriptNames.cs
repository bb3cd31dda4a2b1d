using System.Text;
using System.Text.RegularExpressions;

namespace ProductionOffice.Engine.Definitions;

/// <summary>A name that a script uses.</summary>
/// <param name="Kind">What it is the name of.</param>
/// <param name="Name">The name.</param>
internal readonly record struct ScriptName(ScriptNameKind Kind, string Name);

internal enum ScriptNameKind
{
    Variable,
    MadeVariable,
    Input,
    Activity,
    Function,
}

/// <summary>Finds the names that scripts and Liquid texts use, as far as they are written out; computed ones are left to the run.</summary>
internal static partial class ScriptNames
{
    public static IEnumerable<ScriptName> OfScript(string source)
    {
        var code = WithoutTexts(source);
        foreach (Match call in Call().Matches(code))
        {
            var (function, at) = (call.Groups[1].Value, call.Index + call.Length);
            var argument = LiteralAt(source, at);
            switch (function)
            {
                case "getVariable" when argument is not null:
                    yield return new ScriptName(ScriptNameKind.Variable, argument);
                    break;
                case "setVariable" when argument is not null:
                    yield return new ScriptName(ScriptNameKind.MadeVariable, argument);
                    break;
                case "getInput" when argument is not null:
                    yield return new ScriptName(ScriptNameKind.Input, argument);
                    break;
                case "getOutputFrom" when argument is not null:
                    yield return new ScriptName(ScriptNameKind.Activity, argument);
                    break;
                case var accessor when Accessor().IsMatch(accessor):
                    yield return new ScriptName(ScriptNameKind.Function, accessor);
                    break;
            }
        }

        foreach (Match member in Member().Matches(code))
            yield return new ScriptName(member.Groups[2].Success ? ScriptNameKind.MadeVariable : ScriptNameKind.Variable, member.Groups[1].Value);
    }

    public static IEnumerable<ScriptName> OfLiquid(string source)
    {
        foreach (Match tag in LiquidTag().Matches(source))
        {
            foreach (Match member in LiquidVariable().Matches(tag.Value))
                yield return new ScriptName(ScriptNameKind.Variable, member.Groups[1].Value);
        }
    }

    /// <summary>The source with texts and comments blanked; what stands in <c>${}</c> stays.</summary>
    private static string WithoutTexts(string source)
    {
        var code = new StringBuilder(source);
        var templates = new Stack<int>();
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c is '\'' or '"')
                i = Blank(source, code, i + 1, c);
            else if (c == '`')
                i = Template(source, code, i + 1, templates);
            else if (c == '/' && i + 1 < source.Length && source[i + 1] is '/' or '*')
                i = Comment(source, code, i);
            else if (c == '{' && templates.Count > 0)
                templates.Push(templates.Pop() + 1);
            else if (c == '}' && templates.Count > 0 && templates.Pop() is var depth)
            {
                if (depth > 0)
                    templates.Push(depth - 1);
                else
                    i = Template(source, code, i + 1, templates);
            }
        }

        return code.ToString();
    }

    private static int Blank(string source, StringBuilder code, int i, char end)
    {
        for (; i < source.Length && source[i] != end; i++)
        {
            code[i] = ' ';
            if (source[i] == '\\' && i + 1 < source.Length)
                code[++i] = ' ';
        }

        return i;
    }

    private static int Template(string source, StringBuilder code, int i, Stack<int> templates)
    {
        for (; i < source.Length && source[i] != '`'; i++)
        {
            if (source[i] == '$' && i + 1 < source.Length && source[i + 1] == '{')
            {
                templates.Push(0);
                return i + 1;
            }

            code[i] = ' ';
            if (source[i] == '\\' && i + 1 < source.Length)
                code[++i] = ' ';
        }

        return i;
    }

    private static int Comment(string source, StringBuilder code, int i)
    {
        var end = source[i + 1] == '/' ? source.IndexOf('\n', i) : source.IndexOf("*/", i + 2, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : -1;
        end = end < 0 ? source.Length : end;
        for (; i < end; i++)
            code[i] = ' ';
        return end - 1;
    }

    private static string? LiteralAt(string source, int at)
    {
        while (at < source.Length && char.IsWhiteSpace(source[at]))
            at++;
        if (at >= source.Length || source[at] is not ('\'' or '"' or '`'))
            return null;

        var end = source.IndexOf(source[at], at + 1);
        var text = end < 0 ? null : source[(at + 1)..end];
        return text is null || text.Contains('\\', StringComparison.Ordinal) || (source[at] == '`' && text.Contains("${", StringComparison.Ordinal)) ? null : text;
    }

    [GeneratedRegex(@"(?<![\w$.])([A-Za-z_$][\w$]*)\s*\(")]
    private static partial Regex Call();

    [GeneratedRegex("^[gs]et[A-Z]")]
    private static partial Regex Accessor();

    [GeneratedRegex(@"(?<![\w$.])variables\.([A-Za-z_$][\w$]*)(\s*=(?!=))?")]
    private static partial Regex Member();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline)]
    private static partial Regex LiquidTag();

    [GeneratedRegex(@"(?<![\w.])[Vv]ariables\.([A-Za-z_]\w*)")]
    private static partial Regex LiquidVariable();
}
