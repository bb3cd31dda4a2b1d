using System.Diagnostics;
using System.Text.Json.Nodes;
using ProductionOffice.Server.Tests.Api;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>An office whose first node ends at planned points, one after the other, and is started again each time; requests are repeated until one is answered.</summary>
/// <param name="plan">Points as <c>name:hit</c>, each for one life of the first node; the lives after them are undisturbed.</param>
/// <param name="nodes">One, or several on one store.</param>
internal sealed class CrashOffice(IReadOnlyList<string> plan, params OfficeProcess[] nodes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<(string Path, string Body, string Key, string Answer)> _answered = [];
    private int _life;
    private int _turn;

    /// <summary>How many of the planned points ended it.</summary>
    public int Deaths => _life;

    public async Task OpenAsync()
    {
        await ReviveAsync();
        foreach (var other in nodes.Skip(1))
            await other.StartAsync();
    }

    /// <summary>A command with a key, repeated until it is answered; the answer is kept, to be asked for again in the end.</summary>
    public async Task<JsonNode> CommandAsync(string path, JsonNode body, string key)
    {
        var answer = await AskAsync(c => c.PostJsonAsync(path, body, key));
        _answered.Add((path, body.ToJsonString(), key, answer.ToJsonString()));
        return answer;
    }

    public Task<JsonNode> ReadAsync(string path) => AskAsync(c => c.GetJsonAsync(path));

    /// <summary>Asks again for each answer that was given: none may be forgotten, and none may be another.</summary>
    public async Task RepeatAsync()
    {
        foreach (var (path, body, key, answer) in _answered)
            (await AskAsync(c => c.PostTextAsync(path, body, key: key))).ToJsonString().ShouldBe(answer);
    }

    /// <summary>Waits until something holds; a node that ends meanwhile is started again.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (await LookAfterAsync() || !await holds())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"It never came to be that {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>All nodes end at once and are started again, undisturbed.</summary>
    public async Task RestartAsync()
    {
        await Task.WhenAll(nodes.Select(n => n.KillAsync()));
        foreach (var node in nodes)
            await node.StartAsync();
    }

    private async Task<JsonNode> AskAsync(Func<HttpClient, Task<Reply>> ask)
    {
        var said = "nothing";
        JsonNode? answer = null;
        await UntilAsync("a request was answered with 200, last: " + said, async () =>
        {
            try
            {
                var reply = await ask(nodes[_turn % nodes.Length].Client);
                // Only what says "try again" may be tried again.
                reply.Status.ShouldBeOneOf([200, 409, 503], reply.Text);
                said = reply.Text;
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
        if (!nodes[0].HasEnded)
            return false;

        _life++;
        await ReviveAsync();
        return true;
    }

    private async Task ReviveAsync()
    {
        // It may end before it opens: a point of the start itself.
        for (; _life <= plan.Count; _life++)
        {
            if (await nodes[0].TryStartAsync(plan.ElementAtOrDefault(_life)) is not { } complaint)
                return;
            if (_life == plan.Count)
                throw new InvalidOperationException($"The office did not open again: {complaint}");
        }

        throw new InvalidOperationException("The office ended though nothing ended it.");
    }
}
