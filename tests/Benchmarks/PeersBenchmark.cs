using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProductionOffice.Benchmarks;

/// <summary>Ours and other template engines on the same work, by turns in the same run; an engine counts only when all values are in its document.</summary>
internal static partial class PeersBenchmark
{
    private const int Rounds = 2;

    /// <summary>Each engine renders for as long before it is measured: what is compared is their code, not how soon it is compiled.</summary>
    private const int WarmupSeconds = 4;

    private static readonly string Folder = Path.Combine(PeerJobs.Root, "tests", "Benchmarks", "peers");

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        if (await MissingAsync() is { } missing)
        {
            Console.Error.WriteLine(missing);
            return [];
        }

        using var folder = new TemporaryFolder();
        var figures = new List<Figure>();
        foreach (var job in PeerJobs.All)
        {
            var compared = (await CompareAsync(job, folder.Path)).ToList();
            foreach (var figure in compared)
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name}: {figure.Sample.Median:0.00} ms CPU, {figure.Note}"));
            figures.AddRange(compared);
        }

        return figures;
    }

    private static async Task<IEnumerable<Figure>> CompareAsync(PeerJob job, string folder)
    {
        var data = Path.Combine(folder, job.Name + ".json");
        await File.WriteAllTextAsync(data, job.Data);
        var results = job.Templates.Keys.ToDictionary(engine => engine, _ => new List<PeerRun>());
        foreach (var (engine, template) in job.Templates)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{job.Name}-{engine}{job.Extension}"), template);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var engine in job.Templates.Keys)
                results[engine].Add(await RunAsync(engine, job, folder, data));
        }

        var bad = results.Where(pair => pair.Value.Any(run => run.Fault is not null)).ToDictionary(pair => pair.Key, pair => pair.Value.First(run => run.Fault is not null).Fault);
        var best = results.Where(pair => pair.Key != PeerJobs.Ours && !bad.ContainsKey(pair.Key)).Select(pair => Least(pair.Value)).DefaultIfEmpty(double.NaN).Min();
        var ours = Least(results[PeerJobs.Ours]);
        return results.Select(pair =>
        {
            var times = pair.Value.SelectMany(run => run.Cpu).DefaultIfEmpty(0).ToArray();
            var note = bad.GetValueOrDefault(pair.Key) is { } fault ? $"NOT CORRECT: {fault}"
                : pair.Key == PeerJobs.Ours ? string.Create(CultureInfo.InvariantCulture, $"{best / ours:0.0} times as fast as the best correct peer, {Peak(pair.Value)} MiB")
                : string.Create(CultureInfo.InvariantCulture, $"{Least(pair.Value) / ours:0.0} times ours, {Peak(pair.Value)} MiB");
            return new Figure($"{job.Name}: {pair.Key}", new Sample(times, TimeSpan.FromMilliseconds(times.Sum()), times.Sum()), note);
        });
    }

    /// <summary>Median of the round that was disturbed least.</summary>
    private static double Least(List<PeerRun> runs) => runs.Select(run => new Sample(run.Cpu, TimeSpan.FromSeconds(1), 0).Median).Min();

    private static long Peak(List<PeerRun> runs) => runs.Max(run => run.RssKb) / 1024;

    private static async Task<PeerRun> RunAsync(string engine, PeerJob job, string folder, string data)
    {
        var template = Path.Combine(folder, $"{job.Name}-{engine}{job.Extension}");
        var output = Path.Combine(folder, $"{job.Name}-{engine}-out{job.Extension}");
        File.Delete(output);
        var (code, text) = engine == PeerJobs.Ours
            ? await OursAsync(template, data, output, folder, job)
            : await ProcessAsync("node", Folder, "render.mjs", engine, template, data, output, WarmupSeconds.ToString(CultureInfo.InvariantCulture), job.Iterations.ToString(CultureInfo.InvariantCulture));
        if (code != 0 || !File.Exists(output))
            return new PeerRun([0], 0, text.Trim().Split('\n')[0]);
        var answer = JsonDocument.Parse(text.Trim().Split('\n')[^1]).RootElement;
        var result = answer.TryGetProperty("results", out var list) ? list[0] : answer;
        return new PeerRun([.. result.GetProperty("cpu").EnumerateArray().Select(time => time.GetDouble())], answer.GetProperty("rssKb").GetInt64(), Fault(output, job));
    }

    private static async Task<(int, string)> OursAsync(string template, string data, string output, string folder, PeerJob job)
    {
        var (jobs, result) = (Path.Combine(folder, "jobs.json"), Path.Combine(folder, "result.json"));
        await File.WriteAllTextAsync(jobs, JsonSerializer.Serialize(new { jobs = new[] { new { id = job.Name, template, data, output, warmupSeconds = WarmupSeconds, iterations = job.Iterations } } }));
        var (code, text) = await ProcessAsync("dotnet", folder, OfficeServer.Program, "template", "bench", jobs, result, "-o", "json");
        return (code, code == 0 ? await File.ReadAllTextAsync(result) : text);
    }

    /// <summary>What is not in the document that should be, or null.</summary>
    private static string? Fault(string path, PeerJob job)
    {
        using var zip = ZipFile.OpenRead(path);
        var texts = zip.GetEntry("word/document.xml") is { } document ? Piece().Matches(Read(document)).Select(match => match.Groups[1].Value).ToHashSet() : CellTexts(zip);

        return job.Values.FirstOrDefault(value => !texts.Contains(value)) is { } missing ? $"“{missing}” is not in it"
            : texts.FirstOrDefault(text => text.Contains('{', StringComparison.Ordinal)) is { } left ? $"“{left}” is left in it"
            : null;
    }

    /// <summary>What the cells of a workbook show; shared strings that no cell uses are nobody's text.</summary>
    private static HashSet<string> CellTexts(ZipArchive zip)
    {
        string[] shared = zip.GetEntry("xl/sharedStrings.xml") is { } strings ? [.. Item().Matches(Read(strings)).Select(item => string.Concat(Piece().Matches(item.Value).Select(piece => piece.Groups[1].Value)))] : [];
        return zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal))
            .SelectMany(sheet => Cell().Matches(Read(sheet)))
            .Select(cell => Piece().Match(cell.Value).Groups[1].Value is var text && cell.Groups[1].Value.Contains("t=\"s\"", StringComparison.Ordinal) ? shared[int.Parse(text, CultureInfo.InvariantCulture)] : text)
            .ToHashSet();
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static async Task<string?> MissingAsync()
    {
        foreach (var program in (string[])["node", "npm"])
        {
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))))
                return $"The other engines run on Node.js: '{program}' is not installed. Install the packages nodejs and npm, then run again.";
        }

        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
            return null;
        Console.Error.WriteLine("npm ci …");
        var (code, text) = await ProcessAsync("npm", Folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        return code == 0 ? null : $"npm ci failed: {text.Trim()}";
    }

    private static async Task<(int Code, string Text)> ProcessAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? await output : await error);
    }

    private sealed record PeerRun(double[] Cpu, long RssKb, string? Fault);

    [GeneratedRegex("<(?:w:)?[tv](?: [^>]*)?>([^<]*)</")]
    private static partial Regex Piece();

    [GeneratedRegex("<si>.*?</si>", RegexOptions.Singleline)]
    private static partial Regex Item();

    [GeneratedRegex("<c( [^>]*[^/])>.*?</c>", RegexOptions.Singleline)]
    private static partial Regex Cell();
}
