using System.Collections;

namespace ProductionOffice.Expressions;

/// <summary>Named fields in the order JavaScript keeps: integer-like names first and ascending, then as they were added.</summary>
/// <remarks>Names are compared by UTF-16 unit. Not safe to change while another thread reads.</remarks>
public sealed class ObjectValue : IEnumerable<KeyValuePair<string, Value>>
{
    private const int IndexFrom = 9;

    private string[] _names = [];
    private Value[] _values = [];
    private Dictionary<string, int>? _index;
    private bool _hasIntegerNames;

    /// <summary>How many fields there are.</summary>
    public int Count { get; private set; }

    /// <summary>Names in JavaScript order.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            var order = Order();
            for (var i = 0; i < Count; i++)
                yield return _names[order is null ? i : order[i]];
        }
    }

    /// <summary>A field, undefined when it is not there.</summary>
    public Value this[string name]
    {
        get => TryGet(name, out var value) ? value : Value.Undefined;
        set => Set(name, value);
    }

    /// <summary>Looks for an own field.</summary>
    public bool TryGet(string name, out Value value)
    {
        var at = Find(name);
        value = at >= 0 ? _values[at] : default;
        return at >= 0;
    }

    /// <summary>Adds a field at the end, or changes it in its place.</summary>
    public void Set(string name, Value value)
    {
        ArgumentNullException.ThrowIfNull(name);
        var at = Find(name);
        if (at >= 0)
        {
            _values[at] = value;
            return;
        }

        if (Count == _names.Length)
        {
            var size = Count == 0 ? 4 : Count * 2;
            Array.Resize(ref _names, size);
            Array.Resize(ref _values, size);
        }

        _names[Count] = name;
        _values[Count] = value;
        _hasIntegerNames |= IsIntegerName(name, out _);
        _index?.Add(name, Count);
        Count++;
        if (_index is null && Count >= IndexFrom)
            BuildIndex();
    }

    /// <summary>Takes a field away; false when it was not there.</summary>
    public bool Remove(string name)
    {
        var at = Find(name);
        if (at < 0)
            return false;
        Count--;
        Array.Copy(_names, at + 1, _names, at, Count - at);
        Array.Copy(_values, at + 1, _values, at, Count - at);
        _names[Count] = null!;
        _values[Count] = default;
        if (_index is not null)
            BuildIndex();
        return true;
    }

    /// <summary>Walks through the fields in JavaScript order.</summary>
    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator()
    {
        var order = Order();
        for (var i = 0; i < Count; i++)
        {
            var at = order is null ? i : order[i];
            yield return new(_names[at], _values[at]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Array indexes of JavaScript: <c>0</c> to <c>4294967294</c> without leading zeros.</summary>
    internal static bool IsIntegerName(string name, out uint number)
    {
        number = 0;
        if (name.Length is 0 or > 10 || !char.IsAsciiDigit(name[0]) || (name[0] == '0' && name.Length > 1))
            return false;
        ulong sum = 0;
        foreach (var c in name)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            sum = sum * 10 + (uint)(c - '0');
        }

        number = (uint)sum;
        return sum < uint.MaxValue;
    }

    /// <summary>Field at a place of <see cref="Order"/>.</summary>
    internal KeyValuePair<string, Value> At(int place) => new(_names[place], _values[place]);

    /// <summary>Places in JavaScript order, or null when that is the order of insertion.</summary>
    internal int[]? Order()
    {
        if (!_hasIntegerNames)
            return null;
        var order = new int[Count];
        var ranks = new long[Count];
        for (var i = 0; i < Count; i++)
        {
            order[i] = i;
            ranks[i] = IsIntegerName(_names[i], out var number) ? number : (1L << 33) + i;
        }

        Array.Sort(ranks, order);
        return order;
    }

    private int Find(string name)
    {
        if (_index is not null)
            return _index.TryGetValue(name, out var at) ? at : -1;
        for (var i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_names[i], name))
                return i;
        }

        for (var i = 0; i < Count; i++)
        {
            if (_names[i] == name)
                return i;
        }

        return -1;
    }

    private void BuildIndex()
    {
        _index = new(Count, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
            _index[_names[i]] = i;
    }
}
