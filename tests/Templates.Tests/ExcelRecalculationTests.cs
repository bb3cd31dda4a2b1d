using System.Diagnostics;
using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

/// <summary>Finished workbooks in a real spreadsheet program: they open, and what it calculates is right.</summary>
public sealed class ExcelRecalculationTests
{
    /// <summary>Every sheet as text, one field a cell, with values instead of formats.</summary>
    private const string AllSheets = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,false,false,false,-1";

    [SofficeFact]
    public async Task LibreOffice_calculates_what_the_data_add_up_to()
    {
        var folder = Directory.CreateTempSubdirectory("recalculated").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "groups.xlsx"), Fill(Xlsx.OfSheets(
        [
            ("Data", [("A1", "Head"), ("A2", "{{#for g in gs}}{{g.n}}"), ("A3", "{{#row for i in g.items}}{{i}}"), ("B3", "=A3*2"), ("C3", "=SUM(A$3:A3)"), ("A4", "=SUM(A3)"), ("B4", "=SUMPRODUCT((A3>1)*B3)"), ("C4", "{{/for}}"), ("A6", "=SUM(A2:A4)/2"), ("B6", "=COUNTIF(A3,\">1\")")]),
            ("Sum", [("A1", "=Data!A6"), ("A2", "=SUM(Data!A2:A4)/2"), ("A3", "=Total*2"), ("A4", "=Last!A1+'My days'!A2")]),
            ("My days", [("A1", "1"), ("B1", "{{#row for d in days}}{{d}}"), ("A2", "=COUNTA(B1)")]),
            ("Last", [("A1", "=COUNTA('My days'!B1:B1)")]),
        ], "<definedNames><definedName name=\"Total\">Data!$A$6</definedName></definedNames>"), """{"gs":[{"n":"x","items":[1,2]},{"n":"y","items":[]},{"n":"z","items":[3,4,5]}],"days":["a","b"]}"""));
        await File.WriteAllBytesAsync(Path.Combine(folder, "grid.xlsx"), Fill(Xlsx.Of(
            ("A1", "Name"), ("B1", "{{#col for d in days}}{{d}}"), ("C1", "Sum"), ("A2", "{{#row for r in rows}}{{r.n}}"), ("B2", "{{r.h[loop.index]}}"), ("C2", "=SUM(B2)"), ("D2", "=C2/SUM($C$2:$C$2)"), ("A3", "Total"), ("B3", "=SUM(B2)"), ("C3", "=SUM(C2)"), ("D3", "=SUM(B2*C2)"), ("A4", "{{date | date}}"), ("B4", "=A4+1"), ("C4", "{{formula}}")),
            """{"days":["M","T"],"rows":[{"n":"Kei","h":[1,2]},{"n":"Ana","h":[3,4]}],"date":"2026-03-14","formula":"=1+1"}"""));
        await File.WriteAllBytesAsync(Path.Combine(folder, "days.xlsx"), Fill(Xlsx.OfSheets(
            [("{{d.n}}", [("A1", "{{#sheet for d in ds}}{{d.n}}"), ("A2", "{{#row for x in d.xs}}{{x}}"), ("A3", "=SUM(A2)"), ("A4", "='{{d.n}}'!A3*10")]), ("All", [("A1", "='{{d.n}}'!A4")])]), """{"ds":[{"n":"4/6","xs":[1,2]},{"n":"R1","xs":[5]}]}"""));

        await Convert(folder, AllSheets, "groups.xlsx", "grid.xlsx", "days.xlsx");

        var data = Rows(folder, "groups-Data.csv");
        data[2].Take(3).ShouldBe(["1", "2", "1"]);
        data[3].Take(3).ShouldBe(["2", "4", "3"]);
        data[4].Take(2).ShouldBe(["3", "4"]);
        data[7][0].ShouldBe("0");
        data[12].Take(2).ShouldBe(["12", "24"]);
        data[14].Take(2).ShouldBe(["15", "5"]);
        Rows(folder, "groups-Sum.csv").Select(row => row[0]).ShouldBe(["15", "15", "30", "4"]);
        var grid = Rows(folder, "grid-Sheet.csv");
        grid.Take(4).Select(row => string.Join(' ', row)).ShouldBe(["Name M T Sum ", "Kei 1 2 3 0.3", "Ana 3 4 7 0.7", "Total 4 6 10 58"]);
        grid[4][3].ShouldBe("=1+1");
        Rows(folder, "days-4-6.csv").Select(row => row[0]).ShouldBe(["4/6", "1", "2", "3", "30"]);
        Rows(folder, "days-R1.csv").Select(row => row[0]).ShouldBe(["R1", "5", "5", "50"]);
        Rows(folder, "days-All.csv")[0][0].ShouldBe("30");
    }

    private static byte[] Fill(byte[] template, string data)
    {
        var result = new RenderJob { Name = "sheet.xlsx", Template = template, Data = System.Text.Encoding.UTF8.GetBytes(data) }.Run();
        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        return result.Document!;
    }

    private static List<string[]> Rows(string folder, string file) => [.. File.ReadAllLines(Path.Combine(folder, file)).Select(line => line.Split('\t').Select(field => field.Trim('"')).ToArray())];

    private static async Task Convert(string folder, string format, params string[] files)
    {
        var profile = Directory.CreateTempSubdirectory("profile").FullName;
        using var soffice = Process.Start(new ProcessStartInfo("soffice", [$"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", format, "--outdir", folder, .. files.Select(file => Path.Combine(folder, file))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await soffice.WaitForExitAsync();
        soffice.ExitCode.ShouldBe(0);
    }
}
