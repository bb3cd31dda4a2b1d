using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>A condition on rows: <c>field=value</c>, <c>field!=value</c>, <c>field~part</c>, joined with <c>and</c>; case is ignored.</summary>
internal sealed class RowFilter
{
    private readonly List<(string Field, string Operator, string Value)> _terms = [];

    public IEnumerable<string> Fields => _terms.Select(t => t.Field);

    /// <exception cref="CommandFailure">It is no such condition.</exception>
    public static RowFilter Parse(string text)
    {
        var filter = new RowFilter();
        foreach (var term in text.Split(" and ", StringSplitOptions.TrimEntries))
        {
            var at = term.IndexOfAny(['=', '~', '!']);
            var sign = at > 0 && term[at] == '!' ? at + 1 < term.Length && term[at + 1] == '=' ? "!=" : "" : at > 0 ? term[at].ToString() : "";
            if (sign.Length == 0)
                throw CommandFailure.Usage($"'{term}' of --filter is not a condition.", "Write field=value, field!=value or field~part, for example --filter 'department=Camera and isLate=yes'.");
            filter._terms.Add((term[..at].Trim(), sign, term[(at + sign.Length)..].Trim().Trim('"', '\'')));
        }

        return filter;
    }

    public bool Matches(JsonObject row) => _terms.All(t =>
    {
        var text = PlainText.Of(row[t.Field]);
        return t.Operator switch
        {
            "=" => IsSame(text, t.Value),
            "!=" => !IsSame(text, t.Value),
            _ => text.Contains(t.Value, StringComparison.OrdinalIgnoreCase),
        };
    });

    private static bool IsSame(string text, string value) =>
        string.Equals(text, value, StringComparison.OrdinalIgnoreCase)
        || (text, value.ToLowerInvariant()) is ("yes", "true") or ("no", "false");
}
