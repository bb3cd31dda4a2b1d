namespace ProductionOffice.Templates.Excel;

/// <summary>Legal and unique names of sheets.</summary>
internal static class SheetNames
{
    private const int Longest = 31;

    public static string Legal(string name, HashSet<string> taken)
    {
        var legal = new string([.. name.Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' ? '-' : char.IsControl(c) ? ' ' : c)]).Trim().Trim('\'');
        if (legal.Length == 0)
            legal = "Sheet";
        legal = Cut(legal, Longest);
        var unique = legal;
        for (var number = 2; !taken.Add(unique); number++)
        {
            var suffix = $" ({number.ToString(System.Globalization.CultureInfo.InvariantCulture)})";
            unique = Cut(legal, Longest - suffix.Length) + suffix;
        }

        return unique;
    }

    public static string Quote(string name)
    {
        var plain = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '_') && CellRef.Parse(name) is not { Column: > 0, Row: > 0 };
        return plain ? name : "'" + name.Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    private static string Cut(string name, int length) => name.Length <= length ? name : name[..length].TrimEnd();
}
