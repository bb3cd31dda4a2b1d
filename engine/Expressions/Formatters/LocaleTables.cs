using System.Collections.Frozen;

namespace ProductionOffice.Expressions.Formatters;

/// <summary>What CLDR says about the nine locales.</summary>
internal static class LocaleTables
{
    private const string Space = "\u00A0";

    private static readonly string[] EnglishMonths = Words("January February March April May June July August September October November December");
    private static readonly string[] EnglishShortMonths = Words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
    private static readonly string[] EnglishDays = Words("Sunday Monday Tuesday Wednesday Thursday Friday Saturday");
    private static readonly string[] EnglishShortDays = Words("Sun Mon Tue Wed Thu Fri Sat");
    private static readonly string[] FrenchMonths = Words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre");
    private static readonly string[] FrenchDays = Words("dimanche lundi mardi mercredi jeudi vendredi samedi");
    private static readonly string[] FrenchShortDays = Words("dim. lun. mar. mer. jeu. ven. sam.");
    private static readonly string[] SpanishMonths = Words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre");
    private static readonly string[] SpanishDays = Words("domingo lunes martes miércoles jueves viernes sábado");
    private static readonly string[] SpanishShortDays = Words("dom lun mar mié jue vie sáb");

    public static Locale[] All() =>
    [
        English("en-US", "USD", "MMM d, yyyy", "h:mm a", "AM", "PM", "USD=$ EUR=€ GBP=£ CAD=CA$ MXN=MX$ AUD=A$ NZD=NZ$ JPY=¥", commaBeforeAnd: true),
        English("en-GB", "GBP", "d MMM yyyy", "HH:mm", "am", "pm", "USD=US$ EUR=€ GBP=£ CAD=CA$ MXN=MX$ AUD=A$ NZD=NZ$ JPY=JP¥"),
        English("en-CA", "CAD", "MMM d, yyyy", "h:mm a", "a.m.", "p.m.", "USD=US$ EUR=€ GBP=£ CAD=$ MXN=MX$ AUD=A$ NZD=NZ$ JPY=JP¥"),
        French("fr-CA", "CAD", "\u00A0", "HH 'h' mm", "a.m.", "p.m.", "juill.", "USD=$_US EUR=€ GBP=£ CAD=$ AUD=$_AU NZD=$_NZ JPY=¥"),
        French("fr-FR", "EUR", "\u202F", "HH:mm", "AM", "PM", "juil.", "USD=$US EUR=€ GBP=£GB CAD=$CA MXN=$MX AUD=$AU NZD=$NZ"),
        Spanish("es-ES", "EUR", ".", ",", 2, "%_", false, "H:mm", "a.\u202Fm.", "p.\u202Fm.", "sept", "USD=US$ EUR=€"),
        Spanish("es-MX", "MXN", ",", ".", 1, "%", true, "h:mm a", "a.m.", "p.m.", "sep", "MXN=$"),
        new()
        {
            Name = "de-DE", Currency = "EUR", Group = ".", Point = ",", Percent = Space + "%",
            CurrencySigns = Signs("USD=$ EUR=€ GBP=£ CAD=CA$ MXN=MX$ AUD=AU$ NZD=NZ$ JPY=¥"),
            Months = Words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
            ShortMonths = Words("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
            Days = Words("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"), ShortDays = Words("So Mo Di Mi Do Fr Sa"),
            Am = "AM", Pm = "PM", DatePattern = "dd.MM.yyyy", TimePattern = "HH:mm", And = "und", Yes = "Ja", No = "Nein",
        },
        new()
        {
            Name = "it-IT", Currency = "EUR", Group = ".", Point = ",", Percent = "%", LeastBeforeGroup = 2,
            CurrencySigns = Signs("EUR=€ GBP=£ CAD=CA$ AUD=A$ NZD=NZ$"),
            Months = Words("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
            ShortMonths = Words("gen feb mar apr mag giu lug ago set ott nov dic"),
            Days = Words("domenica lunedì martedì mercoledì giovedì venerdì sabato"), ShortDays = Words("dom lun mar mer gio ven sab"),
            Am = "AM", Pm = "PM", DatePattern = "d MMM yyyy", TimePattern = "HH:mm", And = "e", Yes = "Sì", No = "No",
        },
    ];

    private static Locale English(string name, string currency, string date, string time, string am, string pm, string signs, bool commaBeforeAnd = false) => new()
    {
        Name = name,
        Currency = currency,
        Group = ",",
        Point = ".",
        Percent = "%",
        CurrencyFirst = true,
        CurrencySigns = Signs(signs),
        Months = EnglishMonths,
        ShortMonths = name == "en-GB" ? [.. EnglishShortMonths[..8], "Sept", .. EnglishShortMonths[9..]] : EnglishShortMonths,
        Days = EnglishDays,
        ShortDays = EnglishShortDays,
        Am = am,
        Pm = pm,
        DatePattern = date,
        TimePattern = time,
        And = "and",
        CommaBeforeAnd = commaBeforeAnd,
        Yes = "Yes",
        No = "No",
    };

    private static Locale French(string name, string currency, string group, string time, string am, string pm, string july, string signs) => new()
    {
        Name = name,
        Currency = currency,
        Group = group,
        Point = ",",
        Percent = Space + "%",
        CurrencySigns = Signs(signs),
        Months = FrenchMonths,
        ShortMonths = Words($"janv. févr. mars avr. mai juin {july} août sept. oct. nov. déc."),
        Days = FrenchDays,
        ShortDays = FrenchShortDays,
        Am = am,
        Pm = pm,
        DatePattern = "d MMM yyyy",
        TimePattern = time,
        And = "et",
        Yes = "Oui",
        No = "Non",
    };

    private static Locale Spanish(string name, string currency, string group, string point, int least, string percent, bool currencyFirst, string time, string am, string pm, string september, string signs) => new()
    {
        Name = name,
        Currency = currency,
        Group = group,
        Point = point,
        LeastBeforeGroup = least,
        Percent = percent == "%" ? "%" : Space + "%",
        CurrencyFirst = currencyFirst,
        CurrencySigns = Signs(signs),
        Months = SpanishMonths,
        ShortMonths = Words($"ene feb mar abr may jun jul ago {september} oct nov dic"),
        Days = SpanishDays,
        ShortDays = SpanishShortDays,
        Am = am,
        Pm = pm,
        DatePattern = "d MMM yyyy",
        TimePattern = time,
        And = "y",
        Yes = "Sí",
        No = "No",
    };

    private static string[] Words(string words) => words.Split(' ');

    private static FrozenDictionary<string, string> Signs(string pairs) => pairs.Split(' ')
        .ToFrozenDictionary(pair => pair[..3], pair => pair[4..].Replace("_", Space, StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);
}
