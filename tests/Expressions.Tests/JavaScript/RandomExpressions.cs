namespace ProductionOffice.Expressions.Tests.JavaScript;

/// <summary>Makes expressions over the whole language from a seed.</summary>
internal sealed class RandomExpressions(int seed)
{
    private static readonly string[] Atoms =
    [
        "0", "-0", "1", "-1", "2", "3", "7", "0.5", "-2.5", "0.1", "1e21", "1e-7", "123.456", "255", "4294967296", "9007199254740993", "5e-324", "NaN", "Infinity", "-Infinity",
        "0x1F", "1_000", "1.005", "\"\"", "\"a\"", "\"abc\"", "\"12\"", "\" 12 \"", "\"0x10\"", "\"abcabc\"", "\"a,b,,c\"", "\"ß\"", "\"ΑΣ\"", "\"e\\u0301\"", "\"a🎬b\"", "\"\\ud83c\"", "\"$&-$$\"",
        "\"2026-03-14\"", "\"%C3%A9\"", "\"[1,{}]\"", "[]", "[1,2,3]", "[3,1,10,2]", "[1,,3]", "[undefined,null]", "[[1,[2,[3]]],4]", "[NaN,-0]", "[{a:1},{a:2}]", "[...\"ab🎬\"]", "xs",
        "({})", "({a:1,b:2})", "({2:1,1:2,b:3})", "({length:2,0:\"a\"})", "({a:{b:{c:3}}})", "new Date(0)", "new Date(\"2026-03-14T06:30\")", "new Date(NaN)", "null", "undefined", "true", "false", "n", "o", "s", "a",
    ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "**", "===", "!==", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "??", "in"];

    private static readonly string[] Methods =
    [
        "at", "concat", "flat", "includes", "indexOf", "join", "lastIndexOf", "slice", "toReversed", "reverse", "toSpliced", "with", "charAt", "charCodeAt", "codePointAt", "endsWith",
        "normalize", "padEnd", "padStart", "repeat", "replace", "replaceAll", "split", "startsWith", "substr", "substring", "toLowerCase", "toUpperCase", "trim", "toFixed", "toPrecision", "toExponential", "getTime", "getDay",
    ];

    private static readonly string[] Walks = ["every", "filter", "find", "findIndex", "findLast", "flatMap", "map", "some", "sort", "toSorted", "reduce", "reduceRight"];

    private static readonly string[] Arrows =
    [
        "x => x", "(x, i) => i", "x => x + \"!\"", "() => 1", "(a, b) => a + b", "(a, b) => b - a", "({ a = 9 }) => a", "([p, ...q]) => q", "(...r) => r.length", "x => [x, [x]]", "x => ({ v: x })", "x => x > 1",
        "x => `<${x}>`", "Number", "String", "Boolean", "parseInt", "Math.max",
    ];

    private static readonly string[] Functions =
    [
        "Math.abs", "Math.atan2", "Math.cbrt", "Math.exp", "Math.hypot", "Math.log", "Math.max", "Math.min", "Math.pow", "Math.round", "Math.sign", "Math.sin", "Math.trunc", "Number", "String", "Boolean", "Array.of", "Array.from",
        "Array.isArray", "Object.keys", "Object.values", "Object.entries", "Object.fromEntries", "JSON.parse", "JSON.stringify", "Date.parse", "Date.UTC", "parseInt", "parseFloat", "isNaN", "encodeURIComponent", "decodeURIComponent",
        "Number.isInteger", "String.fromCharCode", "String.fromCodePoint",
    ];

    private readonly Random _random = new(seed);

    public string Next() => Next(_random.Next(1, 4));

    private string Next(int depth) => depth == 0 ? Pick(Atoms) : _random.Next(12) switch
    {
        0 or 1 => $"({Next(depth - 1)}) {Pick(Operators)} ({Next(depth - 1)})",
        2 => $"{Pick(Atoms)} {Pick(Operators)} {Pick(Atoms)} {Pick(Operators)} {Pick(Atoms)}",
        3 => $"{Pick("!", "-", "+", "typeof ")}({Next(depth - 1)})",
        4 => $"({Next(depth - 1)}) ? {Next(depth - 1)} : {Next(depth - 1)}",
        5 => $"`{Pick("", "x", "$")}${{{Next(depth - 1)}}}y`",
        6 => $"[{Next(depth - 1)}, ...[{Next(depth - 1)}]]",
        7 => $"({{ a: {Next(depth - 1)}, ...{Pick(Atoms)} }})",
        8 => $"({Next(depth - 1)}){Pick(".a", "?.a", "[0]", "?.[1]", ".length", ".b.c", "?.b.c")}",
        9 => $"({Next(depth - 1)}).{Pick(Methods)}({Arguments(depth)})",
        10 => $"({Pick(Atoms)}).{Pick(Walks)}({Pick(Arrows)}{(_random.Next(4) == 0 ? ", " + Next(depth - 1) : "")})",
        _ => $"{Pick(Functions)}({Arguments(depth)})",
    };

    private string Arguments(int depth) => string.Join(", ", Enumerable.Range(0, _random.Next(4)).Select(_ => Next(depth - 1)));

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
