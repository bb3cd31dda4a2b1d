using System.Globalization;

namespace ProductionOffice.Office.People;

/// <summary>A snapshot of who is who on the show; never changes, so a burst may read it.</summary>
/// <param name="production">The show; null before anything was imported.</param>
/// <param name="departments">All departments in list order.</param>
/// <param name="people">Crew and cast.</param>
/// <param name="accounts">Who may sign in.</param>
/// <param name="budget">Budget accounts.</param>
public sealed class OfficeDirectory(
    Production? production,
    IReadOnlyList<Department> departments,
    IReadOnlyList<Person> people,
    IReadOnlyList<Account> accounts,
    IReadOnlyList<BudgetAccount> budget)
{
    private readonly Dictionary<string, Person> _people = people.ToDictionary(p => p.Id, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Department> _departments = departments.ToDictionary(d => d.Id, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Account> _accounts = accounts.ToDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A directory of nobody.</summary>
    public static OfficeDirectory Empty { get; } = new(null, [], [], [], []);

    /// <summary>The show; null before anything was imported.</summary>
    public Production? Production => production;

    /// <summary>All departments in list order.</summary>
    public IReadOnlyList<Department> Departments => departments;

    /// <summary>Crew and cast.</summary>
    public IReadOnlyList<Person> People => people;

    /// <summary>Who may sign in.</summary>
    public IReadOnlyList<Account> Accounts => accounts;

    /// <summary>Budget accounts.</summary>
    public IReadOnlyList<BudgetAccount> Budget => budget;

    /// <summary>Days on which the office is closed beside weekends, in order.</summary>
    public IReadOnlyList<DayOff> DaysOff { get; init; } = [];

    /// <summary>A person by id, case ignored; null when unknown.</summary>
    public Person? Person(string? id) => id is null ? null : _people.GetValueOrDefault(id);

    /// <summary>A department by id, case ignored; null when unknown.</summary>
    public Department? Department(string? id) => id is null ? null : _departments.GetValueOrDefault(id);

    /// <summary>An account by name, case ignored; null when unknown.</summary>
    public Account? Account(string? name) => name is null ? null : _accounts.GetValueOrDefault(name);

    /// <summary>Accounts that hold a role.</summary>
    public IEnumerable<Account> Holders(string role) => accounts.Where(a => a.Is(role));

    /// <summary>A department by id or name, case ignored; null when unknown.</summary>
    public Department? FindDepartment(string text) =>
        Department(text) ?? departments.FirstOrDefault(d => string.Equals(d.Name, text, StringComparison.OrdinalIgnoreCase));

    /// <summary>A person by id, or by full name when only one has it; null when unknown or not clear.</summary>
    public Person? FindPerson(string text)
    {
        if (Person(text) is { } byId)
            return byId;

        var named = people.Where(p => string.Equals(p.Name, text, StringComparison.OrdinalIgnoreCase) || string.Equals(p.SortName, text, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return named is [var only] ? only : null;
    }

    /// <summary>Up to three people whose id or name is near a text that nobody has.</summary>
    public IReadOnlyList<Person> NearestPeople(string text) => people
        .Select(p => (Person: p, Distance: Math.Min(Distance(p.Id, text), Distance(p.Name, text))))
        .Where(p => p.Distance <= Math.Max(2, text.Length / 2))
        .OrderBy(p => p.Distance).ThenBy(p => p.Person.Id, StringComparer.Ordinal)
        .Take(3).Select(p => p.Person).ToList();

    /// <summary>The next free crew id after the highest in use.</summary>
    public string NextPersonId()
    {
        var highest = people.Select(p => p.Id)
            .Where(id => id.StartsWith('C') && int.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(id => int.Parse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0).Max();
        return string.Create(CultureInfo.InvariantCulture, $"C{highest + 1:000}");
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + cost));
            }
        }

        return row[b.Length];
    }
}
