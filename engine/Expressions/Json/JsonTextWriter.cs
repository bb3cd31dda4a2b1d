using System.Globalization;
using System.Text;
using ProductionOffice.Expressions.JavaScript;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Json;

/// <summary>Writes JSON exactly as <c>JSON.stringify</c>.</summary>
internal sealed class JsonTextWriter
{
    private const int MaxDepth = 1000;
    private readonly StringBuilder _text = new();
    private readonly Frame? _frame;
    private readonly string _gap;
    private readonly List<string>? _order;

    private JsonTextWriter(Frame? frame, string gap, List<string>? order)
    {
        _frame = frame;
        _gap = gap;
        _order = order;
    }

    /// <summary>The text, or null when the value has none (undefined, function).</summary>
    /// <param name="value">What to write.</param>
    /// <param name="frame">Limits, or null for none.</param>
    /// <param name="gap">Indent of one level, or empty.</param>
    /// <param name="order">Only these fields, in this order; or null.</param>
    public static string? Write(Value value, Frame? frame = null, string gap = "", List<string>? order = null)
    {
        var writer = new JsonTextWriter(frame, gap, order);
        return writer.TryWrite(value, "", 0) ? writer._text.ToString() : null;
    }

    public static void Quote(StringBuilder text, string content)
    {
        text.Append('"');
        var from = 0;
        for (var i = 0; i < content.Length; i++)
        {
            var c = content[i];
            if (c is >= ' ' and not ('"' or '\\') && !IsHalf(content, i))
                continue;
            text.Append(content, from, i - from);
            from = i + 1;
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        text.Append(content, from, content.Length - from).Append('"');
    }

    private static bool IsHalf(string text, int i) =>
        (char.IsHighSurrogate(text[i]) && !(i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])))
        || (char.IsLowSurrogate(text[i]) && !(i > 0 && char.IsHighSurrogate(text[i - 1])));

    private bool TryWrite(Value value, string key, int depth)
    {
        _frame?.Step();
        if (value.Reference is ObjectValue own && own.TryGet("toJSON", out var method) && method.Reference is FunctionValue { CanCall: true } call && _frame is not null)
            value = _frame.Invoke(call, Value.From(key));
        switch (value.Kind)
        {
            case ValueKind.Null: _text.Append("null"); return true;
            case ValueKind.Boolean: _text.Append(value.AsBoolean() ? "true" : "false"); return true;
            case ValueKind.Number:
                _text.Append(double.IsFinite(value.RawNumber) ? NumberText.Of(value.RawNumber) : "null");
                return true;
            case ValueKind.String: Quote(_text, value.AsString()); break;
            case ValueKind.Date:
                _text.Append(double.IsFinite(value.RawNumber) ? $"\"{DateText.Iso(value.RawNumber)}\"" : "null");
                return true;
            case ValueKind.List: WriteList(value.AsList(), depth + 1); break;
            case ValueKind.Object: WriteObject(value.AsObject(), depth + 1); break;
            case ValueKind.Function when value.Reference is FunctionValue { CanCall: false }: _text.Append("{}"); return true;
            default: return false;
        }

        _frame?.Budget.Text(_text.Length > 1_000_000 ? _text.Length : 0);
        return true;
    }

    private void WriteList(ListValue list, int depth)
    {
        Guard(depth);
        _text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                _text.Append(',');
            Break(depth);
            if (!TryWrite(list[i], _frame is null ? "" : NumberText.Of(i), depth))
                _text.Append("null");
        }

        if (list.Count > 0)
            Break(depth - 1);
        _text.Append(']');
    }

    private void WriteObject(ObjectValue fields, int depth)
    {
        Guard(depth);
        _text.Append('{');
        var any = false;
        if (_order is not null)
        {
            foreach (var name in _order)
            {
                if (fields.TryGet(name, out var value))
                    WriteField(name, value, depth, ref any);
            }
        }
        else
        {
            var order = fields.Order();
            for (var i = 0; i < fields.Count; i++)
            {
                var (name, value) = fields.At(order is null ? i : order[i]);
                WriteField(name, value, depth, ref any);
            }
        }

        if (any)
            Break(depth - 1);
        _text.Append('}');
    }

    private void WriteField(string name, Value value, int depth, ref bool any)
    {
        var before = _text.Length;
        if (any)
            _text.Append(',');
        Break(depth);
        Quote(_text, name);
        _text.Append(_gap.Length > 0 ? ": " : ":");
        if (TryWrite(value, name, depth))
            any = true;
        else
            _text.Length = before;
    }

    private void Break(int depth)
    {
        if (_gap.Length == 0)
            return;
        _text.Append('\n');
        _frame?.Budget.Text(_text.Length + (_gap.Length * (double)depth));
        for (var i = 0; i < depth; i++)
            _text.Append(_gap);
    }

    private static void Guard(int depth)
    {
        if (Depth.IsTooDeep(depth, MaxDepth))
            throw new ExpressionException(ErrorKind.Limit, $"The data is nested deeper than {MaxDepth:N0}.");
    }
}
