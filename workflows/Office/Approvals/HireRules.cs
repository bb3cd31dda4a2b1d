using ProductionOffice.Office.People;

namespace ProductionOffice.Office.Approvals;

/// <summary>Who may ask for people: those who may see the terms of the department and hire for it.</summary>
public static class HireRules
{
    /// <summary>Whether an account may ask to hire into a department; null asks whether into any.</summary>
    public static bool MayHire(Account account, string? departmentId) =>
        account.Is(OfficeRoles.Producer) || account.Is(OfficeRoles.LineProducer)
        || account.Is(OfficeRoles.UnitProductionManager) || account.Is(OfficeRoles.ProductionCoordinator)
        || (account.Is(OfficeRoles.DepartmentHead) && (departmentId is null || account.DepartmentId == departmentId));
}
