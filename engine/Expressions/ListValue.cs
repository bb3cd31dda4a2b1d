using System.Collections;
using System.Runtime.InteropServices;

namespace ProductionOffice.Expressions;

/// <summary>A list of values, as a JavaScript array. Not safe to change while another thread reads.</summary>
public sealed class ListValue : IReadOnlyList<Value>
{
    private readonly List<Value> _items;

    /// <summary>An empty list.</summary>
    public ListValue() => _items = [];

    /// <summary>A list of these items.</summary>
    public ListValue(IEnumerable<Value> items) => _items = [.. items];

    internal ListValue(int capacity) => _items = new(capacity);

    /// <summary>How many items there are.</summary>
    public int Count => _items.Count;

    /// <summary>The item at a 0-based place.</summary>
    public Value this[int index]
    {
        get => _items[index] is { IsHole: false } item ? item : Value.Undefined;
        set => _items[index] = value;
    }

    internal Span<Value> Span => CollectionsMarshal.AsSpan(_items);

    /// <summary>Appends an item.</summary>
    public void Add(Value item) => _items.Add(item);

    /// <summary>Walks through the items in order.</summary>
    public IEnumerator<Value> GetEnumerator()
    {
        for (var i = 0; i < _items.Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void AddRange(ReadOnlySpan<Value> items) => _items.AddRange(items);
}
