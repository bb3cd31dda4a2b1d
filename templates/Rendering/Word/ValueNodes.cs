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
            WriteMark(to, missing);
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

    public static void WriteMark(WordRender to, string missing)
    {
        to.HasContent = true;
        to.Out.Write("<w:r><w:rPr><w:highlight w:val=\"yellow\"/></w:rPr><w:t>["u8);
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
            ValueNode.WriteMark(to, missing);
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
                ValueNode.WriteMark(to, missing);
            else if (!value.IsNullish)
                ContentWriter.Run(to, shape, to.Values.Text(value, tag), tag);
            to.Out.Write("</w:p>"u8);
        }

        to.Last = LastBlock.Paragraph;
        to.HasContent = true;
    }
}

internal sealed class AttributeValueNode(Tag tag) : WordNode
{
    public override void Render(WordRender to)
    {
        var value = to.Values.Evaluate(tag);
        to.Out.WriteText(to.Values.Text(value, tag));
    }
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

internal sealed class BookmarkIdNode(byte[] original, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        var (_, id) = to.Bookmark(slot);
        if (id < 0)
            to.Out.Write(original);
        else
            to.Out.Write(id);
    }
}

internal sealed class BookmarkNameNode(byte[] original, int slot, int[] taken) : WordNode
{
    public override void Render(WordRender to)
    {
        to.Out.Write(original);
        var (copy, _) = to.Bookmark(slot);
        if (copy <= 1)
            return;
        foreach (var number in taken)
        {
            if (number <= copy)
                copy++;
        }

        to.Out.Write("_"u8);
        to.Out.Write(copy);
    }
}

/// <summary>The address of a hyperlink that holds tags.</summary>
internal sealed class AddressTemplate(string[] texts, Tag[] tags)
{
    private readonly bool _isWhole = tags.Length == 1 && texts.All(text => text.Length == 0);

    public static AddressTemplate? Read(string target, TagParser parser, TagPlace place)
    {
        var text = target.Replace("%7B", "{", StringComparison.OrdinalIgnoreCase).Replace("%7D", "}", StringComparison.OrdinalIgnoreCase);
        if (!text.Contains("{{", StringComparison.Ordinal))
            return null;
        var spans = TagReader.Find(text);
        if (spans.Count == 0)
            return null;
        var decoded = Decode(text, spans);
        spans = TagReader.Find(decoded);
        var tags = parser.Parse(decoded, spans, place with { Text = decoded, Words = place.Words + ", link address" });
        var texts = new List<string>();
        var at = 0;
        foreach (var tag in tags)
        {
            texts.Add(decoded[at..tag.Start]);
            at = tag.End;
        }

        texts.Add(decoded[at..]);
        return new AddressTemplate([.. texts], [.. tags]);
    }

    public string Fill(Evaluator values)
    {
        if (_isWhole)
            return values.Text(values.Evaluate(tags[0]), tags[0]);
        var address = texts[0];
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Kind == TagKind.Value)
                address += Uri.EscapeDataString(values.Text(values.Evaluate(tags[i]), tags[i]));
            address += texts[i + 1];
        }

        return address;
    }

    public Tag FirstTag => tags[0];

    public IReadOnlyList<Tag> Tags => tags;

    /// <summary>The address; <c>#</c> with a warning when it is not safe to click.</summary>
    public string FillSafely(Evaluator values)
    {
        var target = Fill(values);
        if (target.Length == 0)
            return "#";
        if (new LinkContent(target, "").IsSafe || !target.Contains(':', StringComparison.Ordinal))
            return target;
        values.Problems.Add(FirstTag.Place.Problem("W006", FirstTag.Source, $"“{target}” is no address that is safe to click (http, https, mailto, tel); the link leads nowhere.", ProblemSeverity.Warning));
        return "#";
    }

    /// <summary>Inside of tags an address is percent-encoded by Word: undone there, kept elsewhere.</summary>
    private static string Decode(string text, List<TagSpan> spans)
    {
        var decoded = "";
        var at = 0;
        foreach (var span in spans)
        {
            decoded += text[at..span.Start] + Uri.UnescapeDataString(text[span.Start..span.End]);
            at = span.End;
        }

        return decoded + text[at..];
    }
}

/// <summary>Writes the relationship id of a filled address.</summary>
internal sealed class AddressNode(AddressTemplate address, string templateId) : WordNode
{
    public override void Render(WordRender to)
    {
        to.Relations.Remove(templateId);
        to.Out.WriteText(to.Relations.Add("hyperlink", address.FillSafely(to.Values), isExternal: true));
    }
}
