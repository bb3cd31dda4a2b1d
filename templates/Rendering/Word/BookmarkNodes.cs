using System.Globalization;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>The start of a bookmark in a loop; none is written while the one of an earlier copy is still open.</summary>
internal sealed class BookmarkStartNode(WordNode start, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        if (to.OpenBookmark(slot))
            start.Render(to);
    }
}

/// <summary>The end of a bookmark that began in a loop: of the copy that is open, or none.</summary>
internal sealed class BookmarkEndNode(byte[] tag, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        if (to.CloseBookmark(slot) is not { } id)
            return;
        if (id < 0)
            to.Out.Write(tag);
        else
            to.Out.Write(XmlText.WithAttribute(tag, "w:id"u8, id.ToString(CultureInfo.InvariantCulture)));
    }
}

/// <summary>Markup that only the first copy carries.</summary>
internal sealed class FirstCopyNode(byte[] markup, int slot) : WordNode
{
    public override void Render(WordRender to)
    {
        if (to.IsFirst(slot))
            to.Out.Write(markup);
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

internal sealed class BookmarkNameNode(string name, int slot, int[] taken) : WordNode
{
    /// <summary>Word takes no longer names.</summary>
    private const int Longest = 40;

    public override void Render(WordRender to)
    {
        var (copy, _) = to.Bookmark(slot);
        if (copy <= 1)
        {
            to.Out.WriteText(name);
            return;
        }

        foreach (var number in taken)
        {
            if (number <= copy)
                copy++;
        }

        var suffix = string.Create(CultureInfo.InvariantCulture, $"_{copy}");
        to.Out.WriteText(name.AsSpan(0, Math.Min(name.Length, Longest - suffix.Length)));
        to.Out.WriteText(suffix);
    }
}
