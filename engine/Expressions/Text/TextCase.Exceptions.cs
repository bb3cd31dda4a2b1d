namespace ProductionOffice.Expressions.Text;

internal static partial class TextCase
{
    private static readonly Dictionary<int, string> UpperExceptions = new() { ['ß'] = "SS" };
    private static readonly Dictionary<int, string> LowerExceptions = new() { ['İ'] = "i̇" };
}
