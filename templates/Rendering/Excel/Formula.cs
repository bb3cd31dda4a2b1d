namespace ProductionOffice.Templates.Excel;

/// <summary>A formula cut into references and the rest.</summary>
/// <remarks>Most formulas of a sheet are written once: the pieces, many times their letters, are kept only of those that are read again, for copies of a row or a second document.</remarks>
internal sealed class Formula
{
    private readonly bool _takesRanges;
    private IReadOnlyList<FormulaToken>? _tokens;
    private bool _wasRead;

    private Formula(string text, bool takesRanges)
    {
        Source = text;
        _takesRanges = takesRanges;
    }

    public IReadOnlyList<FormulaToken> Tokens
    {
        get
        {
            if (_tokens is { } kept)
                return kept;
            var tokens = FormulaReader.Read(Source, _takesRanges);
            if (_wasRead)
                _tokens = tokens;
            _wasRead = true;
            return tokens;
        }
    }

    public string Source { get; }

    /// <summary>Whether anything in the formula can be written otherwise than it stands.</summary>
    public static bool HasReferences(IReadOnlyList<FormulaToken> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.IsReference || token.IsName)
                return true;
        }

        return false;
    }

    /// <param name="text">Without its equals sign.</param>
    /// <param name="takesRanges">Whether it stands where a range is wanted, so that a single cell grows with its row: the data of a chart.</param>
    public static Formula Parse(string text, bool takesRanges = false) => new(text, takesRanges);

    /// <summary>The formula as it reads some cells further: relative references shift, fixed ones do not.</summary>
    public string Shifted(int right, int down)
    {
        if ((right == 0 && down == 0) || Tokens is not { } tokens || !HasReferences(tokens))
            return Source;
        var text = new System.Text.StringBuilder();
        foreach (var token in tokens)
        {
            if (!token.IsReference)
            {
                text.Append(token.Sheet is null ? "" : SheetNames.Quote(token.Sheet, token.LastSheet) + "!").Append(token.Text);
                continue;
            }

            var (from, to) = (token.From.Shifted(right, down), token.To.Shifted(right, down));
            if (!from.IsOnSheet || !to.IsOnSheet)
            {
                text.Append("#REF!");
                continue;
            }

            if (token.Sheet is not null)
                text.Append(SheetNames.Quote(token.Sheet, token.LastSheet)).Append('!');
            from.AppendTo(text);
            if (token.IsRange)
                to.AppendTo(text.Append(':'));
        }

        return text.ToString();
    }

    /// <summary>Whether the formula refers to another workbook: <c>[1]Sheet1!A1</c>.</summary>
    public static bool IsExternal(string text)
    {
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '[' && char.IsAsciiDigit(text[i + 1]) && (i == 0 || !(char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '_' or '[' or ']' or '#' or '@')) && text.IndexOf('!', i) > i)
                return true;
        }

        return false;
    }
}
