using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Word;

/// <summary>Another template of the library in the place of a tag.</summary>
internal static class IncludeWriter
{
    public static void Block(WordRender to, Tag tag) => _ = (to, tag);

    public static void Inline(WordRender to, Tag tag, TextShape shape) => _ = (to, tag, shape);
}
