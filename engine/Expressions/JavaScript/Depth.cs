using System.Runtime.CompilerServices;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Whether one may go deeper: within the limit, and while the thread has stack left, however small it was made.</summary>
internal static class Depth
{
    public static bool IsTooDeep(int depth, int most) => depth > most || !RuntimeHelpers.TryEnsureSufficientExecutionStack();
}
