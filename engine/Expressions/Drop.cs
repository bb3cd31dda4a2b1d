namespace ProductionOffice.Expressions;

/// <summary>What <c>| dropline</c> and <c>| droprow</c> give for a blank value, as content of a host value.</summary>
public enum Drop
{
    /// <summary>The paragraph of the tag is to be removed.</summary>
    Line,

    /// <summary>The table or sheet row of the tag is to be removed.</summary>
    Row,
}
