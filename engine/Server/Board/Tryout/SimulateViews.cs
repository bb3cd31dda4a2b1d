using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>Many runs at once: what is assumed, and what comes out.</summary>
/// <param name="Basics">How many, when, which hours.</param>
/// <param name="Paces">How fast each role answers.</param>
/// <param name="Decisions">How often each outcome is chosen.</param>
/// <param name="Result">Null until it was run.</param>
/// <param name="CsvAddress">The same as a table; null until it was run.</param>
public sealed record SimulateView(
    TriedWorkflow Workflow, IReadOnlyList<FieldView> Basics, IReadOnlyList<PaceView> Paces, IReadOnlyList<DecisionView> Decisions,
    SimulatedView? Result, string? CsvAddress, ProblemView? Problem);

/// <summary>How fast a role answers.</summary>
public sealed record PaceView(string Key, string Name, string Hours, string MostADay);

/// <summary>How often each outcome of a step is chosen; the first gets what is left.</summary>
public sealed record DecisionView(string ActivityId, string Name, string Who, string First, IReadOnlyList<ShareView> Others);

/// <summary>One outcome.</summary>
public sealed record ShareView(string Name, string Outcome, string Percent);

/// <summary>What came out, in words.</summary>
/// <param name="Summary">The answer in a sentence or two.</param>
public sealed record SimulatedView(
    string Summary, IReadOnlyList<CountView> Counts, IReadOnlyList<StepLine> Steps, IReadOnlyList<RoleLine> Roles, IReadOnlyList<WeekLine> Weeks, IReadOnlyList<ProblemView> Troubles, IReadOnlyList<string> Assumptions);

/// <summary>A number with what it counts.</summary>
public sealed record CountView(string Number, string What, bool IsLate);

/// <summary>Waiting at a step.</summary>
public sealed record StepLine(string Name, string Who, int Count, string Median, string P90, double Share, int Late);

/// <summary>Waiting for a role.</summary>
/// <param name="Queue">Open at the end of each day.</param>
public sealed record RoleLine(string Name, int Count, string Median, string P90, double Share, int Longest, IReadOnlyList<int> Queue, DateOnly FirstDay);

/// <summary>A week.</summary>
public sealed record WeekLine(DateOnly Monday, int Started, int Finished, int Open, int Late);
