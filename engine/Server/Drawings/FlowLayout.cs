namespace ProductionOffice.Server.Drawings;

/// <summary>Puts the steps of a flow that nobody has drawn into columns from left to right: each right of all that lead to it, ways back apart. The same flow always gets the same places.</summary>
internal static class FlowLayout
{
    /// <summary>Column and row of each step, both from 0; no two share a place.</summary>
    public static IReadOnlyDictionary<string, (int Column, int Row)> Of(FlowMap map)
    {
        var (order, onward) = Sort(map);
        var columns = order.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);
        foreach (var id in order)
        {
            foreach (var to in onward[id])
                columns[to] = Math.Max(columns[to], columns[id] + 1);
        }

        var before = onward.SelectMany(o => o.Value, (o, to) => (From: o.Key, To: to)).ToLookup(w => w.To, w => w.From, StringComparer.Ordinal);
        var places = new Dictionary<string, (int Column, int Row)>(StringComparer.Ordinal);
        foreach (var column in map.Steps.Select((step, number) => (step.Id, Number: number)).GroupBy(s => columns[s.Id]).OrderBy(g => g.Key))
        {
            // Beside what leads there, so that few ways cross.
            var row = 0;
            foreach (var (id, level, _) in column.Select(s => (s.Id, Level: before[s.Id].Select(p => (double)places[p].Row).DefaultIfEmpty(0).Average(), s.Number)).OrderBy(s => s.Level).ThenBy(s => s.Number))
            {
                row = Math.Max(row, (int)level);
                places[id] = (column.Key, row++);
            }
        }

        return places;
    }

    /// <summary>The steps so that each comes before those it leads to, and its ways without those that lead back.</summary>
    private static (List<string> Order, Dictionary<string, List<string>> Onward) Sort(FlowMap map)
    {
        var ways = map.Ways.Where(w => w.From != w.To).ToLookup(w => w.From, w => w.To, StringComparer.Ordinal);
        var numbers = map.Steps.Select((step, number) => (step.Id, number)).ToDictionary(s => s.Id, s => s.number, StringComparer.Ordinal);
        var reached = map.Ways.Where(w => w.From != w.To).Select(w => w.To).ToHashSet(StringComparer.Ordinal);
        var onward = map.Steps.ToDictionary(s => s.Id, _ => new List<string>(), StringComparer.Ordinal);
        var (seen, open, done) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var first in map.Steps.Where(s => !reached.Contains(s.Id)).Concat(map.Steps))
        {
            if (!seen.Add(first.Id))
                continue;

            open.Add(first.Id);
            var path = new Stack<(string Id, Queue<string> Left)>([(first.Id, Next(first.Id))]);
            while (path.TryPeek(out var at))
            {
                if (!at.Left.TryDequeue(out var to))
                {
                    path.Pop();
                    open.Remove(at.Id);
                    done.Add(at.Id);
                    continue;
                }

                if (!open.Contains(to))
                    onward[at.Id].Add(to);
                if (seen.Add(to))
                {
                    open.Add(to);
                    path.Push((to, Next(to)));
                }
            }
        }

        done.Reverse();
        return (done, onward);

        // In the order of the steps: connections come back from the Studio in any order.
        Queue<string> Next(string id) => new(ways[id].Distinct().OrderBy(to => numbers[to]));
    }
}
