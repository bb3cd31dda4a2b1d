using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ProductionOffice.Templates.Tests;

/// <summary>Whatever the data, the formulas of the finished workbook give what the data add up to.</summary>
public sealed class ExcelModelTests
{
    private static readonly Gen<int[]> Numbers = Gen.Choose(0, 99).ArrayOf().Select(numbers => numbers.Take(5).ToArray());

    [Fact]
    public void Groups_of_any_size_add_up() => Prop.ForAll(
        (from groups in Numbers.ArrayOf() from lead in Gen.Choose(0, 3) from gap in Gen.Choose(0, 2) select (Groups: groups.Take(4).ToArray(), lead, gap)).ToArbitrary(),
        sample => Check(sample.Groups, sample.lead, sample.gap)).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_and_columns_of_any_number_add_up() => Prop.ForAll(
        (from days in Gen.Choose(0, 4) from rows in Numbers.ArrayOf() select (days, Rows: rows.Take(4).Select(row => Enumerable.Range(0, days).Select(i => row.ElementAtOrDefault(i)).ToArray()).ToArray())).ToArbitrary(),
        sample => CheckGrid(sample.days, sample.Rows)).QuickCheckThrowOnFailure();

    private static void Check(int[][] groups, int lead, int gap)
    {
        var (head, item, sum, total) = (lead + 1, lead + 2, lead + 3, lead + 4 + gap);
        var cells = Enumerable.Range(1, lead).Select(row => ($"A{row}", "Head")).Concat(
        [
            ($"A{head}", "{{#for g in gs}}Group"), ($"D{head}", $"=SUM(A{item})"),
            ($"A{item}", "{{#row for i in g}}{{i}}"), ($"B{item}", $"=A{item}*2"), ($"C{item}", $"=A{item}+MAX($A${item}:$A${item})"),
            ($"A{sum}", $"=SUM(A{item})"), ($"B{sum}", $"=SUM(B{item}:B{item})"), ($"C{sum}", $"=COUNT(A{item})"), ($"E{sum}", "{{/for}}"),
            ($"A{total}", $"=SUM(A{head}:A{sum})/2"), ($"B{total}", $"=SUM(B{item}:B{sum})/2"), ($"D{total}", $"=SUM(D{head})+A{total}"),
        ]);
        var template = Xlsx.OfSheets([("Data", [.. cells]), ("Sum", [("A1", $"=Data!A{total}"), ("A2", $"=SUM(Data!$B${head}:$B${sum})/2")])]);

        var calc = new MiniCalc(Xlsx.Render(template, JsonSerializer.Serialize(new { gs = groups })));

        var all = groups.Sum(group => group.Sum());
        var row = lead;
        foreach (var group in groups)
        {
            calc.Value("Data", $"D{++row}").ShouldBe(group.Sum());
            foreach (var number in group)
            {
                calc.Value("Data", $"B{++row}").ShouldBe(number * 2);
                calc.Value("Data", $"C{row}").ShouldBeGreaterThanOrEqualTo(number + groups.Max(other => other.DefaultIfEmpty().Max()));
            }

            row += group.Length == 0 ? 1 : 0;
            calc.Value("Data", $"A{++row}").ShouldBe(group.Sum());
            calc.Value("Data", $"B{row}").ShouldBe(group.Sum() * 2);
            calc.Value("Data", $"C{row}").ShouldBe(group.Length);
        }

        row += (groups.Length == 0 ? 1 : 0) + gap + 1;
        calc.Value("Data", $"A{row}").ShouldBe(all);
        calc.Value("Data", $"B{row}").ShouldBe(all * 2);
        calc.Value("Data", $"D{row}").ShouldBe(all * 2);
        calc.Value("Sum", "A1").ShouldBe(all);
        calc.Value("Sum", "A2").ShouldBe(all * 2);
    }

    private static void CheckGrid(int days, int[][] rows)
    {
        var template = Xlsx.Of(
            ("A1", "Name"), ("B1", "{{#col for d in days}}{{d}}."), ("C1", "Sum"),
            ("A2", "{{#row for r in rows}}{{loop.number}}."), ("B2", "{{r[loop.index]}}"), ("C2", "=SUM(B2)"),
            ("A3", "Total"), ("B3", "=SUM(B2)"), ("C3", "=SUM(C2:C2)"), ("A4", "=SUM(B2:B2)"), ("B4", "=B3+$C$3"));

        var calc = new MiniCalc(Xlsx.Render(template, JsonSerializer.Serialize(new { days = Enumerable.Range(1, days), rows })));

        var (last, total) = ((char)('B' + Math.Max(1, days)), 2 + Math.Max(1, rows.Length));
        var all = rows.Sum(row => row.Sum());
        for (var i = 0; i < rows.Length; i++)
            calc.Value("Sheet", $"{last}{i + 2}").ShouldBe(rows[i].Sum());
        for (var day = 0; day < days; day++)
        {
            calc.Value("Sheet", $"{(char)('B' + day)}{total}").ShouldBe(rows.Sum(row => row[day]));
            calc.Value("Sheet", $"{(char)('B' + day)}{total + 1}").ShouldBe(rows.Sum(row => row[day]) + all);
        }

        calc.Value("Sheet", $"{last}{total}").ShouldBe(all);
        calc.Value("Sheet", $"A{total + 1}").ShouldBe(all);
    }
}
