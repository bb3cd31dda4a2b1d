namespace ProductionOffice.Server.Tryout.Simulating;

/// <summary>Chances that hang on what they are for, not on the order they are asked in: the same hire meets the same luck in two versions of a workflow.</summary>
internal static class Chance
{
    // Then one of ten draws is at least three times the median.
    private static readonly double Sigma = Math.Log(3) / 1.2815515655446004;

    /// <summary>Evenly between 0 and 1.</summary>
    public static double Even(int seed, int start, string what, int n)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var c in what)
                hash = (hash ^ c) * 1099511628211UL;
            foreach (var part in (ReadOnlySpan<int>)[seed, start, n])
                hash = (hash ^ (uint)part) * 1099511628211UL;
            hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
            hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
            return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>Hours around a median: often a little less, seldom much more (log-normal).</summary>
    public static double Hours(double median, int seed, int start, string what, int n)
    {
        var (u, v) = (Even(seed, start, what + "/u", n), Even(seed, start, what + "/v", n));
        var normal = Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * v);
        return Math.Min(median * Math.Exp(Sigma * normal), median * 40);
    }
}
