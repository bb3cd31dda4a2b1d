using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;

namespace ProductionOffice.Templates.Word;

/// <summary>The address of a hyperlink that holds tags.</summary>
internal sealed class AddressTemplate(string text, List<Tag> tags)
{
    private readonly bool _isWhole = tags is [{ Kind: TagKind.Value } only] && only.Start == 0 && only.End == text.Length;

    public IReadOnlyList<Tag> Tags => tags;

    public static bool MayHoldTags(string address) => address.Contains("{{", StringComparison.Ordinal) || address.Contains("%7B", StringComparison.OrdinalIgnoreCase);

    public static AddressTemplate? Read(string target, TagParser parser, TagPlace place, ProblemList? problems = null)
    {
        var text = target.Replace("%7B", "{", StringComparison.OrdinalIgnoreCase).Replace("%7D", "}", StringComparison.OrdinalIgnoreCase);
        if (!text.Contains("{{", StringComparison.Ordinal))
            return null;
        var spans = TagReader.Find(text);
        if (spans.Count == 0)
            return null;
        var decoded = Decode(text, spans);
        var tags = parser.Parse(decoded, TagReader.Find(decoded), place with { Text = decoded, Words = place.Words + ", link address" });
        if (problems is not null)
            SectionPairing.Pair(tags, problems);
        return new AddressTemplate(decoded, tags);
    }

    /// <summary>An address with the signs no address may hold percent-encoded.</summary>
    public static string Escaped(string address)
    {
        var escaped = new System.Text.StringBuilder(address.Length);
        foreach (var c in address)
        {
            if (c <= ' ' || c is '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '\u007F')
                escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    private string Fill(Evaluator values)
    {
        if (_isWhole)
            return values.Text(values.Evaluate(tags[0]), tags[0]).Trim();
        var isFirst = tags[0].Start == 0;
        var isMail = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        return InlineText.Fill(text, tags, values, part =>
        {
            var asItIs = isFirst && new LinkContent(part, "").IsSafe;
            isFirst = false;
            var encoded = asItIs ? part : Uri.EscapeDataString(part);
            return isMail ? encoded.Replace("%40", "@", StringComparison.Ordinal) : encoded;
        });
    }

    /// <summary>The address; <c>#</c> with a warning when it is not safe to click.</summary>
    public string FillSafely(Evaluator values)
    {
        var target = Fill(values);
        if (target.Length == 0)
            return "#";
        if (new LinkContent(target, "").IsSafe || !target.Contains(':', StringComparison.Ordinal))
            return Escaped(target);
        values.Problems.Add(tags[0].Place.Problem("W006", tags[0].Source, $"“{target}” is no address that is safe to click (http, https, mailto, tel); the link leads nowhere.", ProblemSeverity.Warning));
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

/// <summary>The address within the instruction of a field.</summary>
internal sealed class InstructionNode(AddressTemplate address) : WordNode
{
    public override void Render(WordRender to) => to.Out.WriteText(address.FillSafely(to.Values));
}
