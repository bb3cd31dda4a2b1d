using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ProductionOffice.Benchmarks;

/// <summary>Writes figures with the machine they were measured on.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Markdown(IReadOnlyList<Figure> figures) => string.Join('\n',
    [
        Machine,
        "",
        "| What | n | median | p95 | p99 | CPU | allocated | per second | |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
        .. figures.Select(Row),
    ]);

    public static string Json(IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(
        new
        {
            machine = Machine,
            figures = figures.Select(f => new
            {
                f.Name,
                f.Sample.Count,
                medianMs = f.Sample.Median,
                p95Ms = f.Sample.At(0.95),
                p99Ms = f.Sample.At(0.99),
                cpuMs = f.Sample.Cpu / f.Sample.Count,
                allocatedBytes = f.Sample.Allocated / f.Sample.Count,
                f.Sample.PerSecond,
                f.Note,
            }),
        },
        Indented);

    private static string Machine => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}, load average {LoadAverage}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC");

    private static string LoadAverage => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    private static string Row(Figure f)
    {
        var s = f.Sample;
        var few = s.Count < 20;
        return $"| {f.Name} | {s.Count} | {Time(s.Median)} | {(few ? "" : Time(s.At(0.95)))} | {(s.Count < 100 ? "" : Time(s.At(0.99)))} | {Time(s.Cpu / s.Count)} | {Bytes(s.Allocated / s.Count)} | {(few ? "" : s.PerSecond.ToString("N0", CultureInfo.InvariantCulture))} | {f.Note} |";
    }

    private static string Time(double ms) => ms switch
    {
        < 0.1 => string.Create(CultureInfo.InvariantCulture, $"{ms * 1000:0.00} µs"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.00} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms"),
    };

    private static string Bytes(long? bytes) => bytes switch
    {
        null => "",
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.0} kB"),
    };
}
