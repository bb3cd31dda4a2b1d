using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Values;

/// <summary>The names a tag sees: loop variables and named values, innermost first, then the data.</summary>
internal sealed class TemplateScope(Value data) : IScope
{
    private Entry[] _entries = new Entry[16];
    private int _count;

    /// <summary>Names that were asked for and are not there, since it was last cleared.</summary>
    public List<string> Misses { get; } = [];

    public int Depth => _count;

    public IEnumerable<string> Names
    {
        get
        {
            for (var i = _count - 1; i >= 0; i--)
                yield return _entries[i].Name;
            if (data.Kind == ValueKind.Object)
            {
                foreach (var name in data.AsObject().Keys)
                    yield return name;
            }
        }
    }

    public void Push(string name, Value value)
    {
        Grow();
        _entries[_count++] = new Entry { Name = name, Value = value };
    }

    /// <summary>Opens a loop: its counters under the name <c>loop</c>.</summary>
    public LoopCounter PushLoop(int count)
    {
        Grow();
        var outer = FindLoop();
        var loop = new LoopCounter(count, outer);
        _entries[_count++] = new Entry { Name = "loop", Loop = loop };
        return loop;
    }

    public void PushLoop(LoopCounter loop)
    {
        Grow();
        _entries[_count++] = new Entry { Name = "loop", Loop = loop };
    }

    public LoopCounter? FindLoop()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_entries[i].Loop is { } loop)
                return loop;
        }

        return null;
    }

    public void Set(int place, Value value) => _entries[place].Value = value;

    public void Release(int depth) => _count = depth;

    /// <summary>The entries above a depth, to be pushed again later (a row is written after the sheet was planned).</summary>
    public Entry[] Copy() => _entries[.._count];

    public void Restore(Entry[] entries)
    {
        while (_entries.Length < entries.Length + 8)
            Array.Resize(ref _entries, _entries.Length * 2);
        entries.CopyTo(_entries, 0);
        _count = entries.Length;
    }

    public bool TryGet(string name, out Value value)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            ref var entry = ref _entries[i];
            if (entry.Name == name)
            {
                value = entry.Loop?.Value ?? entry.Value;
                return true;
            }
        }

        if (data.Kind == ValueKind.Object && data.AsObject().TryGet(name, out value))
            return true;
        value = default;
        Misses.Add(name);
        return false;
    }

    private void Grow()
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
    }

    internal struct Entry
    {
        public string Name;
        public Value Value;
        public LoopCounter? Loop;
    }
}

/// <summary>What <c>loop</c> tells; its object is made only when somebody asks.</summary>
internal sealed class LoopCounter(int count, LoopCounter? parent)
{
    private ObjectValue? _object;

    public int Index { get; private set; }

    public int Count => count;

    public Value Value
    {
        get
        {
            if (_object is null)
            {
                _object = new ObjectValue();
                _object.Set("index", Expressions.Value.From(Index));
                _object.Set("number", Expressions.Value.From(Index + 1));
                _object.Set("count", Expressions.Value.From(count));
                _object.Set("first", Expressions.Value.From(Index == 0));
                _object.Set("last", Expressions.Value.From(Index == count - 1));
                _object.Set("parent", parent?.Value ?? Expressions.Value.Null);
            }

            return Expressions.Value.From(_object);
        }
    }

    public void MoveTo(int index)
    {
        Index = index;
        _object = null;
    }

    public LoopCounter At(int index)
    {
        var copy = new LoopCounter(count, parent);
        copy.MoveTo(index);
        return copy;
    }
}
