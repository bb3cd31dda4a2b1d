using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Word;

/// <summary>A value inside of an open <c>w:t</c>; new lines and tabs leave it for a moment.</summary>
internal sealed class ValueNode(Tag tag, TextShape shape) : WordNode
{
    public override void Render(WordRender to)
    {
        var value = to.Values.Evaluate(tag);
        if (to.Values.Marked is { } missing)
        {
            to.Out.Write("</w:t></w:r>"u8);
            WriteMark(to, missing, shape);
            Reopen(to);
            return;
        }

        if (value.Kind == ValueKind.Host)
        {
            if (value.AsHost() is DropContent drop)
            {
                to.DropLine |= !drop.Row;
                to.DropRow |= drop.Row;
                return;
            }

            to.Out.Write("</w:t></w:r>"u8);
            ContentWriter.Inline(to, (MadeContent)value.AsHost(), tag, shape);
            Reopen(to);
            return;
        }

        WriteText(to, to.Values.Text(value, tag), tag);
    }

    public static void WriteMark(WordRender to, string missing, TextShape shape)
    {
        to.HasContent = true;
        to.Out.Write("<w:r><w:rPr>"u8);
        to.Out.Write(PropertyOrder.Run(shape.RunProperties, "<w:highlight w:val=\"yellow\"/>"));
        to.Out.Write("</w:rPr><w:t>["u8);
        to.Out.WriteText(missing);
        to.Out.Write("?]</w:t></w:r>"u8);
    }

    /// <summary>Text within a <c>w:t</c>.</summary>
    public static void WriteText(WordRender to, string text, Tag tag)
    {
        if (text.Length == 0)
            return;
        to.HasContent = true;
        var removed = to.Out.Removed;
        var rest = text.AsSpan();
        while (true)
        {
            var at = rest.IndexOfAny('\n', '\t', '\r');
            if (at < 0)
                break;
            to.Out.WriteText(rest[..at]);
            to.Out.Write(rest[at] == '\t' ? "</w:t><w:tab/><w:t xml:space=\"preserve\">"u8 : "</w:t><w:br/><w:t xml:space=\"preserve\">"u8);
            rest = rest[(rest[at] == '\r' && at + 1 < rest.Length && rest[at + 1] == '\n' ? at + 2 : at + 1)..];
        }

        to.Out.WriteText(rest);
        if (to.Out.Removed > removed)
            to.Values.Problems.Add(tag.Place.Problem("W009", tag.Source, "Characters that no document can hold were removed from this value.", ProblemSeverity.Warning));
    }

    private void Reopen(WordRender to)
    {
        to.Out.Write(shape.RunStart);
        to.Out.Write("<w:t xml:space=\"preserve\">"u8);
    }
}

/// <summary>A value between runs that usually makes content of its own: a picture, a link.</summary>
internal sealed class MadeValueNode(Tag tag, TextShape shape) : WordNode
{
    public override void Render(WordRender to)
    {
        if (tag.Kind == TagKind.Include)
        {
            IncludeWriter.Inline(to, tag, shape);
            return;
        }

        var value = to.Values.Evaluate(tag);
        if (to.Values.Marked is { } missing)
            ValueNode.WriteMark(to, missing, shape);
        else if (value.Kind == ValueKind.Host && value.AsHost() is MadeContent made)
            ContentWriter.Inline(to, made, tag, shape);
        else if (!value.IsNullish)
            ContentWriter.Run(to, shape, to.Values.Text(value, tag), tag);
    }
}

/// <summary>A paragraph that is one tag of made content.</summary>
internal sealed class BlockValueNode(Tag tag, TextShape shape) : WordNode
{
    public override void Render(WordRender to)
    {
        if (tag.Kind == TagKind.Include)
        {
            IncludeWriter.Block(to, tag);
            return;
        }

        var value = to.Values.Evaluate(tag);
        if (value.Kind == ValueKind.Host && value.AsHost() is MadeContent made)
        {
            if (made is DropContent drop)
            {
                to.DropRow |= drop.Row;
                return;
            }

            ContentWriter.Block(to, made, tag, shape);
        }
        else
        {
            to.Out.Write(shape.ParagraphStart);
            if (to.Values.Marked is { } missing)
                ValueNode.WriteMark(to, missing, shape);
            else if (!value.IsNullish)
                ContentWriter.Run(to, shape, to.Values.Text(value, tag), tag);
            to.Out.Write("</w:p>"u8);
        }

        to.Last = LastBlock.Paragraph;
        to.HasContent = true;
    }
}

/// <summary>An attribute whose text holds tags: an alternative text.</summary>
internal sealed class AttributeTextNode(string text, List<Tag> tags) : WordNode
{
    public override void Render(WordRender to) => to.Out.WriteText(InlineText.Fill(text, tags, to.Values));
}

internal sealed class ParagraphIdNode(byte[] original, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        if (to.IsFirst(slot))
        {
            to.Out.Write(original);
            return;
        }

        Span<byte> id = stackalloc byte[8];
        to.NextParagraph().TryFormat(id, out _, "X8", CultureInfo.InvariantCulture);
        to.Out.Write(id);
    }
}

internal sealed class DrawingIdNode(byte[] original, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        if (to.IsFirst(slot))
            to.Out.Write(original);
        else
            to.Out.Write(to.NextDrawing());
    }
}

internal sealed class ControlIdNode(byte[] original, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        if (to.IsFirst(slot))
            to.Out.Write(original);
        else
            to.Out.Write(to.NextControl());
    }
}
