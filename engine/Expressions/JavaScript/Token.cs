namespace ProductionOffice.Expressions.JavaScript;

internal enum TokenKind : byte
{
    End,
    Name,
    Number,
    Text,

    /// <summary>Text of a template up to the next <c>${</c> or the closing sign.</summary>
    TemplatePart,
    Sign,

    /// <summary>A regular expression.</summary>
    Pattern,
}

/// <summary>A word or sign of the source, with its place.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text, double Number = 0, bool AfterLineBreak = false)
{
    /// <summary>A template part that opens the template.</summary>
    public bool IsHead { get; init; }

    /// <summary>A template part that closes the template.</summary>
    public bool IsTail { get; init; }

    /// <summary>A name written with <c>\u</c>: no word of the language.</summary>
    public bool IsEscaped { get; init; }

    public int Column => Start + 1;

    public bool Is(string sign) => Kind == TokenKind.Sign && ReferenceEquals(Text, sign) || (Kind == TokenKind.Sign && Text == sign);

    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word && !IsEscaped;
}
