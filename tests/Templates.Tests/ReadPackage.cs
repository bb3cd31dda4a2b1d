using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ProductionOffice.Templates.Tests;

/// <summary>Reads a finished document as the conformance README says texts and cells are compared.</summary>
internal sealed class ReadPackage
{
    public const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    public const string S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private readonly Dictionary<string, byte[]> _parts = [];

    public ReadPackage(byte[] document)
    {
        using var zip = new ZipArchive(new MemoryStream(document));
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            _parts[entry.FullName] = bytes.ToArray();
        }
    }

    public IEnumerable<string> Names => _parts.Keys;

    public byte[] Bytes(string part) => _parts[part];

    /// <summary>A part as text.</summary>
    public string Markup(string part) => System.Text.Encoding.UTF8.GetString(_parts[part]);

    public XmlDocument Xml(string part)
    {
        var xml = new XmlDocument { PreserveWhitespace = true };
        xml.Load(new MemoryStream(_parts[part]));
        return xml;
    }

    public static XmlNamespaceManager Prefixes(XmlDocument xml)
    {
        var names = new XmlNamespaceManager(xml.NameTable);
        names.AddNamespace("w", W);
        names.AddNamespace("x", S);
        names.AddNamespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
        names.AddNamespace("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing");
        names.AddNamespace("a", "http://schemas.openxmlformats.org/drawingml/2006/main");
        names.AddNamespace("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture");
        names.AddNamespace("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006");
        names.AddNamespace("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape");
        names.AddNamespace("v", "urn:schemas-microsoft-com:vml");
        names.AddNamespace("w14", "http://schemas.microsoft.com/office/word/2010/wordml");
        names.AddNamespace("w15", "http://schemas.microsoft.com/office/word/2012/wordml");
        return names;
    }

    public object? XPath(string part, string expression)
    {
        if (part == "package")
        {
            var glob = Regex.Match(expression, @"^count\(parts matching (.+)\)$").Groups[1].Value;
            var pattern = "^" + Regex.Escape(glob).Replace("\\*", "[^/]*", StringComparison.Ordinal) + "$";
            return (double)Names.Count(name => Regex.IsMatch(name, pattern));
        }

        var xml = Xml(part);
        return xml.CreateNavigator()!.Evaluate(expression, Prefixes(xml));
    }

    /// <summary>Blocks of a body, header, footer, cell: texts, and lists of rows for tables.</summary>
    public static List<object> Blocks(XmlNode container)
    {
        var blocks = new List<object>();
        foreach (XmlNode child in container.ChildNodes)
        {
            switch (child.LocalName)
            {
                case "p":
                    blocks.Add(Text(child));
                    break;
                case "tbl":
                    blocks.Add(Rows(child));
                    break;
                case "sdt":
                    blocks.AddRange(Blocks(child["sdtContent", W]!));
                    break;
                default:
                    break;
            }
        }

        return blocks;
    }

    public static string Text(XmlNode paragraph)
    {
        var text = new StringBuilder();
        Append(paragraph, text);
        return text.ToString();
    }

    private static List<List<object>> Rows(XmlNode table)
    {
        var rows = new List<List<object>>();
        foreach (var row in table.ChildNodes.Cast<XmlNode>().Where(node => node.LocalName == "tr"))
        {
            rows.Add([.. row.ChildNodes.Cast<XmlNode>().Where(node => node.LocalName == "tc").Select(cell =>
            {
                var blocks = Blocks(cell);
                return blocks is [string only] ? (object)only : blocks;
            })]);
        }

        return rows;
    }

    private static void Append(XmlNode node, StringBuilder text)
    {
        foreach (XmlNode child in node.ChildNodes)
        {
            switch (child.LocalName)
            {
                case "del" or "moveFrom" or "txbxContent" or "pPr" or "rPr" or "instrText" or "delText":
                    break;
                case "t" when child.NamespaceURI == W:
                    text.Append(child.InnerText);
                    break;
                case "tab":
                    text.Append('\t');
                    break;
                case "br":
                    text.Append(child.Attributes!["type", W]?.Value == "page" ? '\f' : '\n');
                    break;
                default:
                    Append(child, text);
                    break;
            }
        }
    }

    /// <summary>From sheet name to its part, in the order of the workbook.</summary>
    public List<(string Name, string Part)> Sheets()
    {
        var workbook = Xml("xl/workbook.xml");
        var relations = Xml("xl/_rels/workbook.xml.rels").DocumentElement!.ChildNodes.Cast<XmlNode>().Where(node => node.Attributes is not null)
            .ToDictionary(node => node.Attributes!["Id"]!.Value, node => node.Attributes!["Target"]!.Value);
        return [.. workbook.SelectNodes("//x:sheet", Prefixes(workbook))!.Cast<XmlNode>().Select(sheet =>
        {
            var target = relations[sheet.Attributes!["id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"]!.Value];
            return (sheet.Attributes!["name"]!.Value, target.StartsWith('/') ? target[1..] : "xl/" + target);
        })];
    }

    /// <summary>Value of a cell: text, number, truth, or null; and its formula.</summary>
    public (object? Value, string? Formula) Cell(string part, string address)
    {
        var sheet = Xml(part);
        var cell = sheet.SelectSingleNode($"//x:c[@r='{address}']", Prefixes(sheet));
        if (cell is null)
            return (null, null);
        var formula = cell["f", S]?.InnerText;
        var value = cell["v", S]?.InnerText;
        object? read = cell.Attributes!["t"]?.Value switch
        {
            "s" => value is null ? null : Shared(int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
            "inlineStr" => string.Concat(cell.SelectNodes(".//x:t", Prefixes(sheet))!.Cast<XmlNode>().Select(node => node.InnerText)),
            "b" => value == "1",
            "str" => value,
            _ => string.IsNullOrEmpty(value) ? null : double.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
        };
        return (read is "" ? null : read, formula);
    }

    private string Shared(int index)
    {
        var strings = Xml("xl/sharedStrings.xml");
        var item = strings.SelectNodes("//x:si", Prefixes(strings))![index]!;
        return string.Concat(item.SelectNodes(".//x:t[not(ancestor::x:rPh)]", Prefixes(strings))!.Cast<XmlNode>().Select(node => node.InnerText));
    }
}
