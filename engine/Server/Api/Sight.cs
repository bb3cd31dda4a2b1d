using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary>What a caller may see of deal terms.</summary>
internal static class Sight
{
    /// <summary>Whether the machine's owner asks for nobody in particular. The files are theirs already; who asks with <c>--as</c> sees what that account sees.</summary>
    public static bool IsPlainOwner(this Caller caller) => caller is { IsOwner: true, ActingOwner: null };

    /// <summary>Whether terms of a person may be shown; null for terms of nobody in particular.</summary>
    public static bool SeesTermsOf(this Caller caller, string? personId, OfficeDirectory directory) =>
        caller.IsPlainOwner() || caller.MaySeeRates(directory.Person(personId)?.DepartmentId);

    /// <summary>Whether the caller looks after the whole office, not only their own part.</summary>
    public static bool SeesAll(this Caller caller) => caller.IsPlainOwner() || caller.MaySeeRates(null);

    /// <exception cref="OfficeProblem">None of the roles is held.</exception>
    public static void Need(this Caller caller, string what, params ReadOnlySpan<string> roles)
    {
        if (caller.IsPlainOwner() || caller.IsAny(roles))
            return;

        var titles = new List<string>();
        foreach (var role in roles)
            titles.Add(OfficeRoles.Title(role));
        throw OfficeProblem.NotAllowed($"{caller.Account.DisplayName} may not {what}.", $"Ask the {string.Join(" or the ", titles)}.");
    }
}
