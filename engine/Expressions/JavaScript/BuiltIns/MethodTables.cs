using System.Collections.Frozen;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary>Which members each kind of value has, and which JavaScript members the language leaves out.</summary>
internal static class MethodTables
{
    private static readonly string[] OfEveryObject = Split(
        "__defineGetter__ __defineSetter__ hasOwnProperty __lookupGetter__ __lookupSetter__ isPrototypeOf propertyIsEnumerable toString valueOf toLocaleString");

    public static readonly FrozenDictionary<string, FunctionValue> List = Table(ListFunctions.AddTo);
    public static readonly FrozenDictionary<string, FunctionValue> Text = Table(TextFunctions.AddTo);
    public static readonly FrozenDictionary<string, FunctionValue> Number = Table(NumberFunctions.AddTo);
    public static readonly FrozenDictionary<string, FunctionValue> Boolean = Table(NumberFunctions.AddBooleanTo);
    public static readonly FrozenDictionary<string, FunctionValue> Date = Table(DateFunctions.AddTo);

    public static readonly FrozenSet<string> LeftOutOfObject = Names("");

    public static readonly FrozenSet<string> LeftOutOfList = Names(
        "copyWithin fill pop push shift unshift splice keys entries values forEach");

    public static readonly FrozenSet<string> LeftOutOfText = Names(
        "anchor big blink bold fixed fontcolor fontsize isWellFormed italics link localeCompare match matchAll search small strike sub sup "
        + "toWellFormed trimLeft trimRight toLocaleLowerCase toLocaleUpperCase");

    public static readonly FrozenSet<string> LeftOutOfNumber = Names("");

    public static readonly FrozenSet<string> LeftOutOfDate = Names(
        "toDateString toTimeString toUTCString toGMTString setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setTime "
        + "setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds setYear toLocaleDateString toLocaleTimeString");

    public static readonly FrozenSet<string> LeftOutOfFunction = Names("length name arguments caller");

    /// <summary>What to write instead of a member that is left out.</summary>
    public static readonly FrozenDictionary<string, string> Instead = new Dictionary<string, string>
    {
        ["push"] = "concat",
        ["unshift"] = "[x, ...list]",
        ["pop"] = "slice(0, -1)",
        ["shift"] = "slice(1)",
        ["splice"] = "toSpliced",
        ["fill"] = "map",
        ["copyWithin"] = "slice and concat",
        ["forEach"] = "map",
        ["keys"] = "Object.keys",
        ["values"] = "Object.values",
        ["entries"] = "Object.entries",
        ["match"] = "includes",
        ["matchAll"] = "split",
        ["search"] = "indexOf",
        ["trimLeft"] = "trimStart",
        ["trimRight"] = "trimEnd",
        ["toLocaleString"] = "a formatter",
        ["toLocaleDateString"] = "the date formatter",
        ["toLocaleTimeString"] = "the time formatter",
        ["toLocaleUpperCase"] = "toUpperCase",
        ["toLocaleLowerCase"] = "toLowerCase",
        ["localeCompare"] = "<",
        ["hasOwnProperty"] = "in",
        ["toDateString"] = "toISOString",
        ["toUTCString"] = "toISOString",
        ["assign"] = "{ ...a, ...b }",
        ["random"] = "a fixed number",
        ["getOwnPropertyNames"] = "Object.keys",
        ["hasOwn"] = "in",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static FrozenDictionary<string, FunctionValue> Table(Action<Dictionary<string, FunctionValue>> fill)
    {
        var table = new Dictionary<string, FunctionValue>();
        fill(table);
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Names(string names) => Split(names).Concat(OfEveryObject).ToFrozenSet(StringComparer.Ordinal);

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
