using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Run and paragraph properties stand in a fixed order, each once; this adds some to those that are there.</summary>
internal static class PropertyOrder
{
    private static readonly string[] OfRun =
    [
        "w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:smallCaps", "w:strike", "w:dstrike", "w:outline", "w:shadow", "w:emboss", "w:imprint", "w:noProof", "w:snapToGrid",
        "w:vanish", "w:webHidden", "w:color", "w:spacing", "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign",
        "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath",
    ];

    private static readonly string[] OfParagraph =
    [
        "w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens",
        "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
        "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
    ];

    /// <summary>The inside of run properties with others added; what is added wins.</summary>
    public static byte[] Run(byte[] inner, params string[] added) => With(inner, OfRun, added);

    /// <summary>The inside of paragraph properties with others added; what is added wins.</summary>
    public static byte[] Paragraph(byte[] inner, params string[] added) => With(inner, OfParagraph, added);

    private static byte[] With(byte[] inner, string[] order, string[] added)
    {
        var parts = new List<(int Rank, byte[] Xml)>();
        var names = added.Select(NameOf).ToHashSet();
        var tree = XmlScan.Read([.. "<p>"u8, .. inner, .. "</p>"u8], "properties");
        foreach (var child in tree.Children(tree.Root))
        {
            var name = NameOf(System.Text.Encoding.UTF8.GetString(tree.StartTag(child)));
            if (!names.Contains(name))
                parts.Add((Rank(order, name), tree.Span(child).ToArray()));
        }

        parts.AddRange(added.Select(xml => (Rank(order, NameOf(xml)), System.Text.Encoding.UTF8.GetBytes(xml))));
        return [.. parts.OrderBy(part => part.Rank).SelectMany(part => part.Xml)];
    }

    private static int Rank(string[] order, string name) => Array.IndexOf(order, name) is var rank and >= 0 ? rank : order.Length;

    private static string NameOf(string xml) => xml[1..xml.IndexOfAny([' ', '/', '>'])];
}
