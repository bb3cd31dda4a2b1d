using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Effects;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tests.Persistence;

namespace ProductionOffice.Server.Tests.Effects;

/// <summary>An effect is one node's for a while; who hangs longer is not heard any more.</summary>
public sealed class OutboxLeaseTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 10, 2, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Stores => TestStore.DurableKinds;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_is_leased_nobody_else_performs(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await SendAsync(test.Store);
        var (slow, quick) = (new Gated(), new Gated());
        slow.Hold();

        var first = Worker(test, slow).RunDueAsync(10, default);
        await slow.Began;
        (await Worker(test, quick).RunDueAsync(10, default)).ShouldBe(0);
        slow.LetGo();

        (await first).ShouldBe(1);
        quick.Times.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_takes_longer_than_the_lease_keeps_it_while_at_work(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await SendAsync(test.Store);
        var (slow, quick) = (new Gated(), new Gated());
        slow.Hold();
        var lease = TimeSpan.FromSeconds(30);

        var first = Worker(test, slow).RunDueAsync(10, default);
        await slow.Began;
        for (var (step, until) = (0, await LeaseAsync(test)); step < 5; step++)
        {
            // Renewed each third of it; on PostgreSQL by the database's clock.
            var before = until;
            test.Clock.Advance(lease / 3);
            while ((until = await LeaseAsync(test)) == before)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            until.ShouldBeGreaterThan(before);
        }

        (await Worker(test, quick).RunDueAsync(10, default)).ShouldBe(0);
        slow.LetGo();
        (await first).ShouldBe(1);
        (slow.Times, quick.Times).ShouldBe((1, 0));
        (await test.Store.ListDueWorkAsync(Now.AddYears(1), 10, default)).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_hangs_beyond_the_lease_is_fenced_off_and_the_result_comes_once(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await SendAsync(test.Store);
        var (hanging, other) = (new Gated(), new Gated());
        hanging.Hold();

        var hung = Worker(test, hanging).RunDueAsync(10, default);
        await hanging.Began;
        await ExecuteAsync(test, "UPDATE po_outbox SET lease_until = 1");
        (await Worker(test, other).RunDueAsync(10, default)).ShouldBe(1);
        hanging.LetGo();
        await hung;

        (hanging.Times, other.Times).ShouldBe((1, 1));
        await using var context = await test.Office.ReadAsync(default);
        (await context.Messages.Select(m => m.Body).ToListAsync()).ShouldBe([other.Name]);
        (await test.Store.ListDueWorkAsync(Now.AddYears(1), 10, default)).ShouldHaveSingleItem().Payload.ShouldBe($"\"{other.Name}\"");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_fails_comes_again_later_and_is_parked_in_the_end(string kind)
    {
        await using var test = await TestStore.OpenAsync(kind);
        await SendAsync(test.Store);
        var broken = new Gated { Failure = new IOException("no post today") };
        var worker = Worker(test, broken);
        var pauses = new List<double>();

        while (await worker.RunDueAsync(10, default) > 0 && await worker.NextDueAsync(default) is { } again)
        {
            pauses.Add((again - test.Clock.GetUtcNow()).TotalSeconds);
            test.Clock.Advance(again - test.Clock.GetUtcNow());
        }

        broken.Times.ShouldBe(6);
        foreach (var (pause, least) in pauses.Zip([1.0, 5, 30, 120, 600]))
            pause.ShouldBeInRange(least, least * 1.2);
        (await worker.NextDueAsync(default)).ShouldBeNull();
    }

    private static async Task SendAsync(IWorkflowStore store)
    {
        var instance = new WorkflowInstance("i1", "d", "d:1", 1, 1, WorkflowStatus.Running, WorkflowSubStatus.Suspended, null, null, null, 0, "{}", Now, Now, null);
        var bookmark = new Bookmark("i1-1", "i1", "Office.Send", "h", "a", "Workflow1:a", "1", null, null, null, "Sent", true, Now, null);
        await store.CommitAsync(new Commit { Bursts = [new BurstResult { Instance = instance, BookmarksCreated = [bookmark], Outbox = [new OutboxMessage("i1:1:0", "i1", "test", "{}", "i1-1")] }] }, default);
    }

    private static async Task<long> LeaseAsync(TestStore test)
    {
        await using var context = await test.Office.ReadAsync(default);
        return await context.Database.SqlQueryRaw<long>("SELECT lease_until AS \"Value\" FROM po_outbox").SingleAsync();
    }

    private static OutboxWorker Worker(TestStore test, Gated effect) => new(test.Office, test.Database, [effect], test.Clock, NullLogger<OutboxWorker>.Instance);

    private static Task ExecuteAsync(TestStore test, string sql) => test.Office.WriteAsync(c => c.Database.ExecuteSqlRawAsync(sql), default);

    /// <summary>An effect that waits until it is let go.</summary>
    private sealed class Gated : IEffect
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _gate;

        public string Name { get; } = Guid.NewGuid().ToString("N");

        public string Kind => "test";

        public int Times { get; private set; }

        public Exception? Failure { get; init; }

        public Task Began => _began.Task;

        public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetGo() => _gate!.SetResult();

        public async Task<EffectResult> PerformAsync(OutboxMessage message, Value payload, CancellationToken cancellationToken)
        {
            Times++;
            _began.TrySetResult();
            if (_gate is not null)
                await _gate.Task;
            if (Failure is not null)
                throw Failure;
            var row = new MessageRow { EffectKey = message.EffectKey, InstanceId = message.InstanceId, MessageId = Name, At = Now, Recipients = "", Subject = "", Body = Name };
            return new EffectResult(context => context.Messages.Add(row), Value.From(Name));
        }
    }
}
