using System.Globalization;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>What befalls one life of a process: at the hit-th time that a point is reached it is killed, fails or hangs.</summary>
/// <param name="Point">Name of a crash point.</param>
/// <param name="Hit">From 1, counted from the start of that process.</param>
/// <param name="Action"><see cref="Kill"/>, <see cref="Throw"/> or <see cref="Hang"/>.</param>
internal sealed record CrashStep(string Point, int Hit, string Action = CrashStep.Kill)
{
    public const string Kill = "kill";
    public const string Throw = "throw";
    public const string Hang = "hang";

    /// <summary>Reads <c>name:hit</c> or <c>name:hit:action</c>, several with commas between.</summary>
    public static List<CrashStep> ReadPlan(string text) => [.. text.Split(',').Select(step => step.Split(':'))
        .Select(parts => new CrashStep(parts[0], int.Parse(parts.ElementAtOrDefault(1) ?? "1", CultureInfo.InvariantCulture), parts.ElementAtOrDefault(2) ?? Kill))];

    public static string WritePlan(IEnumerable<CrashStep> plan) => string.Join(',', plan);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Point}:{Hit}{(Action == Kill ? "" : ":" + Action)}");
}
