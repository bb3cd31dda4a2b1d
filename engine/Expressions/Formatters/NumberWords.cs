using System.Globalization;

namespace ProductionOffice.Expressions.Formatters;

/// <summary>Numbers in words, as on cheques: whole numbers below a quadrillion, hundredths as “and 50/100”.</summary>
internal static class NumberWords
{
    private static readonly string[] English = Split("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");
    private static readonly string[] EnglishTens = Split("- - twenty thirty forty fifty sixty seventy eighty ninety");
    private static readonly string[] French = Split("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf");
    private static readonly string[] FrenchTens = Split("- - vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt");
    private static readonly string[] Spanish = Split("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve");
    private static readonly string[] SpanishTens = Split("- - veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa");
    private static readonly string[] SpanishHundreds = Split("- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos");
    private static readonly string[] German = Split("null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn");
    private static readonly string[] GermanTens = Split("- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig");
    private static readonly string[] Italian = Split("zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove");
    private static readonly string[] ItalianTens = Split("- - venti trenta quaranta cinquanta sessanta settanta ottanta novanta");

    public static string Of(double number, string language, FormatterCall call)
    {
        var size = Math.Abs(number);
        if (size >= 1e15)
            throw call.Wrong("the number is too large for words");
        var whole = (long)Math.Floor(size);
        var hundredths = (int)Math.Round((size - whole) * 100);
        var (minus, and) = language switch
        {
            "fr" => ("moins", "et"),
            "es" => ("menos", "y"),
            "de" => ("minus", "und"),
            "it" => ("meno", "e"),
            _ => ("minus", "and"),
        };
        var words = Whole(whole, language);
        if (hundredths > 0)
            words += string.Create(CultureInfo.InvariantCulture, $" {and} {hundredths:00}/100");
        return number < 0 ? $"{minus} {words}" : words;
    }

    private static string Whole(long n, string language) => language switch
    {
        "fr" => InFrench(n, isLast: true),
        "es" => InSpanish(n),
        "de" => n == 1 ? "eins" : InGerman(n, isLast: true),
        "it" => InItalian(n),
        _ => InEnglish(n),
    };

    private static string InEnglish(long n) => n switch
    {
        < 20 => English[n],
        < 100 => EnglishTens[n / 10] + (n % 10 > 0 ? "-" + English[n % 10] : ""),
        < 1000 => English[n / 100] + " hundred" + Rest(n % 100, InEnglish),
        < 1_000_000 => InEnglish(n / 1000) + " thousand" + Rest(n % 1000, InEnglish),
        < 1_000_000_000 => InEnglish(n / 1_000_000) + " million" + Rest(n % 1_000_000, InEnglish),
        < 1_000_000_000_000 => InEnglish(n / 1_000_000_000) + " billion" + Rest(n % 1_000_000_000, InEnglish),
        _ => InEnglish(n / 1_000_000_000_000) + " trillion" + Rest(n % 1_000_000_000_000, InEnglish),
    };

    // cent and vingt take an s when they are multiplied and end the number.
    private static string InFrench(long n, bool isLast)
    {
        if (n < 20)
            return French[n];
        if (n < 100)
        {
            var tens = n / 10;
            var rest = tens is 7 or 9 ? n - ((tens - 1) * 10) : n % 10;
            if (rest == 0)
                return FrenchTens[tens] + (tens == 8 && isLast ? "s" : "");
            return FrenchTens[tens] + (rest is 1 or 11 && tens != 8 && tens != 9 ? " et " : "-") + French[rest];
        }

        if (n < 1000)
        {
            var hundreds = n / 100 == 1 ? "cent" : French[n / 100] + " cent" + (n % 100 == 0 && isLast ? "s" : "");
            return hundreds + Rest(n % 100, rest => InFrench(rest, isLast));
        }

        if (n < 1_000_000)
            return (n / 1000 == 1 ? "mille" : InFrench(n / 1000, isLast: false) + " mille") + Rest(n % 1000, rest => InFrench(rest, isLast));
        var (size, word) = n < 1_000_000_000 ? (1_000_000L, "million") : n < 1_000_000_000_000 ? (1_000_000_000L, "milliard") : (1_000_000_000_000L, "billion");
        return InFrench(n / size, isLast: true) + " " + word + (n / size > 1 ? "s" : "") + Rest(n % size, rest => InFrench(rest, isLast));
    }

    private static string InSpanish(long n)
    {
        if (n < 30)
            return Spanish[n];
        if (n < 100)
            return SpanishTens[n / 10] + (n % 10 > 0 ? " y " + Spanish[n % 10] : "");
        if (n < 1000)
            return n == 100 ? "cien" : SpanishHundreds[n / 100] + Rest(n % 100, InSpanish);
        if (n < 1_000_000)
            return (n / 1000 == 1 ? "mil" : Shortened(InSpanish(n / 1000)) + " mil") + Rest(n % 1000, InSpanish);
        var (size, one, many) = n < 1_000_000_000_000 ? (1_000_000L, "un millón", "millones") : (1_000_000_000_000L, "un billón", "billones");
        return (n / size == 1 ? one : Shortened(InSpanish(n / size)) + " " + many) + Rest(n % size, InSpanish);
    }

    // uno before a noun: un, veintiún.
    private static string Shortened(string words) =>
        words.EndsWith("veintiuno", StringComparison.Ordinal) ? words[..^9] + "veintiún"
        : words.EndsWith("uno", StringComparison.Ordinal) ? words[..^1]
        : words;

    private static string InGerman(long n, bool isLast)
    {
        if (n < 20)
            return n == 1 && isLast ? "eins" : German[n];
        if (n < 100)
            return (n % 10 > 0 ? German[n % 10] + "und" : "") + GermanTens[n / 10];
        if (n < 1000)
            return German[n / 100] + "hundert" + (n % 100 > 0 ? InGerman(n % 100, isLast) : "");
        if (n < 1_000_000)
            return InGerman(n / 1000, isLast: false) + "tausend" + (n % 1000 > 0 ? InGerman(n % 1000, isLast) : "");
        var (size, one, many) = n < 1_000_000_000 ? (1_000_000L, "Million", "Millionen") : n < 1_000_000_000_000 ? (1_000_000_000L, "Milliarde", "Milliarden") : (1_000_000_000_000L, "Billion", "Billionen");
        return (n / size == 1 ? "eine " + one : InGerman(n / size, isLast: false) + " " + many) + Rest(n % size, rest => InGerman(rest, isLast));
    }

    private static string InItalian(long n)
    {
        if (n < 20)
            return Italian[n];
        if (n < 100)
        {
            var tens = ItalianTens[n / 10];
            var unit = n % 10;
            if (unit is 1 or 8)
                tens = tens[..^1];
            return tens + (unit == 0 ? "" : unit == 3 ? "tré" : Italian[unit]);
        }

        if (n < 1000)
        {
            var hundreds = (n / 100 > 1 ? Italian[n / 100] : "") + "cento";
            return n % 100 == 0 ? hundreds : hundreds + InItalian(n % 100);
        }

        if (n < 1_000_000)
            return (n / 1000 == 1 ? "mille" : InItalian(n / 1000) + "mila") + (n % 1000 > 0 ? InItalian(n % 1000) : "");
        var (size, one, many) = n < 1_000_000_000 ? (1_000_000L, "un milione", "milioni") : n < 1_000_000_000_000 ? (1_000_000_000L, "un miliardo", "miliardi") : (1_000_000_000_000L, "un bilione", "bilioni");
        return (n / size == 1 ? one : InItalian(n / size) + " " + many) + Rest(n % size, InItalian);
    }

    private static string Rest(long rest, Func<long, string> words) => rest > 0 ? " " + words(rest) : "";

    private static string[] Split(string words) => words.Split(' ');
}
