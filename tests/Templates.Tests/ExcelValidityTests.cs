using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

/// <summary>What Excel would call damaged: a finished workbook has no error of its format that its template has not.</summary>
public sealed class ExcelValidityTests
{
    public static TheoryData<string> Names() => [.. Directory.GetDirectories(Cases.Folder).Select(Path.GetFileName).Where(name => name!.Contains("-x-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Cases_are_as_valid_as_their_templates(string name)
    {
        var job = Cases.Read(name).Job;
        if (job.Run() is { IsOk: true } result)
            NewErrors(job.Template.ToArray(), result.Document!).ShouldBeEmpty();
    }

    /// <summary>A workbook of another program with a table, formats, notes, links, pictures, a print area, and a sheet for each day.</summary>
    [Fact]
    public void A_workbook_with_everything_on_it_is_as_valid_as_its_template_and_always_the_same()
    {
        var folder = Path.Combine(Tools.Root, "tests", "Templates.Tests", "Workbooks");
        var job = new RenderJob { Name = "crew.xlsx", Template = File.ReadAllBytes(Path.Combine(folder, "crew.xlsx")), Data = File.ReadAllBytes(Path.Combine(folder, "crew.json")) };

        var result = job.Run();

        result.IsOk.ShouldBeTrue(RenderJob.ToJson(result));
        result.Warnings.ShouldBeEmpty();
        job.Run().Document.ShouldBe(result.Document);
        var workbook = new ReadPackage(result.Document!);
        Invariants.Hold(workbook);
        NewErrors(job.Template.ToArray(), result.Document!).ShouldBeEmpty();
        var parts = workbook.Sheets().ToDictionary(sheet => sheet.Name, sheet => sheet.Part);
        parts.Keys.ShouldBe(["Lists", "Crew", "Table", "Day 1", "Day 2"]);
        Xlsx.Show(workbook, "E6", parts["Crew"]).ShouldBe("=SUM(E3:E5)");
        Xlsx.Show(workbook, "B3", parts["Day 2"]).ShouldBe("=SUM(B2:B2)");
        Xlsx.Show(workbook, "C4", parts["Day 1"]).ShouldBe("='Day 1'!B4+Lists!$A$1");
        Xlsx.Show(workbook, "C3", parts["Table"]).ShouldBe("=Kit[[#This Row],[Qty]]*2");
        workbook.Markup(parts["Crew"]).ShouldContain("location=\"Crew!E6\"");
        workbook.Markup("xl/tables/table1.xml").ShouldContain("ref=\"A1:C4\"");
        workbook.Markup("xl/workbook.xml").ShouldContain("Crew!$A1:$G8");
    }

    private static List<string> NewErrors(byte[] template, byte[] output) => [.. Errors(output).Except(Errors(template))];

    /// <summary>Without the places, which move.</summary>
    private static HashSet<string> Errors(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(error => $"{error.Part?.GetType().Name} {error.Node?.LocalName}: {error.Description}")];
    }
}
