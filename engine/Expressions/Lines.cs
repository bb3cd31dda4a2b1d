namespace ProductionOffice.Expressions;

/// <summary>What <c>| lines</c> gives: texts that become a paragraph each, as content of a host value.</summary>
/// <param name="Texts">The texts in order.</param>
public sealed record Lines(IReadOnlyList<string> Texts)
{
    /// <summary>The texts with line breaks between them.</summary>
    public override string ToString() => string.Join('\n', Texts);
}
