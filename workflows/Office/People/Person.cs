namespace ProductionOffice.Office.People;

/// <summary>A crew or cast member of the show.</summary>
/// <param name="Id">Stable id, for example <c>C041</c> (crew) or <c>A01</c> (cast).</param>
/// <param name="Name">Full name, given name first, as it prints on paperwork.</param>
/// <param name="Role">Position, or the character for cast.</param>
/// <param name="DepartmentId">Department, or <c>CAST</c>.</param>
/// <param name="Union">Union or local; <c>NON</c> for non-union.</param>
/// <param name="Phone">As it prints; empty when unknown.</param>
/// <param name="Email">Empty when unknown.</param>
/// <param name="IsDistantHire">Travels and is housed at the show's cost.</param>
/// <param name="Deal">Last known terms; null before a first deal.</param>
/// <param name="CastNumber">Fixed number on the call sheet; null for crew.</param>
/// <param name="Agency">Agent as printed on the crew list; null when none.</param>
/// <param name="AgentPhone">Agent's phone; null when none.</param>
public sealed record Person(
    string Id,
    string Name,
    string Role,
    string DepartmentId,
    string Union,
    string Phone,
    string Email,
    bool IsDistantHire,
    DealTerms? Deal,
    int? CastNumber = null,
    string? Agency = null,
    string? AgentPhone = null)
{
    /// <summary>Family name first, for lists.</summary>
    public string SortName => Name.LastIndexOf(' ') is var cut and > 0 ? $"{Name[(cut + 1)..]}, {Name[..cut]}" : Name;
}
