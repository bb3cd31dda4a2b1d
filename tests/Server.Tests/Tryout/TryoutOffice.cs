using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Tests.Security;
using ProductionOffice.Server.Tryout;

namespace ProductionOffice.Server.Tests.Tryout;

/// <summary>Try-outs in the office of the board tests.</summary>
internal static class TryoutOffice
{
    public static TryoutStep Choose(string activity, string choice, string? comment = "because") => new(TryoutStep.Answer) { ActivityId = activity, Choice = choice, Comment = comment };

    public static TryoutStep Days(int days) => new(TryoutStep.Pass) { Days = days };

    public static TryoutPlan Plan(this BoardOffice office, string person, params TryoutStep[] steps) =>
        new(new JsonObject { ["person"] = person }, "lineproducer", office.Clock.GetUtcNow(), steps);

    public static async Task<TryoutSetting> SettingAsync(this BoardOffice office, string definition = "crew-hire")
    {
        var desk = office.Services.GetRequiredService<TryoutDesk>();
        return await desk.SettingAsync((await desk.FindAsync(definition, "published", default)).Json, default);
    }

    public static async Task<TryoutRun> PlayAsync(this BoardOffice office, TryoutPlan plan) => await TryoutRun.PlayAsync(await office.SettingAsync(), plan, null, default);

    /// <summary>The timeline in plain words.</summary>
    public static IEnumerable<string> Timeline(this TryoutRun run) => run.Stage.Journal.Where(j => j.InstanceId == run.InstanceId && j.Message is not null).Select(j => $"{j.Message} ({j.Why}) [{j.Who}]");

    /// <summary>All a run comes to: what happened, the files byte for byte, who was told what, who is asked what.</summary>
    public static async Task<string> FingerprintAsync(this TryoutRun run) => string.Join('\n',
        run.Timeline()
            .Concat(run.Stage.Effects.Documents.Select(d => $"{d.Name} {d.State} {d.Sha256}"))
            .Concat(run.Stage.Effects.Messages.Select(m => $"{m.At:O} {m.Recipients}: {m.Subject} {m.Body}"))
            .Concat((await run.WaitsAsync()).Select(w => $"{w.Holder}: {w.Title} {w.Due:O}"))
            .Concat((await run.DeadlinesAsync()).Select(d => $"{d.At:O} {d.What}"))
            .Append(run.Stage.Now.ToString("O")));
}
