using System.Text;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Values;

/// <summary>Plain text with tags: document properties, cell texts, page headers of sheets. Inline sections work.</summary>
internal static class InlineText
{
    public static string Fill(string text, List<Tag> tags, Evaluator values, Func<string, string>? encode = null)
    {
        var filled = new StringBuilder();
        var depth = values.Scope.Depth;
        var place = 0;
        var at = 0;
        Run(text, tags, values, encode, filled, ref place, ref at, printing: true, stopAt: null);
        values.Scope.Release(depth);
        return filled.ToString();
    }

    /// <summary>Fills until the section that is open ends; returns the tag that ended this stretch.</summary>
    private static Tag? Run(string text, List<Tag> tags, Evaluator values, Func<string, string>? encode, StringBuilder to, ref int place, ref int at, bool printing, Tag? stopAt)
    {
        while (place < tags.Count)
        {
            var tag = tags[place];
            if (printing)
                to.Append(text, at, tag.Start - at);
            at = tag.End;
            place++;
            if (stopAt is not null && (tag.Kind == TagKind.Close || tag.IsBranch))
                return tag;
            if (tag.Reach != TagReach.Between)
                continue;
            switch (tag.Kind)
            {
                case TagKind.Value when printing:
                    Value(tag, values, encode, to);
                    break;
                case TagKind.Let when printing:
                    values.Scope.Push(tag.Name!, values.Evaluate(tag));
                    break;
                case TagKind.If:
                    If(text, tags, tag, values, encode, to, ref place, ref at, printing);
                    break;
                case TagKind.For:
                    For(text, tags, tag, values, encode, to, ref place, ref at, printing);
                    break;
                default:
                    break;
            }
        }

        if (printing)
            to.Append(text, at, text.Length - at);
        at = text.Length;
        return null;
    }

    private static void Value(Tag tag, Evaluator values, Func<string, string>? encode, StringBuilder to)
    {
        var value = values.Evaluate(tag);
        var printed = values.Marked is { } missing ? $"[{missing}?]" : values.Text(value, tag);
        to.Append(encode is null ? printed : encode(printed));
    }

    private static void If(string text, List<Tag> tags, Tag tag, Evaluator values, Func<string, string>? encode, StringBuilder to, ref int place, ref int at, bool printing)
    {
        var depth = values.Scope.Depth;
        var done = !printing;
        Tag? part = tag;
        while (part is not null && part.Kind != TagKind.Close)
        {
            var take = !done && (part.Kind == TagKind.Else || values.IsTrue(part));
            done |= take;
            part = Run(text, tags, values, encode, to, ref place, ref at, take, tag);
        }

        values.Scope.Release(depth);
    }

    private static void For(string text, List<Tag> tags, Tag tag, Evaluator values, Func<string, string>? encode, StringBuilder to, ref int place, ref int at, bool printing)
    {
        var list = printing ? values.List(tag) : null;
        var scope = values.Scope;
        var depth = scope.Depth;
        var (startPlace, startAt) = (place, at);
        var between = (Place: -1, At: 0);
        var empty = (Place: -1, At: 0);
        var part = Run(text, tags, values, encode, to, ref place, ref at, false, tag);
        while (part is not null && part.Kind != TagKind.Close)
        {
            if (part.Kind == TagKind.Between)
                between = (place, at);
            else
                empty = (place, at);
            part = Run(text, tags, values, encode, to, ref place, ref at, false, tag);
        }

        var (endPlace, endAt) = (place, at);
        if (printing && list is { Count: > 0 })
        {
            var loop = scope.PushLoop(list.Count);
            scope.Push(tag.Name!, default);
            if (tag.IndexName is not null)
                scope.Push(tag.IndexName, default);
            var inner = scope.Depth;
            for (var i = 0; i < list.Count && values.Turn(tag); i++)
            {
                loop.MoveTo(i);
                scope.Set(depth + 1, list[i]);
                if (tag.IndexName is not null)
                    scope.Set(depth + 2, Expressions.Value.From(i));
                if (i > 0 && between.Place >= 0)
                    Stretch(between);
                Stretch((startPlace, startAt));
                scope.Release(inner);
            }
        }
        else if (printing && empty.Place >= 0)
        {
            Stretch(empty);
        }

        scope.Release(depth);
        (place, at) = (endPlace, endAt);

        void Stretch((int Place, int At) from)
        {
            var (p, a) = from;
            Run(text, tags, values, encode, to, ref p, ref a, true, tag);
        }
    }
}
