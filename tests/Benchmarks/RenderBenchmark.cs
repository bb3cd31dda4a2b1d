using ProductionOffice.Expressions;
using ProductionOffice.Server.Hosting;
using ProductionOffice.Templates;

namespace ProductionOffice.Benchmarks;

/// <summary>The shipped templates with their sample data, in memory.</summary>
internal static class RenderBenchmark
{
    private const int Count = 200;

    public static Task<IReadOnlyList<Figure>> RunAsync() =>
        Task.FromResult<IReadOnlyList<Figure>>([.. Of("deal-memo", ".docx"), .. Of("crew-list", ".xlsx"), .. PeerJobs.All.Select(Of)]);

    /// <summary>One of the jobs that other engines are measured with, compiled in the call.</summary>
    private static Figure Of(PeerJob job)
    {
        var data = Value.ParseJson(System.Text.Encoding.UTF8.GetBytes(job.Data));
        var output = new MemoryStream();
        var sample = Measure.Run(job.Iterations, () =>
        {
            output.SetLength(0);
            Template.Compile(job.Templates[PeerJobs.Ours], job.Name + job.Extension).Render(data, new RenderOptions(), output);
        });
        return new Figure($"{job.Name}{job.Extension}: compile and render", sample, $"{output.Length:N0} bytes");
    }

    private static IEnumerable<Figure> Of(string name, string extension)
    {
        var folder = DataFolder.Shipped("templates");
        var file = File.ReadAllBytes(Path.Combine(folder, name + extension));
        var data = Value.ParseJson(File.ReadAllBytes(Path.Combine(folder, name + ".sample.json")));
        var options = new RenderOptions { Now = TimeProvider.System.GetUtcNow(), TimeZone = TimeZoneInfo.Utc };
        var output = new MemoryStream();
        var compiled = Template.Compile(file, name + extension);

        yield return new Figure($"{name}{extension}: compile and render", Measure.Run(Count, () => Render(Template.Compile(file, name + extension))));
        yield return new Figure($"{name}{extension}: render", Measure.Run(Count, () => Render(compiled)), $"{output.Length:N0} bytes");

        void Render(Template template)
        {
            output.SetLength(0);
            template.Render(data, options, output);
        }
    }
}
