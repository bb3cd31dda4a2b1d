using System.Text;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Values;

/// <summary>Takes what a text with tags comes to, with the place in the template each part comes from.</summary>
internal interface ITextSink
{
    /// <summary>A stretch of the template's own text.</summary>
    void Literal(int start, int end);

    /// <summary>A value, in the place of a tag's first brace.</summary>
    void Value(int at, string text);
}

/// <summary>Plain text with tags: document properties, cell texts, page headers of sheets. Inline sections work.</summary>
internal static class InlineText
{
    public static string Fill(string text, List<Tag> tags, Evaluator values, Func<string, string>? encode = null)
    {
        var filled = new PlainSink(text, encode);
        Fill(text, tags, values, filled);
        return filled.ToString();
    }

    public static void Fill(string text, List<Tag> tags, Evaluator values, ITextSink to)
    {
        var depth = values.Scope.Depth;
        new Filler(text, tags, values, to).Run(printing: true, stopAt: null);
        values.Scope.Release(depth);
    }

    private sealed class PlainSink(string text, Func<string, string>? encode) : ITextSink
    {
        private readonly StringBuilder _filled = new();

        public void Literal(int start, int end) => _filled.Append(text, start, end - start);

        public void Value(int at, string text) => _filled.Append(encode is null ? text : encode(text));

        public override string ToString() => _filled.ToString();
    }

    private sealed class Filler(string text, List<Tag> tags, Evaluator values, ITextSink to)
    {
        private int _place;
        private int _at;

        /// <summary>Fills until the section that is open ends; returns the tag that ended this stretch.</summary>
        public Tag? Run(bool printing, Tag? stopAt)
        {
            while (_place < tags.Count)
            {
                var tag = tags[_place];
                Literal(tag.Start, printing);
                _at = tag.End;
                _place++;
                if (stopAt is not null && (tag.Kind == TagKind.Close || tag.IsBranch))
                    return tag;
                if (tag.Reach != TagReach.Between)
                    continue;
                switch (tag.Kind)
                {
                    case TagKind.Value when printing:
                        Value(tag);
                        break;
                    case TagKind.Let when printing:
                        values.Scope.Push(tag.Name!, values.Evaluate(tag));
                        break;
                    case TagKind.If:
                        If(tag, printing);
                        break;
                    case TagKind.For:
                        For(tag, printing);
                        break;
                    default:
                        break;
                }
            }

            Literal(text.Length, printing);
            _at = text.Length;
            return null;
        }

        private void Literal(int end, bool printing)
        {
            if (printing && end > _at)
                to.Literal(_at, end);
        }

        private void Value(Tag tag)
        {
            var value = values.Evaluate(tag);
            var printed = values.Marked is { } missing ? $"[{missing}?]" : values.Text(value, tag);
            if (printed.Length > 0)
                to.Value(tag.Start, printed);
        }

        private void If(Tag tag, bool printing)
        {
            var depth = values.Scope.Depth;
            var done = !printing;
            Tag? part = tag;
            while (part is not null && part.Kind != TagKind.Close)
            {
                var take = !done && (part.Kind == TagKind.Else || values.IsTrue(part));
                done |= take;
                part = Run(take, tag);
            }

            values.Scope.Release(depth);
        }

        private void For(Tag tag, bool printing)
        {
            var list = printing ? values.List(tag) : null;
            var scope = values.Scope;
            var depth = scope.Depth;
            var start = (_place, _at);
            (int Place, int At)? between = null;
            (int Place, int At)? empty = null;
            var part = Run(false, tag);
            while (part is not null && part.Kind != TagKind.Close)
            {
                if (part.Kind == TagKind.Between)
                    between = (_place, _at);
                else
                    empty = (_place, _at);
                part = Run(false, tag);
            }

            var end = (_place, _at);
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
                    if (i > 0 && between is { } separator)
                        Stretch(separator, tag);
                    Stretch(start, tag);
                    scope.Release(inner);
                }
            }
            else if (printing && empty is { } instead)
            {
                Stretch(instead, tag);
            }

            scope.Release(depth);
            (_place, _at) = end;
        }

        private void Stretch((int Place, int At) from, Tag tag)
        {
            (_place, _at) = from;
            Run(true, tag);
        }
    }
}
