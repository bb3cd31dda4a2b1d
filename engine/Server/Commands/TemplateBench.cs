using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ProductionOffice.Templates;

namespace ProductionOffice.Server.Commands;

/// <summary>Measures how long filling takes, from the bytes of the template to the bytes of the document.</summary>
internal static class TemplateBench
{
    /// <returns><c>{"results":[{id,ms:[],cpu:[]}],"rssKb"}</c>; times in milliseconds, one each iteration, memory at its peak.</returns>
    public static JsonObject Run(string path, bool isCompiledKept)
    {
        var results = new JsonArray();
        var jobs = TemplateJob.ReadList(path);
        foreach (var (job, json) in jobs.Zip(TemplateJob.Jobs(path)))
            results.Add(Run(job, new Effort(Number(json, "warmup", 0), TimeSpan.FromSeconds(Number(json, "warmupSeconds", 0)), Number(json, "iterations", 1)), isCompiledKept));

        using var process = Process.GetCurrentProcess();
        return new JsonObject { ["results"] = results, ["rssKb"] = process.PeakWorkingSet64 / 1024 };
    }

    public static IReadOnlyList<JsonObject> Summary(JsonObject answer) => [.. answer["results"]!.AsArray().Select(r => new JsonObject
    {
        ["id"] = r!["id"]!.DeepClone(),
        ["iterations"] = r["ms"]!.AsArray().Count,
        ["medianMs"] = Median(r["ms"]!.AsArray()),
        ["medianCpuMs"] = Median(r["cpu"]!.AsArray()),
    })];

    /// <summary>How much is rendered: first, for nothing, this often and this long; then this often, measured.</summary>
    private sealed record Effort(int Warmup, TimeSpan WarmupTime, int Iterations);

    private static JsonObject Run(TemplateJob job, Effort effort, bool isCompiledKept)
    {
        var bytes = File.ReadAllBytes(job.TemplatePath);
        var data = job.Data();
        var options = job.ReadOptions(data);
        var kept = isCompiledKept ? Template.Compile(bytes, job.TemplatePath) : null;
        var (ms, cpu) = (new JsonArray(), new JsonArray());
        byte[] document = [];
        for (var (i, warming) = (0, Stopwatch.StartNew()); ms.Count < effort.Iterations; i++)
        {
            var isWarm = i >= effort.Warmup && warming.Elapsed >= effort.WarmupTime;
            var (cpuBefore, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            using var output = new MemoryStream();
            (kept ?? Template.Compile(bytes, job.TemplatePath)).Render(data, options, output);
            document = output.ToArray();
            var (took, used) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpuBefore);
            if (!isWarm)
                continue;

            ms.Add(Math.Round(took.TotalMilliseconds, 4));
            cpu.Add(Math.Round(used.TotalMilliseconds, 4));
        }

        if (job.Output is not null)
            TemplateOutput.Write(document, job.Output);
        return new JsonObject { ["id"] = job.Id, ["ms"] = ms, ["cpu"] = cpu };
    }

    private static int Number(JsonObject job, string field, int usual) => job[field] is not { } given ? usual
        : given is JsonValue value && value.TryGetValue<int>(out var number) && number >= 0 ? number
        : throw new CommandFailure(ExitCode.Invalid, "jobs-unreadable", $"The '{field}' of a job is no whole number.", "Write for example \"iterations\":20.");

    private static string Median(JsonArray values)
    {
        var sorted = values.Select(v => (double)v!).Order().ToList();
        return sorted.Count == 0 ? "" : sorted[sorted.Count / 2].ToString("0.###", CultureInfo.InvariantCulture);
    }
}
