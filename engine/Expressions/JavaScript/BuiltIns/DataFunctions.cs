using System.Collections.Frozen;
using ProductionOffice.Expressions.Json;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary><c>Object</c>, <c>Array</c> and <c>JSON</c>.</summary>
internal static class DataFunctions
{
    public static void AddTo(Dictionary<string, Value> globals)
    {
        globals.Add("Object", Value.From(new FunctionValue("Object", static (_, _, _) => default)
        {
            IsForbiddenToCall = true,
            Members = new Dictionary<string, Value>
            {
                ["keys"] = Globals.Function("keys", static (frame, _, args) => Listed(frame, args, static (name, _) => Value.From(name))),
                ["values"] = Globals.Function("values", static (frame, _, args) => Listed(frame, args, static (_, value) => value)),
                ["entries"] = Globals.Function("entries", static (frame, _, args) => Listed(frame, args, static (name, value) => Pair(Value.From(name), value))),
                ["fromEntries"] = Globals.Function("fromEntries", FromEntries),
            }.ToFrozenDictionary(StringComparer.Ordinal),
            LeftOut = Globals.Names("assign getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols hasOwn is "
                + "preventExtensions seal create defineProperties defineProperty freeze getPrototypeOf setPrototypeOf isExtensible isFrozen isSealed groupBy"),
        }));
        globals.Add("Array", Value.From(new FunctionValue("Array", static (_, _, _) => default)
        {
            IsForbiddenToCall = true,
            Members = new Dictionary<string, Value>
            {
                ["isArray"] = Globals.Function("isArray", static (_, _, args) => Value.From(args.At(0).Kind == ValueKind.List)),
                ["of"] = Globals.Function("of", Of),
                ["from"] = Globals.Function("from", From, callbackAt: 1),
            }.ToFrozenDictionary(StringComparer.Ordinal),
            LeftOut = Globals.Names("fromAsync"),
        }));
        globals.Add("JSON", Value.From(new FunctionValue("JSON", null)
        {
            Members = new Dictionary<string, Value>
            {
                ["parse"] = Globals.Function("parse", Parse),
                ["stringify"] = Globals.Function("stringify", Stringify),
            }.ToFrozenDictionary(StringComparer.Ordinal),
        }));
    }

    private static Value Listed(Frame frame, ReadOnlySpan<Value> args, Func<string, Value, Value> pick)
    {
        if (args.At(0).IsNullish)
            throw frame.Error(ErrorKind.Type, "undefined and null have no fields.");
        var list = new ListValue();
        Iteration.AddFields(args[0], frame, (name, value) => list.Add(pick(name, value)));
        return Value.From(list);
    }

    private static Value Pair(Value first, Value second)
    {
        var pair = new ListValue(2);
        pair.Add(first);
        pair.Add(second);
        return Value.From(pair);
    }

    private static Value FromEntries(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var entries = new ListValue();
        if (args.At(0).IsNullish)
            throw frame.Error(ErrorKind.Type, "Object.fromEntries needs a list of pairs.");
        Iteration.AddItems(entries, args[0], frame);
        var made = new ObjectValue();
        foreach (var entry in entries)
        {
            frame.Step();
            if (entry.Kind is not (ValueKind.List or ValueKind.Object))
                throw frame.Error(ErrorKind.Type, "Object.fromEntries needs a list of pairs.");
            var name = Conversion.ToPropertyName(PartOf(entry, 0), frame);
            Members.Guard(name, frame.Column);
            made.Set(name, PartOf(entry, 1));
        }

        return Value.From(made);
    }

    private static Value PartOf(Value entry, int at) => entry.Reference is ListValue pair
        ? at < pair.Count ? pair[at] : Value.Undefined
        : entry[at == 0 ? "0" : "1"];

    private static Value Of(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        frame.Budget.List(args.Length);
        var list = new ListValue(args.Length);
        list.AddRange(args);
        return Value.From(list);
    }

    private static Value From(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var source = args.At(0);
        var function = args.At(1).IsUndefined ? null : args.Callback(1, frame);
        var list = new ListValue();
        switch (source.Kind)
        {
            case ValueKind.Undefined or ValueKind.Null:
                throw frame.Error(ErrorKind.Type, "Array.from needs a list, a text or an object with a length.");
            case ValueKind.List or ValueKind.String:
                Iteration.AddItems(list, source, frame);
                break;
            case ValueKind.Object:
                var length = Conversion.ToInteger(source["length"], frame);
                if (length > 0)
                    frame.Budget.List(length);
                var fields = source.AsObject();
                list = new ListValue((int)Math.Max(length, 0));
                for (var i = 0; i < length; i++)
                    list.Add(fields.Count > 1 ? fields[Text.NumberText.Of(i)] : Value.Undefined);
                break;
        }

        for (var i = 0; function is not null && i < list.Count; i++)
            list[i] = frame.Invoke(function, [list[i], Value.From((double)i)]) is { IsHole: false } item ? item : Value.Undefined;
        return Value.From(list);
    }

    private static Value Parse(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        if (args.At(1).Kind == ValueKind.Function)
            throw frame.Error(ErrorKind.Forbidden, "JSON.parse takes no function.");
        var text = args.Text(0, frame);
        frame.Budget.Steps(text.Length >> 3);
        var reader = new JsonTextReader(text);
        return reader.TryRead(out var value) ? value
            : throw frame.Error(reader.TooDeep ? ErrorKind.Limit : ErrorKind.Value, reader.Problem);
    }

    private static Value Stringify(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        if (args.At(1).Kind == ValueKind.Function)
            throw frame.Error(ErrorKind.Forbidden, "JSON.stringify takes no function.");
        List<string>? order = null;
        if (args.At(1).Reference is ListValue names)
        {
            order = [];
            foreach (var name in names)
            {
                if (name.Kind is ValueKind.String or ValueKind.Number && Conversion.ToText(name, frame) is var text && !order.Contains(text))
                    order.Add(text);
                frame.Budget.Steps(order.Count >> 2);
            }
        }

        var gap = args.At(2).Kind switch
        {
            ValueKind.Number => new string(' ', (int)Math.Clamp(Conversion.ToInteger(args[2], frame), 0, 10)),
            ValueKind.String => args[2].AsString() is var indent && indent.Length > 10 ? indent[..10] : args[2].AsString(),
            _ => "",
        };
        var made = JsonTextWriter.Write(args.At(0), frame, gap, order);
        if (made is null)
            return Value.Undefined;
        frame.Budget.Text(made.Length);
        return Value.From(made);
    }
}
