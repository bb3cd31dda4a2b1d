using System.Diagnostics;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>An office whose first node ends at planned points, one after the other, and is started again each time; requests are repeated until one is answered.</summary>
/// <param name="plan">Steps, each for one life of the first node; the lives after them are undisturbed.</param>
/// <param name="nodes">One, or several on one store.</param>
internal sealed class CrashOffice(IReadOnlyList<CrashStep> plan, params OfficeProcess[] nodes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly List<CrashCommand> _commands = [];

    // Only what says "try again" may be tried again; one that was made to fail says that it failed.
    private readonly int[] _expected = plan.Any(s => s.Action == CrashStep.Throw) ? [200, 409, 500, 503] : [200, 409, 503];
    private int _life;
    private int _turn;
    private string _said = "nothing";

    /// <summary>Of an office without a process of its own.</summary>
    public HttpClient? Client { get; init; }

    /// <summary>What was sent so far, in order.</summary>
    public IReadOnlyList<CrashCommand> Commands
    {
        get
        {
            lock (_gate)
                return [.. _commands];
        }
    }

    /// <summary>What was sent to the same office by then, before it ended.</summary>
    public IReadOnlyList<CrashCommand> Before
    {
        init => _commands.AddRange(value);
    }

    public async Task OpenAsync()
    {
        await ReviveAsync();
        await StartOthersAsync();
    }

    /// <summary>A command with a key, repeated until it is answered; the answer is kept, to be asked for again in the end.</summary>
    public async Task<JsonNode> CommandAsync(string path, JsonNode body, string key)
    {
        var at = Begin(new CrashCommand(path, body.ToJsonString(), key, null));
        var answer = await AskAsync(c => c.PostJsonAsync(path, body, key));
        lock (_gate)
        {
            _commands[at].Answer?.ShouldBe(answer.ToJsonString());
            _commands[at] = _commands[at] with { Answer = answer.ToJsonString() };
        }

        return answer;
    }

    public Task<JsonNode> ReadAsync(string path) => AskAsync(c => c.GetJsonAsync(path));

    /// <summary>Sends again what was sent, also what was never answered; what was answered has the same answer.</summary>
    public async Task RepeatAsync()
    {
        foreach (var (path, body, key, _) in Commands)
            await CommandAsync(path, JsonNode.Parse(body)!, key);
    }

    /// <summary>Waits until something holds; a node that ends meanwhile is started again.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (await LookAfterAsync() || !await holds())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"It never came to be that {what}; the last answer was: {_said}");
            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    /// <summary>All nodes end at once and are started again, undisturbed.</summary>
    public async Task RestartAsync()
    {
        await Task.WhenAll(nodes.Select(n => n.KillAsync()));
        foreach (var node in nodes)
            await node.StartAsync();
    }

    /// <summary>Notes that it is sent; the same again stays one.</summary>
    private int Begin(CrashCommand command)
    {
        lock (_gate)
        {
            var at = _commands.FindIndex(c => c.Key == command.Key);
            if (at >= 0)
                return at;

            _commands.Add(command);
            return _commands.Count - 1;
        }
    }

    private async Task<JsonNode> AskAsync(Func<HttpClient, Task<Reply>> ask)
    {
        JsonNode? answer = null;
        await UntilAsync("a request was answered with 200", async () =>
        {
            try
            {
                var reply = await ask(Client ?? nodes[_turn % nodes.Length].Client);
                reply.Status.ShouldBeOneOf(_expected, reply.Text);
                _said = reply.Text;
                answer = reply.Status == 200 ? reply.Json : null;
                return answer is not null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                _turn++;
                return false;
            }
        });
        return answer!;
    }

    /// <summary>Whether the first node had ended and was started again.</summary>
    private async Task<bool> LookAfterAsync()
    {
        if (Client is not null || !nodes[0].HasEnded)
            return false;
        if (nodes[0].Acts <= _life)
            throw new InvalidOperationException("The office ended though nothing ended it.");

        _life++;
        await ReviveAsync();
        return true;
    }

    private async Task StartOthersAsync()
    {
        foreach (var other in nodes.Skip(1).Where(n => !n.IsStarted))
            await other.StartAsync();
    }

    private async Task ReviveAsync()
    {
        // It may end before it opens: a point of the start itself.
        for (; _life <= plan.Count; _life++)
        {
            // Whatever it began, another one may be the first to go on with it.
            if (_life > 0)
                await StartOthersAsync();
            if (await nodes[0].TryStartAsync(plan.ElementAtOrDefault(_life)) is not { } complaint)
                return;
            if (_life == plan.Count || nodes[0].Acts <= _life)
                throw new InvalidOperationException($"The office did not open again: {complaint}");
        }

        throw new InvalidOperationException("The office ended though nothing ended it.");
    }
}

/// <summary>Something asked of an office.</summary>
/// <param name="Path">Where it was sent.</param>
/// <param name="Body">As JSON.</param>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Answer">Null while none was given.</param>
internal sealed record CrashCommand(string Path, string Body, string Key, string? Answer);
