namespace ProductionOffice.Kiosk.Core;

/// <summary>A carrier's number as it is written on the form.</summary>
/// <param name="Number">Reduced to the tracking number.</param>
/// <param name="Courier">Null when pattern or check digit fit no carrier.</param>
internal sealed record Tracking(string Number, string? Courier);

/// <summary>Knows a carrier by the pattern of its number and its check digit; never by a guess.</summary>
internal static class Couriers
{
    public static Tracking Recognise(string scanned)
    {
        var code = new string([.. scanned.Where(c => c is > ' ' and < '\u007f')]).ToUpperInvariant();
        var number = Reduce(code);
        return new Tracking(number, Name(number));
    }

    private static string Reduce(string code)
    {
        if (!code.All(char.IsAsciiDigit))
            return code;

        // USPS: 420, a ZIP of 5 or 9 digits, then the number.
        if (code.StartsWith("420", StringComparison.Ordinal))
        {
            if (code.Length is 30 or 28 && IsUsps(code[8..]))
                return code[8..];
            if (code.Length is 34 or 32 && IsUsps(code[12..]))
                return code[12..];
        }

        // FedEx: the long forms end in the number.
        if (code.Length == 34 && IsFedEx12(code[^12..]))
            return code[^12..];
        if (code.Length == 22 && code.StartsWith("96", StringComparison.Ordinal) && IsMod10(code[^15..]))
            return code[^15..];
        return code;
    }

    private static string? Name(string number)
    {
        var digits = number.All(char.IsAsciiDigit);
        return number.Length switch
        {
            18 when number.StartsWith("1Z", StringComparison.Ordinal) && IsWeighted(number[2..]) => "UPS",
            12 when digits && IsFedEx12(number) => "FedEx",
            15 when digits && IsMod10(number) => "FedEx",
            20 or 22 when digits && IsUsps(number) => "USPS",
            10 when digits && long.Parse(number[..9], System.Globalization.CultureInfo.InvariantCulture) % 7 == number[9] - '0' => "DHL",
            15 when number[0] is 'C' or 'D' && number[1..].All(char.IsAsciiDigit) && IsWeighted(number) => "OnTrac",
            15 when number.StartsWith("TBA", StringComparison.Ordinal) && number[3..].All(char.IsAsciiDigit) => "Amazon",
            13 when IsPost(number) => number.EndsWith("US", StringComparison.Ordinal) ? "USPS" : "Post " + number[^2..],
            _ => null,
        };
    }

    // UPS and OnTrac: weights 1 and 2 in turn, letters by their place in the alphabet (A = 2).
    private static bool IsWeighted(string text)
    {
        if (!text.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiDigit(text[^1]))
            return false;

        var sum = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            var value = char.IsAsciiDigit(text[i]) ? text[i] - '0' : (text[i] - 'A' + 2) % 10;
            sum += i % 2 == 0 ? value : 2 * value;
        }

        return (10 - sum % 10) % 10 == text[^1] - '0';
    }

    private static bool IsFedEx12(string digits)
    {
        var sum = 0;
        for (var i = 0; i < 11; i++)
            sum += (digits[i] - '0') * (i % 3) switch { 0 => 3, 1 => 1, _ => 7 };
        return sum % 11 % 10 == digits[11] - '0';
    }

    private static bool IsUsps(string digits) => digits[0] == '9' && digits[1] is >= '1' and <= '5' && IsMod10(digits);

    // Weights 3 and 1 in turn from the right.
    private static bool IsMod10(string digits)
    {
        var sum = 0;
        for (var i = digits.Length - 2; i >= 0; i--)
            sum += (digits[i] - '0') * ((digits.Length - i) % 2 == 0 ? 3 : 1);
        return (10 - sum % 10) % 10 == digits[^1] - '0';
    }

    // The form of the postal union: two letters, eight digits, check digit, country.
    private static bool IsPost(string number)
    {
        if (!char.IsAsciiLetter(number[0]) || !char.IsAsciiLetter(number[1]) || !number[2..11].All(char.IsAsciiDigit) || !number[11..].All(char.IsAsciiLetter))
            return false;

        ReadOnlySpan<int> weights = [8, 6, 4, 2, 3, 5, 9, 7];
        var sum = 0;
        for (var i = 0; i < 8; i++)
            sum += (number[2 + i] - '0') * weights[i];
        var check = 11 - sum % 11;
        return (check == 10 ? 0 : check == 11 ? 5 : check) == number[10] - '0';
    }
}
