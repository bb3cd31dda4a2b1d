using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.Formatters;

/// <summary>Numbers by the digits JavaScript prints, rounded half away from zero on those digits.</summary>
internal static class DecimalText
{
    /// <summary>Whole and fraction digits of |number| × 10^shift with at most so many decimals; the fraction is not padded.</summary>
    public static (bool Negative, string Whole, string Fraction) Round(double number, int decimals, int shift = 0)
    {
        var (negative, digits, point) = NumberText.Shortest(number);
        point += shift;
        if (digits == "0")
            return (false, "0", "");
        var kept = point + decimals;
        if (kept < 0)
            return (false, "0", "");
        if (kept < digits.Length)
        {
            var up = digits[kept] >= '5';
            digits = digits[..kept];
            if (up && AddOne(ref digits))
                point++;
        }

        digits = digits.TrimEnd('0');
        var whole = point <= 0 ? "0" : digits.Length >= point ? digits[..point] : digits.PadRight(point, '0');
        var fraction = point <= 0 ? new string('0', digits.Length == 0 ? 0 : -point) + digits : digits.Length > point ? digits[point..] : "";
        if (whole.Length == 0)
            whole = "0";
        return (negative && (whole != "0" || fraction.Length > 0), whole, fraction);
    }

    /// <summary>The rounded number itself.</summary>
    public static double Rounded(double number, int decimals)
    {
        if (!double.IsFinite(number))
            return number;
        var (negative, whole, fraction) = Round(number, decimals);
        return NumberReader.Number((negative ? "-" : "") + whole + "." + fraction);
    }

    /// <summary>With group and decimal signs; without the minus.</summary>
    public static string Show(Locale locale, string whole, string fraction)
    {
        if (whole.Length >= 3 + locale.LeastBeforeGroup)
        {
            for (var at = whole.Length - 3; at > 0; at -= 3)
                whole = whole.Insert(at, locale.Group);
        }

        return fraction.Length > 0 ? whole + locale.Point + fraction : whole;
    }

    // True when a digit came in front: 99 gives 100.
    private static bool AddOne(ref string digits)
    {
        var signs = digits.ToCharArray();
        for (var i = signs.Length - 1; i >= 0; i--)
        {
            if (signs[i] != '9')
            {
                signs[i]++;
                digits = new string(signs);
                return false;
            }

            signs[i] = '0';
        }

        digits = "1" + new string(signs);
        return true;
    }
}
