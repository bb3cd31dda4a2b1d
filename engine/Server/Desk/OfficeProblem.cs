namespace ProductionOffice.Server.Desk;

/// <summary>Something a person asked for cannot be done: what, with which value, and what to do instead.</summary>
/// <remarks>Becomes problem+json, an HTML page or a line and an exit code, by who asked.</remarks>
internal sealed class OfficeProblem(int status, string code, string problem, string remedy) : Exception($"{problem} {remedy}".TrimEnd())
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Stable word for programs, for example <c>person-unknown</c>.</summary>
    public string Code { get; } = code;

    /// <summary>One sentence for people.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do; empty when nothing can be done.</summary>
    public string Remedy { get; } = remedy;

    public static OfficeProblem NotFound(string what, string id, string remedy) => new(404, "not-found", $"There is no {what} '{id}'.", remedy);

    public static OfficeProblem NotAllowed(string problem, string remedy) => new(403, "not-allowed", problem, remedy);
}
