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

    /// <summary>A name as formulas write it; with a second name, all sheets from the first to the second.</summary>
    public static string Quote(string name, string? last = null)
    {
        if (IsPlain(name) && (last is null || IsPlain(last)))
            return last is null ? name : name + ":" + last;
        return "'" + (last is null ? name : name + ":" + last).Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '_') && CellRef.Parse(name) is not { Column: > 0, Row: > 0 } && !LooksLikeRowAndColumn(name);

    /// <summary><c>R</c>, <c>C</c>, <c>RC</c>, <c>R1C1</c>, <c>true</c>: read as something else when they are not quoted.</summary>
    private static bool LooksLikeRowAndColumn(string name)
    {
        if (name.Equals("true", StringComparison.OrdinalIgnoreCase) || name.Equals("false", StringComparison.OrdinalIgnoreCase))
            return true;
        var rest = name.AsSpan();
        if (rest[0] is 'R' or 'r')
            rest = rest[1..].TrimStart("0123456789");
        if (rest.Length > 0 && rest[0] is ('C' or 'c'))
            rest = rest[1..].TrimStart("0123456789");
        return rest.Length == 0;
    }

    private static string Cut(string name, int length)
    {
        if (name.Length <= length)
            return name;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)].TrimEnd();
    }
}
