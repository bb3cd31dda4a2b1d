using ProductionOffice.Office.People;
using ProductionOffice.Server.Api;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>Who draws, publishes and keeps workflows: the UPM. Others see what they may start.</summary>
internal static class DesignRules
{
    public static bool MayDesign(Caller caller) => caller.IsPlainOwner() || caller.IsAny(OfficeRoles.UnitProductionManager);

    /// <summary>Who asks, when they may design.</summary>
    /// <exception cref="OfficeProblem">They may not.</exception>
    public static Caller Designer(this HttpContext context)
    {
        var caller = context.Caller();
        return MayDesign(caller) ? caller : throw OfficeProblem.NotAllowed($"{caller.Account.DisplayName} may not change workflows.", "Ask the UPM.");
    }
}
