using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>Who may start what: a hire asks for terms, so it is for those who may see terms of that department and ask for people.</summary>
internal static class StartRules
{
    /// <summary>Whether a caller may ask to hire into a department; null asks whether into any.</summary>
    public static bool MayHire(Caller caller, string? departmentId) => HireRules.MayHire(caller.Account, departmentId);

    /// <summary>Whether a caller may start a workflow from the board.</summary>
    public static bool MayStart(Caller caller, StartForm form) => form.AsksForTerms
        ? MayHire(caller, null)
        : !caller.IsAny(OfficeRoles.OfficePa) && caller.Account.Roles.Count > 0;
}
