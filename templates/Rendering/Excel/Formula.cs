namespace ProductionOffice.Templates.Excel;

/// <summary>A formula cut into references and the rest; parsed once, written again for every copy.</summary>
internal sealed class Formula
{
    private Formula(string text, bool takesRanges)
    {
        Source = text;
        Tokens = FormulaReader.Read(text, takesRanges);
        MayNeedArray = Tokens.Any(token => token.IsOperand);
        HasReferences = Tokens.Any(token => token.IsReference || token.IsName);
    }

    public IReadOnlyList<FormulaToken> Tokens { get; }

    public string Source { get; }

    /// <summary>Whether anything in it can be written otherwise than it stands.</summary>
    public bool HasReferences { get; }

    /// <summary>Whether it calculates with a cell that may become a range: <c>SUM(B2*C2)</c>.</summary>
    public bool MayNeedArray { get; }

    /// <param name="text">Without its equals sign.</param>
    /// <param name="takesRanges">Whether it stands where a range is wanted, so that a single cell grows with its row: the data of a chart.</param>
    public static Formula Parse(string text, bool takesRanges = false) => new(text, takesRanges);

    /// <summary>The formula as it reads some cells further: relative references shift, fixed ones do not.</summary>
    public string Shifted(int right, int down)
    {
        if ((right == 0 && down == 0) || !HasReferences)
            return Source;
        var text = new System.Text.StringBuilder();
        foreach (var token in Tokens)
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
