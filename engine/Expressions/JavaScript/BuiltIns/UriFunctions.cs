using System.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

/// <summary><c>encodeURI</c>, <c>decodeURI</c> and their component forms.</summary>
internal static class UriFunctions
{
    private const string Marks = "-_.!~*'()";
    private const string Reserved = ";/?:@&=+$,#";

    public static void AddTo(Dictionary<string, Value> globals)
    {
        globals.Add("encodeURIComponent", Globals.Function("encodeURIComponent", static (frame, _, args) => Encode(frame, args.Text(0, frame), "")));
        globals.Add("encodeURI", Globals.Function("encodeURI", static (frame, _, args) => Encode(frame, args.Text(0, frame), Reserved)));
        globals.Add("decodeURIComponent", Globals.Function("decodeURIComponent", static (frame, _, args) => Decode(frame, args.Text(0, frame), "")));
        globals.Add("decodeURI", Globals.Function("decodeURI", static (frame, _, args) => Decode(frame, args.Text(0, frame), Reserved)));
    }

    private static Value Encode(Frame frame, string text, string kept)
    {
        var made = new StringBuilder();
        frame.Budget.Steps(text.Length >> 4);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c) || (c < 128 && (Marks.Contains(c) || kept.Contains(c))))
            {
                made.Append(c);
                continue;
            }

            if (!Rune.TryGetRuneAt(text, i, out var rune))
                throw frame.Error(ErrorKind.Value, "The text holds half a character and cannot be encoded.");
            i += rune.Utf16SequenceLength - 1;
            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
                made.Append('%').Append("0123456789ABCDEF"[part >> 4]).Append("0123456789ABCDEF"[part & 15]);
        }

        frame.Budget.Text(made.Length);
        return Value.From(made.ToString());
    }

    private static Value Decode(Frame frame, string text, string kept)
    {
        var made = new StringBuilder();
        frame.Budget.Steps(text.Length >> 4);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                made.Append(text[i]);
                continue;
            }

            var start = i;
            var first = ReadByte(frame, text, ref i);
            if (first < 0x80)
            {
                if (kept.Contains((char)first))
                    made.Append(text, start, i - start + 1);
                else
                    made.Append((char)first);
                continue;
            }

            var count = first switch { >= 0xC2 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF4 => 4, _ => throw Malformed(frame) };
            bytes[0] = first;
            for (var n = 1; n < count; n++)
            {
                i++;
                bytes[n] = ReadByte(frame, text, ref i);
            }

            if (Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) != System.Buffers.OperationStatus.Done || used != count)
                throw Malformed(frame);
            made.Append(rune.ToString());
        }

        return Value.From(made.ToString());
    }

    private static byte ReadByte(Frame frame, string text, ref int i)
    {
        if (i + 2 >= text.Length || text[i] != '%' || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            throw Malformed(frame);
        i += 2;
        return Convert.ToByte(text.Substring(i - 1, 2), 16);
    }

    private static ExpressionException Malformed(Frame frame) => frame.Error(ErrorKind.Value, "The text is not a well-formed address.");
}
