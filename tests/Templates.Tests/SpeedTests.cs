using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;

namespace ProductionOffice.Templates.Tests;

/// <summary>Prints what a render costs; fails only when it is many times over its budget (the machine may be busy).</summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("01-values", 1, 2)]
    [InlineData("09-row-for", 500, 5)]
    [InlineData("09-row-for", 5000, 40)]
    [InlineData("37-x-row-formulas", 1000, 8)]
    [InlineData("37-x-row-formulas", 20000, 160)]
    public void A_render_with_compiling_stays_near_its_budget(string name, int rows, double budget)
    {
        var (job, _) = Cases.Read(name);
        if (rows > 1)
            job = job with { Data = Encoding.UTF8.GetBytes(Rows(rows)) };
        var data = Expressions.Value.ParseJson(job.Data.Span);
        var options = RenderJob.ReadOptions(job.Options);
        var times = new List<double>();
        for (var round = 0; round < 12; round++)
        {
            var clock = Stopwatch.StartNew();
            Template.Compile(job.Template, job.Name).Render(data, options, new MemoryStream());
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"{name} × {rows}: median {times[6]:0.00} ms, least {times[0]:0.00} ms, budget {budget} ms");
        times[0].ShouldBeLessThan(budget * 5);
    }

    private static string Rows(int count)
    {
        var rows = string.Join(',', Enumerable.Range(1, count).Select(i => $"{{\"name\":\"Person {i}\",\"position\":\"P{i % 7}\",\"rate\":{i / 100.0},\"d\":\"Dept {i % 9}\",\"q\":{i % 5},\"p\":{i / 4.0}}}"));
        return $"{{\"crew\":[{rows}],\"rows\":[{rows}]}}";
    }
}
