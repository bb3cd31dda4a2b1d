using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace ProductionOffice.Server.Board.Shared;

/// <summary>Filters in an address: read with defaults, written back without empty ones.</summary>
internal static class Query
{
    public static string Text(this IQueryCollection query, string name) => query[name].ToString().Trim();

    public static bool Flag(this IQueryCollection query, string name) => query[name].ToString() is "1" or "on" or "true";

    public static int? Number(this IQueryCollection query, string name) =>
        int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10_000 ? number : null;

    /// <summary>A path with the filters that are set.</summary>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> filters)
    {
        var builder = new QueryBuilder();
        foreach (var (name, value) in filters)
        {
            if (!string.IsNullOrEmpty(value))
                builder.Add(name, value);
        }

        return path + builder.ToQueryString();
    }
}
