using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Values;

/// <summary>The nearest names to one that does not exist, as they would have to be typed.</summary>
internal static class NameSuggestions
{
    private const int MostPaths = 2000;
    private const int Deepest = 4;

    public static IReadOnlyList<string> ForPath(string wanted, TemplateScope scope) => Nearest(wanted, wanted.Contains('[', StringComparison.Ordinal) ? [.. Paths(scope), .. Beside(wanted, scope)] : Paths(scope));

    /// <summary>The other fields of the item the path leads to.</summary>
    private static IEnumerable<string> Beside(string wanted, TemplateScope scope)
    {
        var stem = wanted[..Math.Max(0, wanted.LastIndexOf('.'))];
        if (ItemPath.Read(stem) is not { } steps || !scope.TryGet((string)steps[0], out var value))
            return [];
        foreach (var step in steps.Skip(1))
        {
            value = step is int place ? value.Kind == ValueKind.List && place < value.AsList().Count ? value.AsList()[place] : Value.Undefined
                : value.Kind == ValueKind.Object ? value[(string)step] : Value.Undefined;
        }

        return value.Kind == ValueKind.Object ? value.AsObject().Keys.Select(name => stem + "." + name) : [];
    }

    /// <summary>Up to three of the candidates that could have been meant, nearest first.</summary>
    public static IReadOnlyList<string> Nearest(string wanted, IEnumerable<string> candidates)
    {
        var last = wanted[(wanted.LastIndexOf('.') + 1)..];
        var most = Math.Max(1, Math.Min(3, wanted.Length / 3));
        var near = candidates.Distinct()
            .Select(name => (Name: name, Distance: Distance(wanted, last, name, most)))
            .Where(pair => pair.Distance <= most)
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Take(3).ToList();
        // Beside a name that is nearly right, one that is far off only confuses.
        return [.. near.Where(pair => pair.Distance <= near[0].Distance + 1).Select(pair => pair.Name)];
    }

    private static double Distance(string wanted, string last, string name, int most)
    {
        var whole = Edits(wanted, name, most);
        if (whole <= most)
            return whole;
        var tail = name[(name.LastIndexOf('.') + 1)..];
        return tail.Length > 2 && tail.Equals(last, StringComparison.OrdinalIgnoreCase) ? 1 : double.MaxValue;
    }

    private static List<string> Paths(TemplateScope scope)
    {
        var paths = new List<string>();
        var misses = scope.Misses.Count;
        foreach (var name in scope.Names.ToList())
        {
            if (scope.TryGet(name, out var value))
                Add(paths, name, value, 1);
        }

        scope.Misses.RemoveRange(misses, scope.Misses.Count - misses);
        return paths;
    }

    private static void Add(List<string> paths, string path, Value value, int depth)
    {
        if (paths.Count >= MostPaths)
            return;
        paths.Add(path);
        if (value.Kind != ValueKind.Object || depth >= Deepest)
            return;
        foreach (var (name, inner) in value.AsObject())
            Add(paths, path + "." + name, inner, depth + 1);
    }

    /// <summary>Edits between two words without regard to case; two letters that changed places count as one.</summary>
    private static int Edits(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
            return int.MaxValue;
        var before = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        var next = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                next[j] = Math.Min(Math.Min(next[j - 1], row[j]) + 1, row[j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, row, next) = (row, next, before);
        }

        return row[b.Length];
    }
}
