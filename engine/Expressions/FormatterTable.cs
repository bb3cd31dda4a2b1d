using System.Collections.Frozen;
using ProductionOffice.Expressions.Formatters;

namespace ProductionOffice.Expressions;

/// <summary>Formatters by name; names ignore case. Immutable.</summary>
public sealed class FormatterTable
{
    private readonly FrozenDictionary<string, Entry> _entries;

    private FormatterTable(IEnumerable<KeyValuePair<string, Entry>> entries)
    {
        _entries = entries.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Names = [.. _entries.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The formatters of the template language that give texts, numbers, dates and lists.</summary>
    public static FormatterTable Standard { get; } = new(StandardFormatters.All());

    /// <summary>Every name, in alphabetical order.</summary>
    public IEnumerable<string> Names { get; }

    /// <summary>Whether there is a formatter of the name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>A table with one formatter more, or another of that name.</summary>
    /// <param name="name">Name in lower case.</param>
    /// <param name="formatter">What it does; must be safe on many threads.</param>
    /// <param name="takesNull">Whether it is called for null and undefined; otherwise these are passed on.</param>
    public FormatterTable With(string name, Formatter formatter, bool takesNull = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(formatter);
        return new(_entries.Where(entry => !entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Append(new(name, new(name, formatter, takesNull, 0, int.MaxValue))));
    }

    internal Entry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>A formatter with how many arguments it takes.</summary>
    internal sealed record Entry(string Name, Formatter Body, bool TakesNull, int Least, int Most)
    {
        /// <summary>Only formatters added from outside have named arguments.</summary>
        public bool TakesNames => Most == int.MaxValue;
    }
}
