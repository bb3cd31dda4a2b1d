using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

/// <summary>The coordinator's manual as its tests read it: fenced examples, and tables by their heads; data are those of the last JSON block before.</summary>
internal sealed class ManualPage
{
    public static readonly string Folder = Path.Combine(Tools.Root, "templates");

    private ManualPage()
    {
    }

    /// <summary>Examples in the page: a <c>template</c> or <c>sheet</c> block and its <c>result</c>, or a result with the name of a file.</summary>
    public List<(string Source, string? File, string Data, string Result, int Line)> Examples { get; } = [];

    /// <summary>Rows of tables with their head.</summary>
    public List<(string Head, string[] Cells, string Data, int Line)> Rows { get; } = [];

    /// <summary>Pictures the page shows.</summary>
    public List<string> Pictures { get; } = [];

    public static ManualPage Read()
    {
        var page = new ManualPage();
        var lines = File.ReadAllLines(Path.Combine(Folder, "README.md"));
        var (data, source, head) = ("{}", "", "");
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                var info = lines[i][3..].Split(' ', 2);
                var start = i + 1;
                while (lines[++i] != "```")
                {
                }

                var block = string.Join('\n', lines[start..i]);
                if (info[0] == "json")
                    data = block;
                else if (info[0] is "template" or "sheet")
                    source = info[0] + "\n" + block;
                else if (info[0] == "result")
                    page.Examples.Add(info.Length > 1 ? ("", info[1], File.ReadAllText(Path.Combine(Folder, "manual", Path.ChangeExtension(info[1], ".data.json"))), block, start) : (source, null, data, block, start));
            }
            else if (lines[i].StartsWith('|'))
            {
                if (head.Length == 0)
                    (head, i) = (string.Join(" | ", Cells(lines[i])), i + 1);
                else
                    page.Rows.Add((head, Cells(lines[i]), data, i + 1));
                page.Pictures.AddRange(Cells(lines[i]).Where(cell => cell.StartsWith("![", StringComparison.Ordinal)).Select(cell => cell[(cell.IndexOf('(', StringComparison.Ordinal) + 1)..^1]));
            }
            else
            {
                head = "";
            }
        }

        return page;
    }

    /// <summary>What stands between the marks of code, or the whole.</summary>
    public static string Code(string cell) => cell is ['`', .., '`'] ? cell[1..^1] : cell;

    /// <summary>Cells of a table row; <c>\|</c> is a bar.</summary>
    public static string[] Cells(string line) =>
        [.. line.Replace("\\|", "\u0001", StringComparison.Ordinal).Trim().Trim('|').Split('|').Select(cell => cell.Trim().Replace('\u0001', '|'))];
}
