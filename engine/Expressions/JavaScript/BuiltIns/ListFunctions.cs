using System.Text;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary>The methods of lists. None changes its list: <c>sort</c> and <c>reverse</c> give a new one.</summary>
internal static partial class ListFunctions
{
    public static void AddTo(Dictionary<string, FunctionValue> table)
    {
        void Add(string name, Native body, int callbackAt = -1) =>
            table.Add(name, new FunctionValue(name, body) { IsMethod = true, CallbackAt = callbackAt });

        Add("at", At);
        Add("concat", Concat);
        Add("every", static (frame, self, args) => Value.From(FindPlace(frame, self, args, wanted: false, backwards: false, skipHoles: true) < 0), 0);
        Add("some", static (frame, self, args) => Value.From(FindPlace(frame, self, args, wanted: true, backwards: false, skipHoles: true) >= 0), 0);
        Add("find", static (frame, self, args) => ItemOrUndefined(self, FindPlace(frame, self, args, true, false, false)), 0);
        Add("findIndex", static (frame, self, args) => Value.From((double)FindPlace(frame, self, args, true, false, false)), 0);
        Add("findLast", static (frame, self, args) => ItemOrUndefined(self, FindPlace(frame, self, args, true, true, false)), 0);
        Add("findLastIndex", static (frame, self, args) => Value.From((double)FindPlace(frame, self, args, true, true, false)), 0);
        Add("filter", Filter, 0);
        Add("flat", static (frame, self, args) => Flat(frame, self.AsList(), args.At(0).IsUndefined ? 1 : args.Integer(0, frame)));
        Add("flatMap", FlatMap, 0);
        Add("includes", Includes);
        Add("indexOf", IndexOf);
        Add("lastIndexOf", LastIndexOf);
        Add("join", Join);
        Add("map", Map, 0);
        Add("reduce", static (frame, self, args) => Reduce(frame, self, args, backwards: false), 0);
        Add("reduceRight", static (frame, self, args) => Reduce(frame, self, args, backwards: true), 0);
        Add("reverse", static (frame, self, _) => Reverse(frame, self.AsList(), keepHoles: true));
        Add("toReversed", static (frame, self, _) => Reverse(frame, self.AsList(), keepHoles: false));
        Add("slice", Slice);
        Add("sort", static (frame, self, args) => Sort(frame, self, args, keepHoles: true), 0);
        Add("toSorted", static (frame, self, args) => Sort(frame, self, args, keepHoles: false), 0);
        Add("toSpliced", ToSpliced);
        Add("toString", static (frame, self, _) => Value.From(Conversion.ToText(self, frame)));
        Add("with", With);
    }

    private static Value At(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var at = args.Integer(0, frame);
        if (at < 0)
            at += list.Count;
        return at >= 0 && at < list.Count ? list[(int)at] : Value.Undefined;
    }

    private static Value Concat(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var made = new ListValue(list.Count + args.Length);
        Append(list);
        foreach (var arg in args)
        {
            if (arg.Reference is ListValue other)
                Append(other);
            else
                made.Add(arg);
        }

        return Value.From(made);

        void Append(ListValue other)
        {
            frame.Budget.List(made.Count + (double)other.Count);
            made.AddRange(other.Span);
        }
    }

    /// <summary>First place where the callback's truth is the one wanted; -1 when there is none.</summary>
    private static int FindPlace(Frame frame, Value self, ReadOnlySpan<Value> args, bool wanted, bool backwards, bool skipHoles)
    {
        var list = self.AsList();
        var function = args.Callback(0, frame);
        for (var n = 0; n < list.Count; n++)
        {
            var i = backwards ? list.Count - 1 - n : n;
            if (skipHoles && list.Span[i].IsHole)
                continue;
            if (frame.Invoke(function, [list[i], Value.From((double)i), self]).IsTruthy == wanted)
                return i;
        }

        return -1;
    }

    private static Value ItemOrUndefined(Value self, int place) => place < 0 ? Value.Undefined : self.AsList()[place];

    private static Value Filter(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var function = args.Callback(0, frame);
        var kept = new ListValue();
        for (var i = 0; i < list.Count; i++)
        {
            if (!list.Span[i].IsHole && frame.Invoke(function, [list[i], Value.From((double)i), self]).IsTruthy)
                kept.Add(list[i]);
        }

        return Value.From(kept);
    }

    private static Value Map(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var function = args.Callback(0, frame);
        var made = new ListValue(list.Count);
        for (var i = 0; i < list.Count; i++)
            made.Add(list.Span[i].IsHole ? Value.Hole : Filled(frame.Invoke(function, [list[i], Value.From((double)i), self])));
        return Value.From(made);
    }

    private static Value FlatMap(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var mapped = Map(frame, self, args).AsList();
        return Flat(frame, mapped, 1);
    }

    private static Value Flat(Frame frame, ListValue list, double depth)
    {
        var made = new ListValue();
        Append(list, depth, 0);
        return Value.From(made);

        void Append(ListValue source, double left, int level)
        {
            if (Depth.IsTooDeep(level, 1000))
                throw frame.Error(ErrorKind.Limit, "The list is nested too deep.");
            for (var i = 0; i < source.Count; i++)
            {
                frame.Step();
                if (source.Span[i].IsHole)
                    continue;
                if (left > 0 && source[i].Reference is ListValue inner)
                {
                    Append(inner, left - 1, level + 1);
                    continue;
                }

                if (made.Count >= frame.Budget.MaxItems)
                    frame.Budget.List(made.Count + 1.0);
                made.Add(source[i]);
            }
        }
    }

    private static Value Includes(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var wanted = args.At(0);
        frame.Budget.Steps(list.Count >> 2);
        for (var i = args.Place(1, frame, list.Count, 0); i < list.Count; i++)
        {
            if (Sameness.SameValueZero(list[i], wanted))
                return Value.True;
        }

        return Value.False;
    }

    private static Value IndexOf(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var wanted = args.At(0);
        frame.Budget.Steps(list.Count >> 2);
        for (var i = args.Place(1, frame, list.Count, 0); i < list.Count; i++)
        {
            if (!list.Span[i].IsHole && Sameness.Strict(list[i], wanted))
                return Value.From((double)i);
        }

        return Value.From(-1.0);
    }

    private static Value LastIndexOf(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var wanted = args.At(0);
        var from = args.Length > 1 ? args.Integer(1, frame) : list.Count - 1;
        from = from < 0 ? list.Count + from : Math.Min(from, list.Count - 1);
        frame.Budget.Steps(list.Count >> 2);
        for (var i = from; i >= 0; i--)
        {
            if (!list.Span[(int)i].IsHole && Sameness.Strict(list[(int)i], wanted))
                return Value.From(i);
        }

        return Value.From(-1.0);
    }

    private static Value Join(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var text = new StringBuilder();
        Conversion.Join(text, self.AsList(), args.At(0).IsUndefined ? "," : args.Text(0, frame), frame, 0);
        return Value.From(text.ToString());
    }

    private static Value Reduce(Frame frame, Value self, ReadOnlySpan<Value> args, bool backwards)
    {
        var list = self.AsList();
        var function = args.Callback(0, frame);
        var has = args.Length > 1;
        var sum = args.At(1);
        for (var n = 0; n < list.Count; n++)
        {
            var i = backwards ? list.Count - 1 - n : n;
            if (list.Span[i].IsHole)
                continue;
            sum = has ? frame.Invoke(function, [sum, list[i], Value.From((double)i), self]) : list[i];
            has = true;
        }

        return has ? sum : throw frame.Error(ErrorKind.Type, "An empty list needs a first value for reduce.");
    }

    private static Value Reverse(Frame frame, ListValue list, bool keepHoles)
    {
        frame.Budget.List(list.Count);
        var made = new ListValue(list.Count);
        for (var i = list.Count - 1; i >= 0; i--)
            made.Add(keepHoles ? list.Span[i] : list[i]);
        return Value.From(made);
    }

    private static Value Slice(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var from = args.Place(0, frame, list.Count, 0);
        var to = args.Place(1, frame, list.Count, list.Count);
        var made = new ListValue(Math.Max(to - from, 0));
        if (to > from)
        {
            frame.Budget.List(to - from);
            made.AddRange(list.Span[from..to]);
        }

        return Value.From(made);
    }

    private static Value ToSpliced(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var from = args.Place(0, frame, list.Count, 0);
        var skip = args.Length switch
        {
            0 => 0,
            1 => list.Count - from,
            _ => (int)Math.Clamp(args.Integer(1, frame), 0, list.Count - from),
        };
        frame.Budget.List(list.Count - skip + (double)args.Length);
        var made = new ListValue(list.Count);
        for (var i = 0; i < from; i++)
            made.Add(list[i]);
        for (var i = 2; i < args.Length; i++)
            made.Add(args[i]);
        for (var i = from + skip; i < list.Count; i++)
            made.Add(list[i]);
        return Value.From(made);
    }

    private static Value With(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var list = self.AsList();
        var at = args.Integer(0, frame);
        var place = at < 0 ? list.Count + at : at;
        if (place < 0 || place >= list.Count)
            throw frame.Error(ErrorKind.Range, $"There is no item {NumberText.Of(at)}.");
        frame.Budget.List(list.Count);
        var made = new ListValue(list);
        made[(int)place] = Filled(args.At(1));
        return Value.From(made);
    }

    private static Value Filled(Value value) => value.IsHole ? Value.Undefined : value;
}
