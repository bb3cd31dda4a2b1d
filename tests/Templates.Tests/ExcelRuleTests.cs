using System.Text;

namespace ProductionOffice.Templates.Tests;

/// <summary>Rules of section 3 of the language that the conformance cases do not show.</summary>
public sealed class ExcelRuleTests
{
    [Fact]
    public void Subtotals_of_a_group_cover_the_rows_of_their_own_group()
    {
        var template = Xlsx.Of(("A1", "{{#for g in groups}}{{g.name}}"), ("A2", "{{#row for p in g.items}}{{p}}"), ("A3", "=SUM(A2:A2)"), ("B3", "{{/for}}"), ("A4", "=SUM(A1:A3)"));

        var sheet = Xlsx.Render(template, """{"groups":[{"name":"x","items":[1,2]},{"name":"y","items":[3,4,5]}]}""");

        Xlsx.Show(sheet, "A4").ShouldBe("=SUM(A2:A3)");
        Xlsx.Show(sheet, "A9").ShouldBe("=SUM(A6:A8)");
        Xlsx.Show(sheet, "A10").ShouldBe("=SUM(A1:A9)");
    }

    [Fact]
    public void A_running_total_refers_to_the_row_above_and_a_fixed_reference_stays()
    {
        var template = Xlsx.Of(("A1", "Start"), ("A2", "{{#row for x in xs}}{{x}}"), ("B2", "=B1+A2"), ("C2", "=A2/$A$4"), ("D2", "=SUM(A$2:A2)"), ("A4", "=SUM(A2)"));

        var sheet = Xlsx.Render(template, """{"xs":[1,2,3]}""");

        Xlsx.Show(sheet, "B4").ShouldBe("=B3+A4");
        Xlsx.Show(sheet, "C4").ShouldBe("=A4/$A$6");
        Xlsx.Show(sheet, "D4").ShouldBe("=SUM(A$2:A4)");
        Xlsx.Show(sheet, "A6").ShouldBe("=SUM(A2:A4)");
    }

    [Fact]
    public void Removed_rows_close_ranges_up_and_lose_single_references()
    {
        var template = Xlsx.Of(("A1", "1"), ("A2", "{{#row if no}}x"), ("A3", "3"), ("A4", "=SUM(A1:A3)"), ("B4", "=A2"), ("C4", "=SUM(A2:A3)"), ("D4", "=A3"));

        var sheet = Xlsx.Render(template, """{"no":false}""");

        Xlsx.Show(sheet, "A3").ShouldBe("=SUM(A1:A2)");
        Xlsx.Show(sheet, "B3").ShouldBe("=#REF!");
        Xlsx.Show(sheet, "C3").ShouldBe("=SUM(A2:A2)");
        Xlsx.Show(sheet, "D3").ShouldBe("=A2");
    }

    [Fact]
    public void Other_sheets_and_names_follow_rows_that_grew()
    {
        var template = Xlsx.OfSheets(
            [("Data", [("A1", "{{#row for x in xs}}{{x}}"), ("A2", "End")]), ("Sum up", [("A1", "=SUM(Data!A1:A1)"), ("A2", "=Data!A2&\"Data!A2\""), ("A3", "=LOG10(100)+Total")])],
            "<definedNames><definedName name=\"Total\">Data!$A$1:$A$1</definedName></definedNames>");

        var workbook = Xlsx.Render(template, """{"xs":[1,2,3]}""");

        Xlsx.Show(workbook, "A1", "xl/worksheets/sheet2.xml").ShouldBe("=SUM(Data!A1:A3)");
        Xlsx.Show(workbook, "A2", "xl/worksheets/sheet2.xml").ShouldBe("=Data!A4&\"Data!A2\"");
        Xlsx.Show(workbook, "A3", "xl/worksheets/sheet2.xml").ShouldBe("=LOG10(100)+Total");
        workbook.Xml("xl/workbook.xml").InnerText.ShouldBe("Data!$A$1:$A$3");
    }

    [Fact]
    public void A_sheet_that_is_not_wanted_goes()
    {
        var template = Xlsx.OfSheets([("One", [("A1", "{{#sheet if no}}x")]), ("Two", [("A1", "y"), ("A2", "=One!A1")])]);

        var workbook = Xlsx.Render(template, """{"no":false}""");

        workbook.Sheets().Select(sheet => sheet.Name).ShouldBe(["Two"]);
        Xlsx.Show(workbook, "A2", "xl/worksheets/sheet2.xml").ShouldBe("=#REF!");
    }

    [Fact]
    public void Columns_come_and_go_and_formulas_beside_them_follow()
    {
        var template = Xlsx.Of(("A1", "{{#col if no}}x"), ("B1", "{{#col for d in days}}{{d}}"), ("C1", "=SUM(B1)"), ("D1", "=B1+C1"), ("B2", "=B1*2"));

        var sheet = Xlsx.Render(template, """{"no":false,"days":[1,2]}""");

        Xlsx.Show(sheet, "A1").ShouldBe("1");
        Xlsx.Show(sheet, "C1").ShouldBe("=SUM(A1:B1)");
        Xlsx.Show(sheet, "D1").ShouldBe("=A1+C1");
        Xlsx.Show(sheet, "B2").ShouldBe("=B1*2");
    }

    [Fact]
    public void A_sheet_longer_than_Excel_allows_is_told_before_it_is_written()
    {
        var template = Xlsx.Of(("A1", "{{#row for x in xs}}{{x}}"));
        var data = Encoding.UTF8.GetBytes("{\"xs\":[" + string.Concat(Enumerable.Repeat("1,", 1_048_576)) + "1]}");

        var result = new RenderJob { Name = "sheet.xlsx", Template = template, Data = data }.Run();

        result.Errors.ShouldHaveSingleItem().Code.ShouldBe("T012");
    }
}
