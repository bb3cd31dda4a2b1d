using System.Numerics;

namespace ProductionOffice.Expressions.Text;

/// <summary>Sums of the decimal digits people see: 0.1 + 0.2 is 0.3 on paper.</summary>
internal static class Exact
{
    public static double Sum(IReadOnlyList<double> numbers)
    {
        var sum = BigInteger.Zero;
        var scale = 0;
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number) || Math.Abs(number) is > 1e30 or (> 0 and < 1e-30))
                return numbers.Sum();
            var (negative, digits, point) = NumberText.Shortest(number);
            var part = Whole(digits);
            var decimals = digits.Length - point;
            if (decimals > scale)
            {
                sum *= BigInteger.Pow(10, decimals - scale);
                scale = decimals;
            }

            part *= BigInteger.Pow(10, scale - decimals);
            sum += negative ? -part : part;
        }

        return NumberReader.Number(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sum}e-{scale}"));
    }

    private static BigInteger Whole(string digits) => BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
