using System.Text;

namespace ProductionOffice.Templates.Tests;

/// <summary>Builds small workbooks in memory: cells by address; a text that begins with = is a formula.</summary>
internal static class Xlsx
{
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Of(params (string Address, string Text)[] cells) => OfSheets([("Sheet", cells)]);

    public static byte[] OfSheets((string Name, (string Address, string Text)[] Cells)[] sheets, string names = "")
    {
        List<(string, string)> parts =
        [
            ("[Content_Types].xml", $"<Types xmlns=\"{Types}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"),
            ("_rels/.rels", $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns=\"{ReadPackage.S}\" xmlns:r=\"{Office}\"><sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{Docx.Escape(sheet.Name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))}</sheets>{names}</workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Relations}\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}</Relationships>"),
        ];
        for (var i = 0; i < sheets.Length; i++)
            parts.Add(($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns=\"{ReadPackage.S}\"><sheetData>{Rows(sheets[i].Cells)}</sheetData></worksheet>"));
        return Docx.Zip([.. parts]);
    }

    public static ReadPackage Render(byte[] template, string data)
    {
        var result = new RenderJob { Name = "sheet.xlsx", Template = template, Data = Encoding.UTF8.GetBytes(data) }.Run();
        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        var document = new ReadPackage(result.Document!);
        Invariants.Hold(document);
        return document;
    }

    /// <summary>Text of a cell: its formula with =, else its value.</summary>
    public static string Show(ReadPackage document, string address, string part = "xl/worksheets/sheet1.xml")
    {
        var (value, formula) = document.Cell(part, address);
        return formula is null ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "" : "=" + formula;
    }

    private static string Rows((string Address, string Text)[] cells) => string.Concat(cells.GroupBy(cell => int.Parse(cell.Address.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).OrderBy(row => row.Key)
        .Select(row => $"<row r=\"{row.Key}\">{string.Concat(row.Select(Cell))}</row>"));

    private static string Cell((string Address, string Text) cell) => cell.Text.StartsWith('=')
        ? $"<c r=\"{cell.Address}\"><f>{Docx.Escape(cell.Text[1..])}</f><v>0</v></c>"
        : $"<c r=\"{cell.Address}\" t=\"inlineStr\"><is><t>{Docx.Escape(cell.Text)}</t></is></c>";
}
