using System.Collections.Immutable;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core;

/// <summary>A person or a department that can be found by typing.</summary>
/// <param name="PersonId">Null for a department.</param>
/// <param name="Shelf">Where the department's parcels lie by default.</param>
internal sealed record Entry(string? PersonId, string Name, string DepartmentId, string Department, string? Shelf)
{
    public bool IsDepartment => PersonId is null;

    internal string Folded { get; } = Folding.Fold(Name);
}

/// <summary>Everybody a desk knows, ready for search.</summary>
internal sealed class Roster
{
    private readonly Entry[] _entries;
    private readonly Dictionary<string, Entry> _people;
    private readonly Dictionary<string, Entry> _departments;

    public Roster(ReferenceData? data)
    {
        var shelves = (data?.Departments ?? []).ToDictionary(d => d.Id, d => d.Shelf);
        var departments = (data?.Departments ?? []).Select(d => new Entry(null, d.Name, d.Id, d.Name, d.Shelf));
        var people = (data?.People ?? []).Select(p => new Entry(p.Id, p.Name, p.DepartmentId, p.Department, shelves.GetValueOrDefault(p.DepartmentId)));
        _entries = [.. departments.Concat(people).OrderBy(e => e.Folded, StringComparer.Ordinal)];
        _people = _entries.Where(e => !e.IsDepartment).ToDictionary(e => e.PersonId!);
        _departments = _entries.Where(e => e.IsDepartment).ToDictionary(e => e.DepartmentId);
    }

    public static Roster Empty { get; } = new(null);

    public int People => _people.Count;

    public Entry? Person(string? id) => id is null ? null : _people.GetValueOrDefault(id);

    public Entry? Department(string? id) => id is null ? null : _departments.GetValueOrDefault(id);

    /// <summary>
    /// The best matches: every typed word must begin a word of the name (or, from three letters on, stand inside one).
    /// Whole name first, then departments, then the order of the alphabet.
    /// </summary>
    public ImmutableArray<Entry> Find(string query, int limit, bool departments = true)
    {
        var words = Folding.Fold(query).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || limit <= 0)
            return [];

        Span<List<Entry>?> ranks = [null, null, null, null];
        foreach (var entry in _entries)
        {
            if (entry.IsDepartment && !departments)
                continue;

            var rank = Rank(entry, words);
            if (rank >= 0 && (ranks[rank] ??= []).Count < limit)
                ranks[rank]!.Add(entry);
        }

        var found = ImmutableArray.CreateBuilder<Entry>(limit);
        foreach (var rank in ranks)
        {
            foreach (var entry in rank ?? [])
            {
                if (found.Count < limit)
                    found.Add(entry);
            }
        }

        return found.ToImmutable();
    }

    private static int Rank(Entry entry, string[] words)
    {
        var rank = 0;
        foreach (var word in words)
        {
            var at = WordBegin(entry.Folded, word);
            if (at < 0)
            {
                if (word.Length < 3 || !entry.Folded.Contains(word, StringComparison.Ordinal))
                    return -1;
                rank = 3;
            }
        }

        if (rank == 3)
            return 3;
        return entry.Folded.AsSpan().SequenceEqual(string.Join(' ', words)) ? 0 : entry.IsDepartment ? 1 : 2;
    }

    private static int WordBegin(string folded, string word)
    {
        for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(folded[at - 1]))
                return at;
        }

        return -1;
    }
}
