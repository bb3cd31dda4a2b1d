using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>Tags from the grammar and from noise, put where text stands.</summary>
internal static partial class FuzzTags
{
    private static readonly string[] Names = ["name", "crew", "deal", "person", "people", "rate", "x", "y", "loop", "items", "this", "__proto__", "constructor", "days", "é", "日本"];
    private static readonly string[] Formatters = ["money", "date", "date: \"d MMM yyyy\"", "date: \"'\"", "number: 99", "number: -1", "upper", "list", "join: \", \"", "lines", "or: \"TBC\"", "dropline", "droprow", "image: width=\"3cm\"", "image: width=\"1e9km\"", "qr: size=\"3cm\"", "barcode: type=\"code128\"", "link: \"t\"", "markdown", "html", "signature: \"P\"", "groupBy: \"a\"", "sort: \"-a\"", "where: x => x", "map: { a: \"b\" }", "json", "truncate: 0", "pad: 999999, \"ab\"", "words", "ordinal", "round: 400", "phone", "mask: -4", "initials", "checkbox", "plural: \"a\", \"b\"", "adddays: 1e300", "until: name", "nosuch"];
    private static readonly string[] Noise = ["{{", "}}", "{", "}", "#", "/", ":", "?", "|", "\"", "'", "“", "”", "(", ")", "[", "]", ".", ",", "=>", "...", "-", "+", "*", "**", "%", "for", "in", "if", "let", "row", "col", "drop", "restart", "&amp;", "\\", "`", "${", "1e999", "0x", "null", "\u00ad", "\ue000", "\ue00141", "\ue002", "\u00a0", "½", "…", "<w:br/>", "<w:tab/>"];
    private static readonly string[] Nests = ["(", "[", "!", "-", "{a:", "name[", "name(", "typeof ", "(x=>", "`${"];

    public static byte[] Into(Random random, List<RawEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var name = entries[i].Name;
            if (name.EndsWith(".xml", StringComparison.Ordinal) && (name.StartsWith("word/", StringComparison.Ordinal) || name.StartsWith("xl/", StringComparison.Ordinal)))
                entries[i] = new RawEntry(name, TextOf().Replace(entries[i].Text, match => random.Next(4) == 0 ? $"{match.Groups[1].Value}{Text(random)}{match.Groups[3].Value}" : match.Value));
        }

        return RawZip.Write(entries);
    }

    public static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(8) switch
    {
        0 => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Noise[random.Next(Noise.Length)])),
        1 => "{{" + string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Noise[random.Next(Noise.Length)])) + "}}",
        2 => "{{" + string.Concat(Enumerable.Repeat(Nests[random.Next(Nests.Length)], random.Next(1, 1000))) + "}}",
        _ => Tag(random),
    }));

    private static string Tag(Random random) => "{{" + random.Next(14) switch
    {
        0 => "#if " + Expression(random),
        1 => "#for x in " + Expression(random) + Pipes(random),
        2 => $"#{Pick(random, "row", "col", "para", "table", "sheet")} for x, i in " + Expression(random) + Pick(random, "", " drop", " restart"),
        3 => $"#{Pick(random, "row", "col", "para", "table", "sheet")} if " + Expression(random),
        4 => "/" + Pick(random, "", "if", "for", "x", "row"),
        5 => ":" + Pick(random, "else", "else if name", "between", "empty", "x"),
        6 => "#let y = " + Expression(random),
        7 => "#" + Pick(random, "pagebreak", "columnbreak", "include \"a.docx\"", "include \"../../x.docx\" with name", "if", "for", "nosuch"),
        8 => "? " + Expression(random),
        9 => "// " + Expression(random),
        _ => Expression(random) + Pipes(random),
    } + "}}";

    private static string Expression(Random random, int depth = 0) => random.Next(depth > 4 ? 3 : 14) switch
    {
        0 or 1 => Names[random.Next(Names.Length)],
        2 => Pick(random, "1", "0.1", "1e308", "\"a\"", "'b'", "null", "true", "[]", "-0"),
        3 => Expression(random, depth + 1) + Pick(random, ".", "?.") + Names[random.Next(Names.Length)],
        4 => $"{Expression(random, depth + 1)} {Pick(random, "+", "-", "*", "/", "%", "**", "&amp;&amp;", "||", "??", "===", "&lt;", "in")} {Expression(random, depth + 1)}",
        5 => $"{Expression(random, depth + 1)} ? {Expression(random, depth + 1)} : {Expression(random, depth + 1)}",
        6 => $"({Expression(random, depth + 1)})",
        7 => $"{Expression(random, depth + 1)}[{Expression(random, depth + 1)}]",
        8 => $"{Names[random.Next(Names.Length)]}.{Pick(random, "map", "filter", "reduce", "sort", "flatMap")}(x =&gt; {Expression(random, depth + 1)})",
        9 => $"[{Expression(random, depth + 1)}, ...{Expression(random, depth + 1)}]",
        10 => $"\"ab\".repeat({Pick(random, "10", "1e6", "1e9", "-1", "NaN")}).padEnd({Pick(random, "3", "1e6", "1e308")})",
        11 => $"Array.from({{ length: {Pick(random, "3", "100000", "1e7", "-1")} }}).map(x =&gt; {Expression(random, depth + 1)})",
        12 => $"new Date({Expression(random, depth + 1)}).toISOString()",
        _ => $"Math.{Pick(random, "max", "pow", "round", "nosuch")}({Expression(random, depth + 1)}, {Expression(random, depth + 1)})",
    };

    private static string Pipes(Random random) => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => " | " + Formatters[random.Next(Formatters.Length)].Replace("=>", "=&gt;", StringComparison.Ordinal)));

    private static string Pick(Random random, params string[] of) => of[random.Next(of.Length)];

    [GeneratedRegex("(<(?:w:|a:)?t(?: [^>]*)?>)([^<]*)(</(?:w:|a:)?t>)")]
    private static partial Regex TextOf();
}
