namespace ProductionOffice.Templates.Tests;

/// <summary>Runs one fuzz case under watch and says what is wrong with the answer.</summary>
internal static class FuzzWatch
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>How long is waited for an answer on a machine that is busy with other things.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What a render may allocate in all; three thousand sheets from a few kilobytes are one of them.</summary>
    private const long MostAllocated = 4L << 30;

    public static FuzzAnswer Run(FuzzCase fuzz)
    {
        RenderResult? result = null;
        string? fault = null;
        long allocated = 0;
        var used = TimeSpan.Zero;
        var worker = new Thread(() =>
        {
            var thread = ThreadClock.Start();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                result = fuzz.Job.Run();
                used = thread.Used;
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                fault = Fault(result);
            }
            catch (Exception exception)
            {
                fault = string.Join(" ", exception.ToString().Split('\n').Where((line, i) => i == 0 || line.Contains("ProductionOffice", StringComparison.Ordinal)).Take(3).Select(line => line.Trim()));
            }
        })
        { IsBackground = true };
        worker.Start();
        if (!worker.Join(Patience) || used > Limit)
            fault = "no answer within the time";
        else if (allocated > MostAllocated)
            fault ??= $"{allocated >> 20} MiB allocated";
        return new FuzzAnswer(fault, used, allocated, result switch { null => "none", { IsOk: true } => "ok", { Errors: [var first, ..] } => first.Code, _ => "none" });
    }

    private static string? Fault(RenderResult result)
    {
        if (!result.IsOk)
        {
            return result.Errors.FirstOrDefault(error => error.Message.Length < 10 || error.Code.Length != 4) is { } poor ? $"poor words: {poor}"
                : result.Errors.Count is 0 or > 100 ? $"{result.Errors.Count} errors"
                : null;
        }

        var document = new ReadPackage(result.Document!);
        foreach (var part in document.Names.Where(name => name.EndsWith(".xml", StringComparison.Ordinal) || name.EndsWith(".rels", StringComparison.Ordinal)))
            document.Xml(part);
        return null;
    }
}

/// <summary>What came of a fuzz case.</summary>
internal sealed record FuzzAnswer(string? Fault, TimeSpan Time, long Allocated, string Code);
