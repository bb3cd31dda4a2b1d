using ProductionOffice.Expressions;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Word;

/// <summary>One step of a compiled part: it writes bytes. Immutable; all state is in the render.</summary>
internal abstract class WordNode
{
    public abstract void Render(WordRender to);
}

internal sealed class Nothing : WordNode
{
    public static readonly Nothing Node = new();

    public override void Render(WordRender to)
    {
    }
}

internal sealed class Literal(ReadOnlyMemory<byte> bytes) : WordNode
{
    public override void Render(WordRender to) => to.Out.Write(bytes.Span);
}

internal sealed class Sequence(WordNode[] nodes) : WordNode
{
    public override void Render(WordRender to)
    {
        foreach (var node in nodes)
            node.Render(to);
    }

    public static WordNode Of(List<WordNode> nodes) => nodes.Count switch
    {
        0 => Nothing.Node,
        1 => nodes[0],
        _ => new Sequence([.. nodes]),
    };
}

/// <summary>Says that the paragraph holds something, or what kind of block came last.</summary>
internal sealed class Mark(bool content, LastBlock? block = null) : WordNode
{
    public static readonly Mark Content = new(true);
    public static readonly Mark Paragraph = new(false, LastBlock.Paragraph);
    public static readonly Mark Other = new(false, LastBlock.Other);
    public static readonly Mark Row = new(false, LastBlock.Row);

    public override void Render(WordRender to)
    {
        if (content)
            to.HasContent = true;
        if (block == LastBlock.Row)
            to.Rows++;
        else if (block is { } last)
            to.Last = last;
    }
}

internal enum LastBlock : byte
{
    None,
    Paragraph,
    Other,
    Row,
}

internal sealed class IfNode((Tag? Condition, WordNode Body)[] branches) : WordNode
{
    public override void Render(WordRender to)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition is not null && !to.Values.IsTrue(condition))
                continue;
            var depth = to.Values.Scope.Depth;
            body.Render(to);
            to.Values.Scope.Release(depth);
            return;
        }
    }
}

internal sealed class ForNode(Tag tag, WordNode body, WordNode? between, WordNode? empty, int[] bookmarks, int[] merges) : WordNode
{
    public override void Render(WordRender to)
    {
        var list = to.Values.List(tag);
        var scope = to.Values.Scope;
        var depth = scope.Depth;
        if (list is null || list.Count == 0)
        {
            empty?.Render(to);
            scope.Release(depth);
            return;
        }

        var loop = scope.PushLoop(list.Count);
        scope.Push(tag.Name!, default);
        if (tag.IndexName is not null)
            scope.Push(tag.IndexName, default);
        var inner = scope.Depth;
        var restart = tag.Restart ? to.BeginRestart() : null;
        for (var i = 0; i < list.Count && to.Values.Turn(tag); i++)
        {
            loop.MoveTo(i);
            scope.Set(depth + 1, list[i]);
            if (tag.IndexName is not null)
                scope.Set(depth + 2, Value.From(i));
            if (tag.SpreadsItem && list[i].Kind == ValueKind.Object)
            {
                foreach (var (name, value) in list[i].AsObject())
                    scope.Push(name, value);
            }

            if (i > 0)
                between?.Render(to);
            foreach (var bookmark in bookmarks)
                to.NextCopy(bookmark);
            foreach (var merge in merges)
                to.EndMerge(merge);
            restart?.NextItem();
            body.Render(to);
            scope.Release(inner);
        }

        to.EndRestart(restart);
        scope.Release(depth);
    }
}

internal sealed class LetNode(Tag tag) : WordNode
{
    public override void Render(WordRender to) => to.Values.Scope.Push(tag.Name!, to.Values.Evaluate(tag));
}

/// <summary>A paragraph that may turn out to be unwanted; what is kept of it then is the end of a section of the document.</summary>
internal sealed class ParagraphNode(WordNode body, bool removable, ReadOnlyMemory<byte> kept) : WordNode
{
    public override void Render(WordRender to)
    {
        var mark = to.Hold();
        var (content, drop) = (to.HasContent, to.DropLine);
        to.HasContent = false;
        to.DropLine = false;
        body.Render(to);
        var isGone = to.DropLine || (removable && !to.HasContent);
        if (isGone)
        {
            to.TakeBack(mark);
            to.Out.Write(kept.Span);
        }

        if (!isGone || kept.Length > 0)
            to.Last = LastBlock.Paragraph;
        to.HasContent = content;
        to.DropLine = drop;
    }
}

internal sealed class RowNode(WordNode body) : WordNode
{
    public override void Render(WordRender to)
    {
        var mark = to.Hold();
        var drop = to.DropRow;
        to.DropRow = false;
        body.Render(to);
        if (to.DropRow)
            to.TakeBack(mark);
        else
            to.Rows++;
        to.DropRow = drop;
    }
}

/// <summary>A table; without rows it goes.</summary>
internal sealed class TableNode(WordNode body) : WordNode
{
    public override void Render(WordRender to)
    {
        var mark = to.Hold();
        var (rows, last) = (to.Rows, to.Last);
        to.Rows = 0;
        body.Render(to);
        if (to.Rows == 0)
        {
            to.TakeBack(mark);
            to.Last = last;
        }
        else
        {
            to.Last = LastBlock.Other;
        }

        to.Rows = rows;
    }
}

/// <summary>A cell, note or box: it must end with a paragraph (or at least hold one).</summary>
internal sealed class HolderNode(WordNode body, ReadOnlyMemory<byte> emptyParagraph) : WordNode
{
    public override void Render(WordRender to)
    {
        var last = to.Last;
        to.Last = LastBlock.None;
        var (content, line) = (to.HasContent, to.DropLine);
        body.Render(to);
        if (to.Last != LastBlock.Paragraph)
            to.Out.Write(emptyParagraph.Span);
        to.Last = last;
        to.HasContent = content;
        to.DropLine = line;
    }
}

internal sealed class BreakNode(Tag tag, bool column) : WordNode
{
    public override void Render(WordRender to)
    {
        if (tag.Expression is not null && !to.Values.IsTrue(tag))
            return;
        to.HasContent = true;
        to.Out.Write(column ? "<w:r><w:br w:type=\"column\"/></w:r>"u8 : "<w:r><w:br w:type=\"page\"/></w:r>"u8);
    }
}
