namespace ProductionOffice.Expressions.Text;

/// <summary>Names that may have been meant.</summary>
public static class Nearest
{
    /// <summary>Up to three names within a small edit distance, the nearest first; case does not count.</summary>
    public static IReadOnlyList<string> To(string wrong, IEnumerable<string> names, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        ArgumentNullException.ThrowIfNull(names);
        if (wrong.Length > 100)
            return [];
        var allowed = Math.Max(1, wrong.Length / 3);
        return [.. names
            .Distinct()
            .Where(name => Math.Abs(name.Length - wrong.Length) <= allowed)
            .Select(name => (Name: name, Distance: Distance(wrong, name)))
            .Where(found => found.Distance <= allowed)
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Name, StringComparer.Ordinal)
            .Take(count)
            .Select(found => found.Name)];
    }

    /// <summary>Edit distance where two swapped neighbours count as one change.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var same = Fold(left[i - 1]) == Fold(right[j - 1]);
                var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Fold(left[i - 1]) == Fold(right[j - 2]) && Fold(left[i - 2]) == Fold(right[j - 1]))
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }

        return rows[left.Length, right.Length];
    }

    private static char Fold(char c) => char.ToLowerInvariant(c);
}
