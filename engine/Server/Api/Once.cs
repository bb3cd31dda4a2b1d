using System.Security.Cryptography;
using System.Text;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary>Makes a command that is sent twice count once: the same <c>Idempotency-Key</c> gets the same answer.</summary>
internal static class Once
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    /// <summary>Answers from memory when the key is known; else does it and remembers the answer.</summary>
    /// <param name="http">The request.</param>
    /// <param name="act">Does it; is given a key for the engine, which closes the gap between doing and remembering.</param>
    /// <exception cref="OfficeProblem">The key stands for another request.</exception>
    public static async Task<IResult> AnswerAsync<T>(HttpContext http, Func<string?, Task<T>> act)
    {
        var given = http.Request.Headers[Header].ToString();
        if (given.Length == 0)
            return OfficeApi.Answer(await act(null));
        if (given.Length > LongestKey)
            throw new OfficeProblem(422, "idempotency-key-unreadable", $"The {Header} is longer than {LongestKey} characters.", "Send a shorter one, for example a random number.");

        var services = http.RequestServices;
        var store = services.GetRequiredService<WorkflowStore>();
        var caller = http.Caller();
        // A key belongs to who sent it: nobody reads another's answer with a guessed one.
        var key = $"http:{caller.ActingOwner ?? caller.Account.Name}:{caller.Account.Name}:{given}";
        var route = $"{http.Request.Method} {http.Request.Path}";
        var hash = Convert.ToHexString(SHA256.HashData(await ApiBody.BytesAsync(http)));
        if (await store.FindCommandAsync(key, http.RequestAborted) is { } known)
            return Replay(known, route, hash);

        var answer = System.Text.Json.JsonSerializer.Serialize(await act($"do:{key}"), OfficeApi.Json);
        CrashPoint.Hit("command.done");
        var command = new StoredCommand(key, route, hash, answer, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await store.WriteAsync(async context =>
        {
            // A twin of this request may have been quicker; both got the engine's one answer.
            if (await context.Commands.FindAsync([key], CancellationToken.None) is null)
                context.Commands.Add(command);
        }, CancellationToken.None);
        CrashPoint.Hit("command.kept");
        return Text(answer);
    }

    private static IResult Replay(StoredCommand known, string route, string hash) => known.Route == route && known.BodyHash == hash
        ? Text(known.Response)
        : throw new OfficeProblem(422, "idempotency-mismatch", $"This {Header} was already used for another request ({known.Route}).", "Nothing was changed. Send a new key with a new request.");

    private static IResult Text(string json) => Results.Text(json, "application/json", Encoding.UTF8);
}
