using System.Collections.Frozen;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary>The names of the language itself. Data of the same name hides them.</summary>
internal static class Globals
{
    private static readonly FrozenDictionary<string, Value> Known = Fill();

    private static readonly FrozenSet<string> LeftOut = (
        "Function Symbol Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis Intl "
        + "ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray BigUint64Array "
        + "BigInt64Array DataView Map BigInt Set WeakMap WeakSet Proxy Reflect FinalizationRegistry WeakRef escape unescape eval console process "
        + "global Buffer clearImmediate setImmediate URL URLSearchParams AbortController Event EventTarget TextEncoder TextDecoder clearInterval "
        + "clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa Blob fetch Headers Request Response SharedArrayBuffer Atomics "
        + "WebAssembly crypto performance require module exports __filename __dirname window document self Iterator arguments").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool TryGet(string name, out Value value) => Known.TryGetValue(name, out value);

    /// <summary>A global of JavaScript or its hosts that is not part of the language.</summary>
    public static bool IsLeftOut(string name) => LeftOut.Contains(name);

    private static FrozenDictionary<string, Value> Fill()
    {
        var known = new Dictionary<string, Value>();
        MathFunctions.AddTo(known);
        DataFunctions.AddTo(known);
        ConversionFunctions.AddTo(known);
        UriFunctions.AddTo(known);
        DateFunctions.AddGlobalTo(known);
        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    internal static Value Function(string name, Native body, int callbackAt = -1) =>
        Value.From(new FunctionValue(name, body) { CallbackAt = callbackAt });

    internal static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
