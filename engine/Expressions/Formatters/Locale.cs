using System.Collections.Frozen;

namespace ProductionOffice.Expressions.Formatters;

/// <summary>How a country writes numbers, money, dates and lists; built in, so that output does not depend on the machine.</summary>
/// <remarks>Source: Unicode CLDR 44, numbers and dates of the nine locales.</remarks>
internal sealed class Locale
{
    private static readonly FrozenDictionary<string, Locale> All = LocaleTables.All().ToFrozenDictionary(locale => locale.Name, StringComparer.OrdinalIgnoreCase);

    public required string Name { get; init; }

    public required string Group { get; init; }

    public required string Point { get; init; }

    /// <summary>Digits before the first group sign: 2 where 1234 is written without.</summary>
    public int LeastBeforeGroup { get; init; } = 1;

    public required string Percent { get; init; }

    public required string Currency { get; init; }

    /// <summary>Whether the currency stands before the number, without space after a sign.</summary>
    public bool CurrencyFirst { get; init; }

    /// <summary>Signs of currencies; others are written as their code.</summary>
    public required FrozenDictionary<string, string> CurrencySigns { get; init; }

    public required string[] Months { get; init; }

    public required string[] ShortMonths { get; init; }

    public required string[] Days { get; init; }

    public required string[] ShortDays { get; init; }

    public required string Am { get; init; }

    public required string Pm { get; init; }

    public required string DatePattern { get; init; }

    public required string TimePattern { get; init; }

    public required string And { get; init; }

    /// <summary>Comma before the last word of a list of three or more.</summary>
    public bool CommaBeforeAnd { get; init; }

    public required string Yes { get; init; }

    public required string No { get; init; }

    public string Language => Name[..2];

    /// <summary>The table of a locale; an unknown one takes another of its language, else en-US.</summary>
    public static Locale Of(string name)
    {
        if (All.TryGetValue(name, out var found))
            return found;
        var language = name.Length >= 2 ? name[..2].ToLowerInvariant() : "";
        return language switch
        {
            "fr" => All["fr-FR"],
            "es" => All["es-ES"],
            "de" => All["de-DE"],
            "it" => All["it-IT"],
            "en" when name.Length > 2 => All["en-GB"],
            _ => All["en-US"],
        };
    }
}
