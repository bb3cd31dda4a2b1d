using System.Collections.Concurrent;
using System.Globalization;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>Many runs of one scene, each disturbed otherwise: nothing may be lost and nothing doubled in any of them.</summary>
/// <param name="scene">What is disturbed.</param>
/// <param name="seed">Of what is left to chance.</param>
/// <param name="log">Where it is followed; what stands there as done is not done again.</param>
internal sealed class CrashCampaign(CrashScene scene, int seed, CrashLog log)
{
    /// <summary>Fewer than the deaths after which the office sets a work item aside.</summary>
    private const int MostInOneOffice = 4;

    /// <summary>What is not reached may have been shared out otherwise this time: asked for again before it counts.</summary>
    private const int Tries = 3;

    private readonly Random _random = new(seed);
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _notReached = new();
    private CrashRecord _record = null!;
    private int _runs;
    private int _acts;
    private int _lost;
    private int _doubled;

    /// <summary>How many offices run at once: most of the time each waits for a start.</summary>
    public int AtOnce { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>One plan, as a failure named it.</summary>
    public Task OnceAsync(IReadOnlyList<CrashStep> plan) => InAllAsync(() => DieAsync(plan, mustBeReached: true));

    /// <summary>Every point at every hit, each in an office of its own; then pairs; then each point failing and hanging.</summary>
    public Task EverythingAsync(int pairs) => InAllAsync(async () =>
    {
        if (scene.IsShared)
        {
            var single = _record.Points.SelectMany(p => Enumerable.Range(1, _record.Possible(p)).Select(hit => new CrashStep(p, hit))).ToList();
            await EachAsync(single.Select(s => (IReadOnlyList<CrashStep>)[s]), s => DieAsync(s, IsCertain(s[0])));
            await PairsAsync(pairs);
        }
        else
        {
            await SnapshotsAsync(pairs);
        }

        await EachAsync(Disturbed(), s => DieAsync(s, IsCertain(s[0])));
    });

    /// <summary>Random pairs of deaths; of those whose second point the rest of the run does not come to, another is drawn.</summary>
    public Task RandomAsync(int pairs) => InAllAsync(() => PairsAsync(pairs));

    /// <summary>A few points, chosen by the seed: several deaths in one office, for starts are what takes the time; and one that fails, one that hangs.</summary>
    public Task SampleAsync(int offices) => InAllAsync(async () =>
    {
        var places = _record.Points.OrderBy(_ => _random.Next()).Take(offices * MostInOneOffice).Select(AnyPlace).ToList();
        var others = Disturbed().OrderBy(_ => _random.Next()).Take(Math.Max(1, offices / 2)).ToList();
        await EachAsync(places.Chunk(MostInOneOffice), async chain =>
        {
            for (var left = chain.Order().ToList(); left.Count > 0;)
            {
                var acts = await DieAsync(_record.Chain(left), mustBeReached: left.Count == 1 && IsCertain(_record.At(left[0])));
                // What came to be out of reach gets an office of its own.
                if (acts == 0 && left.Count > 1)
                    await DieAsync([_record.At(left[0])], IsCertain(_record.At(left[0])));
                left = left[Math.Max(1, acts)..];
            }
        });
        await EachAsync(others, s => DieAsync(s, IsCertain(s[0])));
    });

    private async Task InAllAsync(Func<Task> act)
    {
        _record = await scene.RecordAsync();
        log.Tell($"{scene.Name}: OFFICE_CRASH_SEED={seed}, {_record.Order.Count} hits of {_record.Points.Count} points: "
            + string.Join(", ", _record.Points.Select(p => _record.Certain(p) == _record.Possible(p) ? $"{p} {_record.Certain(p)}" : $"{p} {_record.Certain(p)}-{_record.Possible(p)}")));
        await act();
        log.Tell($"{scene.Name}: {_runs} runs, {_acts} times ended or disturbed, lost {_lost}, doubled {_doubled}, failed {_failures.Count}, OFFICE_CRASH_SEED={seed}"
            + (_notReached.IsEmpty ? "" : $"; not reached this time: {string.Join(", ", _notReached.Order(StringComparer.Ordinal))}"));
        string.Join('\n', _failures).ShouldBe("");
    }

    private Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> act) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await act(one));

    /// <summary>Each point once failing and once hanging, at whichever of its hits.</summary>
    private List<IReadOnlyList<CrashStep>> Disturbed() =>
        [.. _record.Points.SelectMany(p => new[] { CrashStep.Throw, CrashStep.Hang }.Select(a => (IReadOnlyList<CrashStep>)[new CrashStep(p, _random.Next(Math.Max(1, _record.Certain(p))) + 1, a)]))];

    private async Task PairsAsync(int count)
    {
        // Drawn beforehand, in one order, so that a seed gives the same ones again.
        var drawn = Enumerable.Range(0, count * Tries).Select(_ =>
        {
            var first = _random.Next(_record.Order.Count - 1);
            return (IReadOnlyList<CrashStep>)_record.Chain([first, _random.Next(first + 1, _record.Order.Count)]);
        }).ToList();
        var (next, met) = (0, 0);
        await EachAsync(Enumerable.Range(0, count), async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next) - 1) < drawn.Count;)
            {
                if (await DieAsync(drawn[i], mustBeReached: false) == 2)
                {
                    Interlocked.Increment(ref met);
                    return;
                }
            }
        });
        log.Tell($"{scene.Name}: {met} double kills of {next} drawn");
        if (met < count)
            _failures.Enqueue($"only {met} of {count} pairs met both of their points");
    }

    /// <summary>All places of one run as a kill would leave them, each gone on from; then places of the runs that go on from some of them.</summary>
    private async Task SnapshotsAsync(int pairs)
    {
        const int PairsOfAPlace = 10;
        var kept = Directory.CreateTempSubdirectory("office-crash-kept-").FullName;
        var all = await scene.SnapshotsAsync();
        var firsts = all.OrderBy(_ => _random.Next()).Take((pairs + PairsOfAPlace - 1) / PairsOfAPlace).Select((s, n) =>
        {
            var copy = Path.Combine(kept, $"{n}");
            CrashSnapshots.CopyFolder(s.Folder, copy);
            return s with { Folder = copy };
        }).ToList();
        log.Tell($"{scene.Name}: {all.Count} places of one run: {string.Join(", ", all.GroupBy(s => s.Step.Point).Select(g => $"{g.Key} {g.Count()}"))}");
        await EachAsync(all, s => RecoverAsync([s.Step], s));
        log.Tell($"{scene.Name}: gone on from {all.Count} places");

        foreach (var first in firsts)
        {
            var seconds = (await scene.SnapshotsAsync(first)).OrderBy(_ => _random.Next()).ToList();
            await EachAsync(seconds.Take(PairsOfAPlace), s => RecoverAsync([first.Step, s.Step], s));
            foreach (var left in seconds.Skip(PairsOfAPlace))
                Directory.Delete(left.Folder, recursive: true);
        }

        log.Tell($"{scene.Name}: gone on from {firsts.Count * PairsOfAPlace} places after a second kill");
        Directory.Delete(kept, recursive: true);
    }

    private Task<int> RecoverAsync(IReadOnlyList<CrashStep> plan, CrashSnapshot left) => JudgeAsync(plan, async () =>
    {
        Judge(await scene.RecoverAsync(left), plan.Count);
        return plan.Count;
    });

    private bool IsCertain(CrashStep step) => step.Hit <= _record.Certain(step.Point);

    private int AnyPlace(string point)
    {
        var places = Enumerable.Range(0, _record.Order.Count).Where(i => _record.Order[i] == point).ToList();
        return places.Count == 0 ? 0 : places[_random.Next(places.Count)];
    }

    /// <summary>Runs a plan; returns how many of its steps came to pass.</summary>
    private Task<int> DieAsync(IReadOnlyList<CrashStep> plan, bool mustBeReached) => JudgeAsync(plan, async () =>
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await scene.RunAsync(plan);
            Judge(outcome.Seen, outcome.Acts);
            if (outcome.Acts > 0 || plan.Count > 1)
                return outcome.Acts;
            if (attempt < Tries)
                continue;

            _notReached.Enqueue(CrashStep.WritePlan(plan));
            return mustBeReached ? throw new InvalidOperationException("the point was not reached, though every undisturbed run reaches it") : 0;
        }
    });

    private void Judge(IReadOnlyList<string> seen, int acts)
    {
        Interlocked.Increment(ref _runs);
        Interlocked.Add(ref _acts, acts);
        var (lost, doubled) = (scene.Undisturbed.Except(seen).ToList(), seen.Except(scene.Undisturbed).ToList());
        Interlocked.Add(ref _lost, lost.Count);
        Interlocked.Add(ref _doubled, doubled.Count);
        if (lost.Count + doubled.Count > 0)
            throw new InvalidOperationException(string.Join("; ", lost.Select(l => "lost: " + l).Concat(doubled.Select(l => "doubled or new: " + l))));
    }

    /// <summary>A fault is noted, with the command that makes it again, and the others go on.</summary>
    private async Task<int> JudgeAsync(IReadOnlyList<CrashStep> plan, Func<Task<int>> run)
    {
        var text = CrashStep.WritePlan(plan);
        if (log.Acts(scene.Name, text) is { } before)
            return before;

        try
        {
            var acts = await run();
            log.Done(scene.Name, text, acts);
            return acts;
        }
        catch (Exception e)
        {
            var again = string.Create(CultureInfo.InvariantCulture, $"OFFICE_CRASH_SEED={seed} OFFICE_CRASH_PLAN={scene.Name}:{text} dotnet test tests/Server.Tests --filter CrashTests");
            log.Tell($"{scene.Name} {text} FAILED: {e.Message}\n  again: {again}");
            _failures.Enqueue($"{again}\n{e.Message}");
            return plan.Count;
        }
    }
}
