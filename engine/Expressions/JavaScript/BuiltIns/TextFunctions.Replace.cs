using System.Text;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns;

internal static partial class TextFunctions
{
    private static Value Replace(Frame frame, string text, ReadOnlySpan<Value> args, bool all)
    {
        var wanted = args.Text(0, frame);
        var function = args.At(1).Reference is FunctionValue { CanCall: true } given ? given : null;
        var pattern = function is null ? args.Text(1, frame) : "";
        var made = new StringBuilder();
        var from = 0;
        for (var at = Search.First(frame, text, wanted, 0); at >= 0;)
        {
            frame.Step();
            made.Append(text, from, at - from);
            if (function is not null)
                made.Append(Conversion.ToText(frame.Invoke(function, [Value.From(wanted), Value.From((double)at), Value.From(text)]), frame));
            else
                AppendReplacement(frame, made, pattern, text, wanted, at);
            if (made.Length > frame.Budget.MaxText)
                frame.Budget.Text(made.Length);
            from = at + wanted.Length;
            if (!all)
                break;
            var next = at + Math.Max(wanted.Length, 1);
            at = next > text.Length ? -1 : Search.First(frame, text, wanted, next);
        }

        if (from == 0 && made.Length == 0)
            return Value.From(text);
        made.Append(text, from, text.Length - from);
        frame.Budget.Text(made.Length);
        return Value.From(made.ToString());
    }

    // $$ $& $` $' ; everything else stays, as the pattern is a text without groups.
    private static void AppendReplacement(Frame frame, StringBuilder made, string pattern, string text, string match, int at)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            var next = pattern[i] == '$' && i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            if (next is not ('$' or '&' or '`' or '\''))
            {
                made.Append(pattern[i]);
                continue;
            }

            i++;
            _ = next switch
            {
                '$' => made.Append('$'),
                '&' => made.Append(match),
                '`' => made.Append(text, 0, at),
                _ => made.Append(text, at + match.Length, text.Length - at - match.Length),
            };
            if (made.Length > frame.Budget.MaxText)
                frame.Budget.Text(made.Length);
        }
    }
}
