using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Engine.Flowcharts;

/// <summary>The connections of a flowchart as seen from one start: which close a loop, and which of those may.</summary>
/// <remarks>
/// Breadth-first from the start, a connection that would close a path of connections already taken is backward. A backward connection is
/// valid when its target lies on every way from the start to its source; that is checked by one walk that avoids the target, so it costs
/// the size of the graph and not the number of its paths.
/// </remarks>
internal sealed class FlowGraph
{
    private static readonly Connection[] NoConnections = [];
    private readonly Activity? _start;
    private readonly Dictionary<Activity, List<Connection>> _outbound = [];
    private readonly Dictionary<Activity, List<Connection>> _inbound = [];
    private readonly Dictionary<Activity, List<Connection>> _forwardOut = [];
    private readonly Dictionary<Activity, List<Connection>> _forwardIn = [];
    private readonly bool[] _forward;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Connection, bool> _valid = new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Activity, HashSet<Activity>> _ancestors = new();

    public FlowGraph(IReadOnlyList<Connection> connections, Activity? start)
    {
        _start = start;
        _forward = new bool[connections.Count];
        foreach (var connection in connections)
        {
            Add(_outbound, connection.Source, connection);
            Add(_inbound, connection.Target, connection);
        }

        if (start is not null)
            FindForward(start);
    }

    public IReadOnlyList<Connection> Outbound(Activity activity) => _outbound.TryGetValue(activity, out var list) ? list : NoConnections;

    public IReadOnlyList<Connection> Inbound(Activity activity) => _inbound.TryGetValue(activity, out var list) ? list : NoConnections;

    public IReadOnlyList<Connection> ForwardInbound(Activity activity) => _forwardIn.TryGetValue(activity, out var list) ? list : NoConnections;

    public bool IsReachable(Activity activity) => activity == _start || _forwardIn.ContainsKey(activity);

    public bool IsBackward(Connection connection) => !_forward[connection.Index];

    public bool IsValidBackward(Connection connection) => _valid.GetOrAdd(connection, c => !ReachesWithout(c.Source, c.Target));

    /// <summary>All activities from which forward connections lead here.</summary>
    public HashSet<Activity> Ancestors(Activity activity) => _ancestors.GetOrAdd(activity, start =>
    {
        var ancestors = new HashSet<Activity>();
        var left = new Stack<Activity>([start]);
        while (left.TryPop(out var at))
        {
            foreach (var connection in ForwardInbound(at))
            {
                if (ancestors.Add(connection.Source))
                    left.Push(connection.Source);
            }
        }

        return ancestors;
    });

    private static void Add(Dictionary<Activity, List<Connection>> lists, Activity key, Connection connection)
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        list.Add(connection);
    }

    private void FindForward(Activity start)
    {
        var order = new PartialOrder();
        var visited = new HashSet<Activity>();
        var queue = new Queue<Activity>([start]);
        while (queue.TryDequeue(out var source))
        {
            if (!visited.Add(source))
                continue;

            foreach (var connection in Outbound(source))
            {
                if (!order.TryAdd(source, connection.Target))
                    continue;

                _forward[connection.Index] = true;
                Add(_forwardOut, source, connection);
                Add(_forwardIn, connection.Target, connection);
                if (!visited.Contains(connection.Target))
                    queue.Enqueue(connection.Target);
            }
        }
    }

    private bool ReachesWithout(Activity goal, Activity avoided)
    {
        if (_start is null || _start == avoided)
            return false;

        var seen = new HashSet<Activity> { _start };
        var left = new Stack<Activity>([_start]);
        while (left.TryPop(out var at))
        {
            if (at == goal)
                return true;
            if (!_forwardOut.TryGetValue(at, out var next))
                continue;
            foreach (var connection in next)
            {
                if (connection.Target != avoided && seen.Add(connection.Target))
                    left.Push(connection.Target);
            }
        }

        return false;
    }

    /// <summary>Edges without a loop, kept in topological order so that a new edge is usually placed without a search (Pearce and Kelly).</summary>
    private sealed class PartialOrder
    {
        private readonly Dictionary<Activity, int> _rank = [];
        private readonly Dictionary<Activity, List<Activity>> _next = [];
        private readonly Dictionary<Activity, List<Activity>> _previous = [];

        public bool TryAdd(Activity from, Activity to)
        {
            if (from == to)
                return false;

            var low = Rank(to);
            var high = Rank(from);
            if (low < high && !TryReorder(from, to, low, high))
                return false;
            AddTo(_next, from, to);
            AddTo(_previous, to, from);
            return true;
        }

        private bool TryReorder(Activity from, Activity to, int low, int high)
        {
            var after = new List<Activity>();
            if (!Walk(to, _next, rank => rank <= high, from, after))
                return false;

            var before = new List<Activity>();
            Walk(from, _previous, rank => rank >= low, null, before);
            var moved = before.OrderBy(Rank).Concat(after.OrderBy(Rank)).ToList();
            var ranks = moved.Select(Rank).Order().ToList();
            for (var i = 0; i < moved.Count; i++)
                _rank[moved[i]] = ranks[i];
            return true;
        }

        private bool Walk(Activity start, Dictionary<Activity, List<Activity>> edges, Func<int, bool> within, Activity? forbidden, List<Activity> found)
        {
            var seen = new HashSet<Activity> { start };
            var left = new Stack<Activity>([start]);
            while (left.TryPop(out var at))
            {
                if (at == forbidden)
                    return false;
                found.Add(at);
                if (!edges.TryGetValue(at, out var list))
                    continue;
                foreach (var next in list)
                {
                    if (within(Rank(next)) && seen.Add(next))
                        left.Push(next);
                }
            }

            return true;
        }

        private int Rank(Activity activity)
        {
            if (!_rank.TryGetValue(activity, out var rank))
                _rank[activity] = rank = _rank.Count;
            return rank;
        }

        private static void AddTo(Dictionary<Activity, List<Activity>> lists, Activity key, Activity value)
        {
            if (!lists.TryGetValue(key, out var list))
                lists[key] = list = [];
            list.Add(value);
        }
    }
}
