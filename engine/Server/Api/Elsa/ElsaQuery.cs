using System.Globalization;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Api.Elsa;

/// <summary>Parameters as Elsa's clients write them: any case, lists by repetition, empty for none.</summary>
internal static class ElsaQuery
{
    private const int LargestPage = 1000;

    public static string? Text(HttpContext http, string name) => http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    public static IReadOnlyList<string> Texts(HttpContext http, string name) => [.. http.Request.Query[name].OfType<string>().Where(t => t.Length > 0)];

    public static bool? Flag(HttpContext http, string name) => Text(http, name) is not { } text ? null
        : bool.TryParse(text, out var flag) ? flag
        : throw Unreadable(name, text, "Give true or false.");

    public static int? Number(HttpContext http, string name) => Text(http, name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Unreadable(name, text, "Give a whole number.");

    /// <summary>Rows to pass over and rows to give; pages count from 0.</summary>
    public static (int Skip, int Take) Page(int? page, int? size)
    {
        var take = Math.Clamp(size ?? LargestPage, 1, LargestPage);
        return ((int)Math.Min((long)(page ?? 0) * take, int.MaxValue), take);
    }

    /// <summary>A search word as LIKE takes it.</summary>
    public static string Like(string word) => $"%{word.Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)}%";

    private static OfficeProblem Unreadable(string name, string text, string remedy) => new(400, "parameter-unreadable", $"'{text}' is no value for {name}.", remedy);
}
