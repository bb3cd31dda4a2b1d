namespace ProductionOffice.Server.Commands;

/// <summary>Runs template jobs so that a person sees how far they are and may interrupt them.</summary>
internal static class TemplateRuns
{
    public static async Task<TemplateResult> OneAsync(Streams io, TemplateJob job, CancellationToken cancel)
    {
        using var progress = Progress(io, 1);
        progress.Begin(Path.GetFileName(job.TemplatePath));
        return await UntilInterruptedAsync(() => job.Run(cancel: cancel), cancel);
    }

    public static async Task<List<(string Id, TemplateResult Result)>> AllAsync(Streams io, IReadOnlyList<TemplateJob> jobs, CancellationToken cancel)
    {
        using var progress = Progress(io, jobs.Count);
        var compiled = new CompiledTemplates();
        return await UntilInterruptedAsync(() =>
        {
            var results = new List<(string, TemplateResult)>(jobs.Count);
            foreach (var job in jobs)
            {
                cancel.ThrowIfCancellationRequested();
                progress.Begin(Path.GetFileName(job.Output ?? job.TemplatePath));
                results.Add((job.Id, job.RunAmongOthers(compiled, cancel)));
                progress.Done();
            }

            return results;
        }, cancel);
    }

    /// <summary>A render knows no interruption: it is left behind, but never while it writes its file.</summary>
    private static async Task<T> UntilInterruptedAsync<T>(Func<T> work, CancellationToken cancel)
    {
        try
        {
            return await Task.Run(work, cancel).WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            TemplateOutput.WaitUntilWhole();
            throw;
        }
    }

    private static TemplateProgress Progress(Streams io, int count) => new(io.Error, !Console.IsErrorRedirected, count, TimeProvider.System);
}
