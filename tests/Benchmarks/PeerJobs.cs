using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ProductionOffice.Benchmarks;

/// <summary>One piece of work that several engines do.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Extension">Of template and document.</param>
/// <param name="Data">The data, JSON.</param>
/// <param name="Templates">From engine to the template in its own language.</param>
/// <param name="Values">Texts that stand in a correct document.</param>
internal sealed record PeerJob(string Name, string Extension, string Data, IReadOnlyDictionary<string, byte[]> Templates, IReadOnlyList<string> Values)
{
    public int Iterations { get; init; } = 30;
}

/// <summary>The five jobs: a deal memo, tables of 500 and 5,000 rows, workbooks of 1,000 and 20,000 rows.</summary>
internal static class PeerJobs
{
    public const string Ours = "ours";

    private static readonly string[] Memo = ["person", "position", "department", "production", "company", "start", "wrap", "rate", "unit", "hours", "kit", "box", "phone", "email", "agent", "union", "travel", "notes"];
    private static readonly string[] Columns = ["name", "position", "department", "rate", "days"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<PeerJob> All =>
    [
        DealMemo() with { Iterations = 40 },
        Table(500) with { Iterations = 20 },
        Table(5000) with { Iterations = 5 },
        Workbook(1000) with { Iterations = 10 },
        Workbook(20_000) with { Iterations = 5 },
    ];

    private static PeerJob DealMemo()
    {
        var values = Memo.ToDictionary(field => field, field => $"The {field} of Kei Ito");
        return new PeerJob("deal memo", ".docx", JsonSerializer.Serialize(values), Word(tag => string.Concat(Memo.Select(field =>
            $"<w:p><w:pPr><w:spacing w:after=\"120\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{field}: </w:t></w:r><w:r><w:t>{tag.Value(field)}</w:t></w:r></w:p>"))), [.. values.Values]);
    }

    private static PeerJob Table(int rows) => new($"{rows} rows", ".docx", Crew(rows, asText: true), Word(tag =>
    {
        var head = Row(Columns);
        string Cells(string loop, string end, string index) => Row([.. Columns.Select((column, i) => (i == 0 ? loop : "") + tag.Item(column, index) + (i == Columns.Length - 1 ? end : ""))]);
        return $"<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>{string.Concat(Columns.Select(_ => "<w:gridCol w:w=\"1800\"/>"))}</w:tblGrid>{head}{Cells(tag.Open, tag.Close, "i")}{(tag.NeedsSecond ? Cells("", "", "i+1") : "")}</w:tbl><w:p/>";
    }), Values(rows));

    private static PeerJob Workbook(int rows) => new($"workbook of {rows} rows", ".xlsx", Crew(rows, asText: false), Tags.Where(tag => tag.Excel).ToDictionary(tag => tag.Engine, tag =>
    {
        var texts = new List<string>();
        var head = SheetRow(texts, 1, Columns);
        string Cells(int number, string loop, string index) => SheetRow(texts, number, [.. Columns.Select((column, i) => (i == 0 ? loop : "") + tag.Item(column, index))]);
        var body = tag.Engine == "exceljs" ? SheetRow(texts, 2, [.. Columns.Select(_ => "")]) : Cells(2, tag.Engine == Ours ? tag.Open : "", "i");
        return Zip(ExcelParts($"{head}{body}{(tag.NeedsSecond ? Cells(3, "", "i+1") : "")}", texts));
    }), Values(rows));

    private static IReadOnlyList<string> Values(int rows) => [.. Enumerable.Range(1, rows).SelectMany(i => new[] { $"Person {i} of the crew", Rate(i) })];

    private static string Rate(int i) => (400.25 + i).ToString(CultureInfo.InvariantCulture);

    private static string Crew(int rows, bool asText) => JsonSerializer.Serialize(new
    {
        crew = Enumerable.Range(1, rows).Select(i => new Dictionary<string, object>
        {
            ["name"] = $"Person {i} of the crew",
            ["position"] = $"Position {i % 7}",
            ["department"] = $"Department {i % 11}",
            ["rate"] = asText ? Rate(i) : 400.25 + i,
            ["days"] = i % 60,
        }),
    });

    private static string Row(string[] cells) => "<w:tr>" + string.Concat(cells.Select(cell => $"<w:tc><w:tcPr><w:tcW w:w=\"1800\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr><w:t>{cell}</w:t></w:r></w:p></w:tc>")) + "</w:tr>";

    private static string SheetRow(List<string> texts, int number, string[] cells)
    {
        var first = texts.Count;
        texts.AddRange(cells);
        return $"<row r=\"{number}\">" + string.Concat(cells.Select((_, i) => $"<c r=\"{(char)('A' + i)}{number}\" s=\"1\" t=\"s\"><v>{first + i}</v></c>")) + "</row>";
    }

    /// <summary>The language of one engine.</summary>
    private sealed record TagStyle(string Engine, Func<string, string> Value, Func<string, string, string> Item, string Open, string Close, bool Word, bool Excel, bool NeedsSecond = false);

    private static readonly TagStyle[] Tags =
    [
        new(Ours, field => $"{{{{{field}}}}}", (field, _) => $"{{{{c.{field}}}}}", "{{#row for c in crew}}", "", true, true),
        new("easy-template-x", field => $"{{{field}}}", (field, _) => $"{{{field}}}", "{#crew}", "{/crew}", true, false),
        new("docxtemplater", field => $"{{{field}}}", (field, _) => $"{{{field}}}", "{#crew}", "{/crew}", true, false),
        new("carbone", field => $"{{d.{field}}}", (field, index) => $"{{d.crew[{index}].{field}}}", "", "", true, true, NeedsSecond: true),
        new("xlsx-template", field => $"${{{field}}}", (field, _) => $"${{table:crew.{field}}}", "", "", false, true),
        new("exceljs", field => field, (field, _) => field, "", "", false, true),
    ];

    private static Dictionary<string, byte[]> Word(Func<TagStyle, string> body) => Tags.Where(tag => tag.Word).ToDictionary(tag => tag.Engine, tag => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
        ("word/document.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body(tag)}<w:sectPr/></w:body></w:document>"),
    ]));

    private static (string, string)[] ExcelParts(string rows, List<string> strings)
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        return
        [
            ("[Content_Types].xml", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>"),
            ("_rels/.rels", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"Crew\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{Office}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"{Office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"{Main}\"><dimension ref=\"A1:E3\"/><sheetData>{rows}</sheetData></worksheet>"),
            ("xl/styles.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf xfId=\"0\"/><xf xfId=\"0\" numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellXfs></styleSheet>"),
            ("xl/sharedStrings.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><sst xmlns=\"{Main}\" count=\"{strings.Count}\" uniqueCount=\"{strings.Count}\">{string.Concat(strings.Select(text => $"<si><t>{text}</t></si>"))}</sst>"),
        ];
    }

    private static byte[] Zip((string Name, string Text)[] parts)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(folder.FullName, "ProductionOffice.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No ProductionOffice.sln above {here}.");
        return folder.FullName;
    }
}
