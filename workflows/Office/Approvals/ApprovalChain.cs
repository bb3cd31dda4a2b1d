using ProductionOffice.Office.People;

namespace ProductionOffice.Office.Approvals;

/// <summary>Who decides, and that nobody decides on their own request.</summary>
public static class ApprovalChain
{
    /// <summary>The role that decides: the one asked for, or the first one above it that somebody other than the requester and the beneficiary holds.</summary>
    /// <param name="role">Role asked for.</param>
    /// <param name="excluded">Person ids that may not decide: who asked, and whom it is for.</param>
    /// <param name="directory">Who holds which role.</param>
    public static string Decider(string role, IReadOnlyCollection<string> excluded, OfficeDirectory directory)
    {
        for (var candidate = role; candidate is not null; candidate = OfficeRoles.Above(candidate))
        {
            if (directory.Holders(candidate).Any(a => MayDecide(a, excluded)))
                return candidate;
        }

        return role;
    }

    /// <summary>Whether an account is none of those who may not decide.</summary>
    public static bool MayDecide(Account account, IReadOnlyCollection<string> excluded) =>
        !excluded.Contains(account.Name) && (account.PersonId is null || !excluded.Contains(account.PersonId));
}
