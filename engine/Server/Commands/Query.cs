using System.Text;

namespace ProductionOffice.Server.Commands;

/// <summary>The part of an address after the question mark.</summary>
internal sealed class Query
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a parameter; null adds nothing.</summary>
    public Query Add(string name, string? value)
    {
        if (value is not null)
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Escape(value));
        return this;
    }

    public Query Add(string name, bool value) => Add(name, value ? "true" : null);

    public override string ToString() => _text.ToString();

    /// <summary>A part of a path that stays one part.</summary>
    public static string Escape(string? part) => Uri.EscapeDataString(part ?? "");
}
