using System.Text;
using System.Text.RegularExpressions;

namespace ProductionOffice.Templates.Tests;

/// <summary>Changes inside the parts: elements doubled, dropped, nested and moved, attributes swapped, numbers huge, text odd.</summary>
internal static partial class FuzzMarkup
{
    private static readonly string[] Values = ["", "0", "-1", "1", "2147483647", "-2147483648", "2147483648", "99999999999999999999", "1e308", "NaN", "true", "A1", "XFD1048576", "A1:XFD1048576", "ZZZZ99999999", "R1C1", "$A$1", "#REF!", "../../../x", "http://localhost:9/x", "rId1", "rId9999", "{{name}}", "{{", "}}", "&#x41;", "&amp;", " ", "é", "\u202e", "Sheet1!$A$1:$B$2", "'{{name}}'!A1"];
    private static readonly string[] Texts = ["{{", "}}", "{{name}}", "{{/}}", "{{#if name}}", "{{#for x in name}}", "{{#row for x in crew}}", "{{#col for x in crew}}", "{{#sheet for x in crew}}", "{{:else}}", "&#65;", "&#0;", "&#xFFFF;", "&#x1F600;", "&lt;", "&nbsp;", "\u0001", "\ufffe", "]]>", "<![CDATA[{{name}}]]>", "<!-- x -->", "<?x y?>", "<!DOCTYPE x>", "999999999999", "=SUM(A1:A2)", " ", "\t", "\n"];

    public static byte[] Parts(Random random, List<RawEntry> entries)
    {
        for (var change = random.Next(1, 3); change > 0; change--)
        {
            var at = random.Next(entries.Count);
            for (var i = 0; i < 4 && !entries[at].Name.StartsWith("word/", StringComparison.Ordinal) && !entries[at].Name.StartsWith("xl/", StringComparison.Ordinal); i++)
                at = random.Next(entries.Count);
            if (IsXml(entries[at]))
                entries[at] = new RawEntry(entries[at].Name, Encoded(random, Changed(random, entries[at].Text)));
        }

        return RawZip.Write(entries);
    }

    /// <summary>Only what holds the package together: relationships, content types, names of parts.</summary>
    public static byte[] Package(Random random, List<RawEntry> entries)
    {
        for (var change = random.Next(1, 3); change > 0; change--)
        {
            var at = random.Next(entries.Count);
            for (var i = 0; i < 20 && !entries[at].Name.EndsWith(".rels", StringComparison.Ordinal) && entries[at].Name != "[Content_Types].xml"; i++)
                at = random.Next(entries.Count);
            switch (random.Next(4))
            {
                case 0:
                    entries.RemoveAt(random.Next(entries.Count));
                    break;
                case 1:
                    var other = random.Next(entries.Count);
                    entries[other] = entries[other] with { Name = entries[random.Next(entries.Count)].Name + "x" };
                    break;
                default:
                    if (IsXml(entries[at]))
                        entries[at] = new RawEntry(entries[at].Name, Changed(random, entries[at].Text));
                    break;
            }

            if (entries.Count == 0)
                break;
        }

        return RawZip.Write(entries);
    }

    private static bool IsXml(RawEntry entry) => entry.Name.EndsWith(".xml", StringComparison.Ordinal) || entry.Name.EndsWith(".rels", StringComparison.Ordinal);

    private static string Changed(Random random, string text)
    {
        var pieces = Piece().Matches(text).Select(piece => piece.Value).ToList();
        for (var change = random.Next(1, 5); change > 0 && pieces.Count > 2; change--)
        {
            var at = random.Next(1, pieces.Count);
            switch (random.Next(11))
            {
                case 0:
                    pieces.RemoveAt(at);
                    break;
                case 1:
                    pieces.Insert(at, pieces[random.Next(1, pieces.Count)]);
                    break;
                case 2:
                    (pieces[at], var from) = (pieces[random.Next(1, pieces.Count)], pieces[at]);
                    pieces[random.Next(1, pieces.Count)] = from;
                    break;
                case 3:
                    Element(pieces, at, (start, count) => pieces.RemoveRange(start, count));
                    break;
                case 4:
                    Element(pieces, at, (start, count) =>
                    {
                        var copy = pieces.GetRange(start, count);
                        for (var times = random.Next(1, 4); times > 0; times--)
                            pieces.InsertRange(start, copy);
                    });
                    break;
                case 5:
                    Element(pieces, at, (start, count) => Nest(pieces, start, count, random.Next(1, 100)));
                    break;
                case 6:
                    Element(pieces, at, (start, count) =>
                    {
                        var moved = pieces.GetRange(start, count);
                        pieces.RemoveRange(start, count);
                        pieces.InsertRange(random.Next(1, Math.Max(2, pieces.Count)), moved);
                    });
                    break;
                case 7:
                    pieces.Insert(at, Texts[random.Next(Texts.Length)]);
                    break;
                default:
                    pieces[at] = Attribute().Replace(pieces[at], match => random.Next(3) == 0
                        ? $"{match.Groups[1].Value}=\"{Values[random.Next(Values.Length)]}\""
                        : match.Value);
                    break;
            }
        }

        return string.Concat(pieces);
    }

    /// <summary>The element that begins at a piece, with all that is in it.</summary>
    private static void Element(List<string> pieces, int at, Action<int, int> act)
    {
        var depth = 0;
        for (var i = at; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (piece.StartsWith("</", StringComparison.Ordinal))
                depth--;
            else if (piece[0] == '<' && piece[^2] is not ('/' or '?' or '-'))
                depth++;
            if (depth > 0)
                continue;
            if (depth == 0)
                act(at, i - at + 1);
            return;
        }
    }

    private static void Nest(List<string> pieces, int start, int count, int times)
    {
        if (count < 2)
            return;
        var (open, close) = (pieces[start], pieces[start + count - 1]);
        for (var i = 0; i < times; i++)
        {
            pieces.Insert(start + count, close);
            pieces.Insert(start, open);
        }
    }

    private static byte[] Encoded(Random random, string text) => random.Next(40) switch
    {
        0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        1 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        2 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        3 => Encoding.Latin1.GetBytes(text),
        4 => Encoding.UTF32.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };

    [GeneratedRegex("<[^>]*>|[^<]+", RegexOptions.Singleline)]
    private static partial Regex Piece();

    [GeneratedRegex("([\\w:]+)=\"[^\"]*\"")]
    private static partial Regex Attribute();
}
