using System.Text;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary>The methods of texts. Places count UTF-16 units.</summary>
internal static partial class TextFunctions
{
    public static void AddTo(Dictionary<string, FunctionValue> table)
    {
        void Add(string name, Native body) => table.Add(name, new FunctionValue(name, body) { IsMethod = true });

        Add("at", static (frame, self, args) =>
        {
            var text = self.AsString();
            var at = args.Integer(0, frame);
            return UnitAt(text, at < 0 ? at + text.Length : at, Value.Undefined);
        });
        Add("charAt", static (frame, self, args) => UnitAt(self.AsString(), args.Integer(0, frame), Value.From("")));
        Add("charCodeAt", static (frame, self, args) =>
            args.Integer(0, frame) is var at && at >= 0 && at < self.AsString().Length ? Value.From((double)self.AsString()[(int)at]) : Value.From(double.NaN));
        Add("codePointAt", CodePointAt);
        Add("concat", Concat);
        Add("endsWith", static (frame, self, args) =>
        {
            var text = self.AsString();
            var wanted = args.Text(0, frame);
            var end = args.Place(1, frame, text.Length, text.Length, negativeIsZero: true);
            return Value.From(text.AsSpan(0, end).EndsWith(wanted, StringComparison.Ordinal));
        });
        Add("startsWith", static (frame, self, args) =>
        {
            var text = self.AsString();
            var wanted = args.Text(0, frame);
            return Value.From(text.AsSpan(args.Place(1, frame, text.Length, 0, negativeIsZero: true)).StartsWith(wanted, StringComparison.Ordinal));
        });
        Add("includes", static (frame, self, args) =>
        {
            var text = self.AsString();
            var wanted = args.Text(0, frame);
            return Value.From(Search.First(frame, text, wanted, args.Place(1, frame, text.Length, 0, negativeIsZero: true)) >= 0);
        });
        Add("indexOf", static (frame, self, args) =>
        {
            var text = self.AsString();
            var wanted = args.Text(0, frame);
            return Value.From((double)Search.First(frame, text, wanted, args.Place(1, frame, text.Length, 0, negativeIsZero: true)));
        });
        Add("lastIndexOf", LastIndexOf);
        Add("normalize", Normalize);
        Add("padEnd", static (frame, self, args) => Pad(frame, self.AsString(), args, atEnd: true));
        Add("padStart", static (frame, self, args) => Pad(frame, self.AsString(), args, atEnd: false));
        Add("repeat", Repeat);
        Add("replace", static (frame, self, args) => Replace(frame, self.AsString(), args, all: false));
        Add("replaceAll", static (frame, self, args) => Replace(frame, self.AsString(), args, all: true));
        Add("slice", static (frame, self, args) =>
        {
            var text = self.AsString();
            var from = args.Place(0, frame, text.Length, 0);
            return Cut(frame, text, from, args.Place(1, frame, text.Length, text.Length));
        });
        Add("split", Split);
        Add("substr", static (frame, self, args) =>
        {
            var text = self.AsString();
            var from = args.Place(0, frame, text.Length, 0);
            var length = args.At(1).IsUndefined ? text.Length : args.Integer(1, frame);
            return Cut(frame, text, from, (int)Math.Min(from + Math.Max(length, 0), text.Length));
        });
        Add("substring", static (frame, self, args) =>
        {
            var text = self.AsString();
            var from = args.Place(0, frame, text.Length, 0, negativeIsZero: true);
            var to = args.Place(1, frame, text.Length, text.Length, negativeIsZero: true);
            return Cut(frame, text, Math.Min(from, to), Math.Max(from, to));
        });
        Add("toLowerCase", static (frame, self, _) => Made(frame, TextCase.Lower(self.AsString())));
        Add("toUpperCase", static (frame, self, _) => Made(frame, TextCase.Upper(self.AsString())));
        Add("toString", static (_, self, _) => self);
        Add("valueOf", static (_, self, _) => self);
        Add("trim", static (frame, self, _) => Made(frame, NumberReader.Trim(self.AsString()).ToString()));
        Add("trimEnd", static (frame, self, _) => Made(frame, NumberReader.TrimEnd(self.AsString()).ToString()));
        Add("trimStart", static (frame, self, _) => Made(frame, NumberReader.TrimStart(self.AsString()).ToString()));
    }

    private static int Place(this ReadOnlySpan<Value> args, int index, Frame frame, int length, int otherwise, bool negativeIsZero) =>
        args.At(index).IsUndefined ? otherwise
        : negativeIsZero ? (int)Math.Clamp(args.Integer(index, frame), 0, length)
        : Conversion.ToPlace(args[index], frame, length);

    private static Value Made(Frame frame, string text)
    {
        frame.Budget.Text(text.Length);
        return Value.From(text);
    }

    private static Value Cut(Frame frame, string text, int from, int to) => Made(frame, to > from ? text[from..to] : "");

    private static Value UnitAt(string text, double at, Value otherwise) =>
        at >= 0 && at < text.Length ? Value.From(text[(int)at].ToString()) : otherwise;

    private static Value CodePointAt(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var text = self.AsString();
        var at = args.Integer(0, frame);
        if (at < 0 || at >= text.Length)
            return Value.Undefined;
        var i = (int)at;
        return Value.From(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
            ? char.ConvertToUtf32(text[i], text[i + 1])
            : (double)text[i]);
    }

    private static Value Concat(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var text = new StringBuilder(self.AsString());
        for (var i = 0; i < args.Length; i++)
        {
            var more = args.Text(i, frame);
            frame.Budget.Text(text.Length + (double)more.Length);
            text.Append(more);
        }

        return Value.From(text.ToString());
    }

    private static Value LastIndexOf(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var text = self.AsString();
        var wanted = args.Text(0, frame);
        var number = args.Number(1, frame);
        var from = double.IsNaN(number) ? double.PositiveInfinity : Math.Truncate(number);
        return Value.From((double)Search.Last(frame, text, wanted, (int)Math.Clamp(from, 0, text.Length)));
    }

    private static Value Normalize(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var form = (args.At(0).IsUndefined ? "NFC" : args.Text(0, frame)) switch
        {
            "NFC" => NormalizationForm.FormC,
            "NFD" => NormalizationForm.FormD,
            "NFKC" => NormalizationForm.FormKC,
            "NFKD" => NormalizationForm.FormKD,
            _ => throw frame.Error(ErrorKind.Range, "The form must be NFC, NFD, NFKC or NFKD."),
        };
        var text = self.AsString();
        var made = new StringBuilder();
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // .NET refuses half surrogate pairs and U+FFFE: they stay as they are.
            if (!char.IsSurrogate(text[i]) && text[i] != '\uFFFE')
                continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            made.Append(text[from..i].Normalize(form)).Append(text[i]);
            from = i + 1;
        }

        return Made(frame, made.Append(text[from..].Normalize(form)).ToString());
    }

    private static Value Pad(Frame frame, string text, ReadOnlySpan<Value> args, bool atEnd)
    {
        var wanted = args.Integer(0, frame);
        var filler = args.At(1).IsUndefined ? " " : args.Text(1, frame);
        if (wanted <= text.Length || filler.Length == 0)
            return Value.From(text);
        frame.Budget.Text(wanted);
        var made = new StringBuilder((int)wanted);
        if (atEnd)
            made.Append(text);
        var missing = (int)wanted - text.Length;
        for (; missing >= filler.Length; missing -= filler.Length)
            made.Append(filler);
        made.Append(filler, 0, missing);
        if (!atEnd)
            made.Append(text);
        return Value.From(made.ToString());
    }

    private static Value Repeat(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var text = self.AsString();
        var count = args.Integer(0, frame);
        if (count < 0 || double.IsPositiveInfinity(count))
            throw frame.Error(ErrorKind.Range, $"A text cannot be repeated {NumberText.Of(count)} times.");
        if (text.Length == 0 || count == 0)
            return Value.From("");
        frame.Budget.Text(text.Length * count);
        return Value.From(string.Create(text.Length * (int)count, text, static (span, part) =>
        {
            // Doubling what is there already is faster than copying part by part.
            part.CopyTo(span);
            for (var done = part.Length; done < span.Length; done *= 2)
                span[..Math.Min(done, span.Length - done)].CopyTo(span[done..]);
        }));
    }

    private static Value Split(Frame frame, Value self, ReadOnlySpan<Value> args)
    {
        var text = self.AsString();
        var limit = args.At(1).IsUndefined ? uint.MaxValue : Conversion.ToUInt32(args[1], frame);
        var separator = args.Text(0, frame);
        var parts = new ListValue();
        if (limit == 0)
            return Value.From(parts);
        if (args.At(0).IsUndefined)
        {
            parts.Add(self);
            return Value.From(parts);
        }

        if (separator.Length == 0)
        {
            var count = (int)Math.Min(text.Length, limit);
            frame.Budget.List(count);
            for (var i = 0; i < count; i++)
                parts.Add(Value.From(text[i].ToString()));
            return Value.From(parts);
        }

        var from = 0;
        while (true)
        {
            var at = Search.First(frame, text, separator, from);
            frame.Step();
            parts.Add(Cut(frame, text, from, at < 0 ? text.Length : at));
            if (at < 0 || parts.Count >= limit)
                return Value.From(parts);
            from = at + separator.Length;
        }
    }
}
