using System.Runtime.CompilerServices;

namespace ProductionOffice.Expressions.JavaScript.BuiltIns.Maths;

/// <summary>The two halves of a double: sign, exponent and 20 digits of the fraction above, 32 digits below.</summary>
internal static class Bits
{
    /// <summary>The upper half without the sign: grows with the size of the number, NaN above everything.</summary>
    public const int Magnitude = 0x7fffffff;

    public const int Infinite = 0x7ff00000;

    public const int One = 0x3ff00000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int High(double x) => (int)(BitConverter.DoubleToInt64Bits(x) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Low(double x) => (int)BitConverter.DoubleToInt64Bits(x);

    public static double Make(int high, int low = 0) => BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double WithHigh(double x, int high) => Make(high, Low(x));

    /// <summary>The upper half alone: few enough digits that a product of two is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Upper(double x) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & ~0xffffffffL);

    /// <summary>2 to a whole power within the normal range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double TwoTo(int power) => Make(One + (power << 20));
}
