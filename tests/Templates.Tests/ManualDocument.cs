using System.Text;

namespace ProductionOffice.Templates.Tests;

/// <summary>Documents of the manual as text and back: a line for each paragraph, table rows between bars.</summary>
internal static class ManualDocument
{
    private const string NewPage = "⏎ new page";

    /// <summary>A Word template of lines.</summary>
    public static byte[] Word(string text)
    {
        var body = new StringBuilder();
        var rows = new List<string[]>();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.StartsWith('|'))
            {
                rows.Add(BarCells(line));
                continue;
            }

            if (rows.Count > 0)
                body.Append(WordTables.Table([.. rows.Select(row => WordTables.Row(row))])).Append("<w:p/>");
            rows.Clear();
            if (line.Length > 0)
                body.Append("<w:p><w:r><w:t xml:space=\"preserve\">").Append(Docx.Escape(line)).Append("</w:t></w:r></w:p>");
        }

        return Docx.OfBody(body.ToString());
    }

    /// <summary>A workbook whose cells begin at A1.</summary>
    public static byte[] Excel(string text) => Xlsx.Of([.. text.Split('\n').SelectMany((line, row) => BarCells(line).Select((cell, column) => ($"{(char)('A' + column)}{row + 1}", cell))).Where(cell => cell.Item2.Length > 0)]);

    public static string Show(byte[] document, bool isExcel) => isExcel ? ShowExcel(new ReadPackage(document)) : ShowWord(new ReadPackage(document));

    public static string ShowWord(ReadPackage document)
    {
        var lines = new List<string>();
        foreach (var block in ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!))
        {
            if (block is List<List<object>> rows)
                lines.AddRange(rows.Select(row => "| " + string.Join(" | ", row) + " |"));
            else
                lines.AddRange(block.ToString()!.Replace("\f", NewPage, StringComparison.Ordinal).Split('\n'));
        }

        return string.Join('\n', lines).TrimEnd('\n');
    }

    private static string ShowExcel(ReadPackage document)
    {
        var lines = new List<string>();
        var sheets = document.Sheets();
        foreach (var (name, part) in sheets)
        {
            if (name != "Sheet")
                lines.Add(name);
            var sheet = document.Xml(part);
            var addresses = sheet.SelectNodes("//x:c/@r", ReadPackage.Prefixes(sheet))!.Cast<System.Xml.XmlNode>().Select(node => node.Value!).ToList();
            var (columns, last) = (addresses.Max(address => address[0]), addresses.Max(address => int.Parse(address.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)));
            for (var row = 1; row <= last; row++)
                lines.Add("|" + string.Concat(Enumerable.Range('A', columns - 'A' + 1).Select(column => Xlsx.Show(document, $"{(char)column}{row}", part)).Select(text => text.Length == 0 ? " |" : $" {text} |")));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Bars part cells when a space stands on both sides and no tag is open.</summary>
    private static string[] BarCells(string line)
    {
        var cells = new List<string>();
        var (depth, start) = (0, 1);
        for (var i = 1; i < line.Length; i++)
        {
            if (line.AsSpan(i).StartsWith("{{"))
                depth++;
            else if (line.AsSpan(i).StartsWith("}}"))
                depth--;
            else if (line[i] == '|' && depth == 0)
            {
                cells.Add(line[start..i].Trim());
                start = i + 1;
            }
        }

        return [.. cells];
    }
}
