using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Board.Shared;

/// <summary>What went wrong and what to do, as a page shows it.</summary>
/// <param name="Problem">One sentence.</param>
/// <param name="Remedy">What to do; empty when nothing can be done.</param>
public sealed record ProblemView(string Problem, string Remedy)
{
    internal static ProblemView Of(OfficeProblem problem) => new(problem.Problem, problem.Remedy);
}
