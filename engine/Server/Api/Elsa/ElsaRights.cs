using ProductionOffice.Office.People;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa;

/// <summary>Who may draw and who may look.</summary>
internal static class ElsaRights
{
    /// <summary>Whether workflows may be changed; everybody else looks at them.</summary>
    public static bool MayDraw(this Caller caller) => caller.IsPlainOwner() || caller.IsAny(OfficeRoles.UnitProductionManager);

    /// <summary>Who asks, when they may change workflows.</summary>
    /// <exception cref="Desk.OfficeProblem">They may not.</exception>
    public static Caller Drawer(this HttpContext http)
    {
        var caller = http.Caller();
        caller.Need("change workflows", OfficeRoles.UnitProductionManager);
        return caller;
    }

    /// <summary>Who asks, when they may wake, cancel and push on what runs.</summary>
    /// <exception cref="Desk.OfficeProblem">They may not.</exception>
    public static Caller Runner(this HttpContext http)
    {
        var caller = http.Caller();
        caller.Need("do that to workflows that run", OfficeRoles.ProductionCoordinator, OfficeRoles.UnitProductionManager);
        return caller;
    }
}
