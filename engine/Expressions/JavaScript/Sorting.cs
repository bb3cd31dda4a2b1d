namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Stable sort that asks its comparer in the order V8 does for short lists, so that even careless comparers agree.</summary>
internal static class Sorting
{
    /// <summary>Sorts in place and gives the array back; NaN from the comparer counts as 0.</summary>
    public static T[] Sort<T>(T[] items, Func<T, T, double> compare)
    {
        if (items.Length < 2)
            return items;
        var minimum = MinimumRun(items.Length);
        var runs = new List<(int Start, int Length)>();
        var buffer = new T[items.Length];
        for (var low = 0; low < items.Length;)
        {
            var length = CountRun(items, low, compare);
            var forced = Math.Min(minimum, items.Length - low);
            if (length < forced)
            {
                InsertBinary(items, low, low + length, low + forced, compare);
                length = forced;
            }

            runs.Add((low, length));
            Collapse(items, buffer, runs, compare);
            low += length;
        }

        while (runs.Count > 1)
        {
            var n = runs.Count - 2;
            if (n > 0 && runs[n - 1].Length < runs[n + 1].Length)
                n--;
            MergeAt(items, buffer, runs, n, compare);
        }

        return items;
    }

    private static int MinimumRun(int n)
    {
        var rest = 0;
        while (n >= 64)
        {
            rest |= n & 1;
            n >>= 1;
        }

        return n + rest;
    }

    private static int CountRun<T>(T[] items, int low, Func<T, T, double> compare)
    {
        var at = low + 1;
        if (at == items.Length)
            return 1;
        var descending = compare(items[at], items[low]) < 0;
        for (at++; at < items.Length; at++)
        {
            if (compare(items[at], items[at - 1]) < 0 != descending)
                break;
        }

        if (descending)
            Array.Reverse(items, low, at - low);
        return at - low;
    }

    private static void InsertBinary<T>(T[] items, int low, int start, int high, Func<T, T, double> compare)
    {
        for (var next = start; next < high; next++)
        {
            int left = low, right = next;
            var pivot = items[next];
            while (left < right)
            {
                var middle = left + ((right - left) >> 1);
                if (compare(pivot, items[middle]) < 0)
                    right = middle;
                else
                    left = middle + 1;
            }

            Array.Copy(items, left, items, left + 1, next - left);
            items[left] = pivot;
        }
    }

    private static void Collapse<T>(T[] items, T[] buffer, List<(int Start, int Length)> runs, Func<T, T, double> compare)
    {
        while (runs.Count > 1)
        {
            var n = runs.Count - 2;
            if ((n > 0 && runs[n - 1].Length <= runs[n].Length + runs[n + 1].Length)
                || (n > 1 && runs[n - 2].Length <= runs[n - 1].Length + runs[n].Length))
            {
                if (runs[n - 1].Length < runs[n + 1].Length)
                    n--;
            }
            else if (runs[n].Length > runs[n + 1].Length)
            {
                return;
            }

            MergeAt(items, buffer, runs, n, compare);
        }
    }

    private static void MergeAt<T>(T[] items, T[] buffer, List<(int Start, int Length)> runs, int n, Func<T, T, double> compare)
    {
        var (start, left) = runs[n];
        var right = runs[n + 1].Length;
        runs[n] = (start, left + right);
        runs.RemoveAt(n + 1);
        Array.Copy(items, start, buffer, start, left + right);
        int a = start, b = start + left, end = start + left + right;
        var middle = b;
        for (var to = start; to < end; to++)
        {
            var takeRight = a == middle || (b < end && compare(buffer[b], buffer[a]) < 0);
            items[to] = takeRight ? buffer[b++] : buffer[a++];
        }
    }
}
