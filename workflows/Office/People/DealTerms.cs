using System.Globalization;

namespace ProductionOffice.Office.People;

/// <summary>What a person is engaged for: the fields of a deal memo.</summary>
/// <param name="RateType">hourly, daily, weekly or flat.</param>
/// <param name="Rate">Money per unit of <paramref name="RateType"/>, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217, for example <c>USD</c>.</param>
/// <param name="GuaranteedHoursPerDay">Hours; null when none are guaranteed.</param>
/// <param name="LoanOut">The person's company that lends them; null for an employee.</param>
/// <param name="KitRentalPerWeek">Money per week; 0 when none.</param>
/// <param name="AccountCode">Budget account that carries it.</param>
/// <param name="StartDate">First day of work.</param>
/// <param name="EndDate">Last day of work.</param>
/// <param name="BudgetRate">What the budget holds for the position; null when it holds none.</param>
/// <param name="EstimatedTotal">Money over the whole engagement; null when not estimated.</param>
/// <param name="SpecialConditions">Free words beyond the standard terms; null when none.</param>
public sealed record DealTerms(
    string RateType,
    decimal Rate,
    string Currency,
    int? GuaranteedHoursPerDay,
    string? LoanOut,
    decimal KitRentalPerWeek,
    string AccountCode,
    DateOnly StartDate,
    DateOnly EndDate,
    decimal? BudgetRate,
    decimal? EstimatedTotal,
    string? SpecialConditions = null)
{
    /// <summary>Whether somebody above the UPM has to agree: no budget for the position, or less than the rate.</summary>
    public bool IsOverBudget => BudgetRate is not { } budget || Rate > budget;

    /// <summary>The fields that differ from earlier terms, in the order of the memo.</summary>
    public IReadOnlyList<TermChange> ChangesSince(DealTerms earlier)
    {
        var changes = new List<TermChange>();
        Compare("Rate type", earlier.RateType, RateType, isMaterial: true);
        Compare("Rate", Show(earlier.Rate), Show(Rate), isMaterial: true);
        Compare("Currency", earlier.Currency, Currency, isMaterial: true);
        Compare("Guaranteed hours per day", Show(earlier.GuaranteedHoursPerDay), Show(GuaranteedHoursPerDay), isMaterial: true);
        Compare("Loan-out company", earlier.LoanOut, LoanOut, isMaterial: true);
        Compare("Kit rental per week", Show(earlier.KitRentalPerWeek), Show(KitRentalPerWeek), isMaterial: true);
        Compare("Account", earlier.AccountCode, AccountCode, isMaterial: true);
        Compare("First day of work", Show(earlier.StartDate), Show(StartDate), isMaterial: true);
        Compare("Last day of work", Show(earlier.EndDate), Show(EndDate), isMaterial: true);
        Compare("Special conditions", earlier.SpecialConditions, SpecialConditions, isMaterial: false);
        return changes;

        void Compare(string field, string? before, string? after, bool isMaterial)
        {
            if ((before ?? "") != (after ?? ""))
                changes.Add(new TermChange(field, before ?? "none", after ?? "none", isMaterial));
        }
    }

    private static string Show(decimal money) => money.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string? Show(int? hours) => hours?.ToString(CultureInfo.InvariantCulture);

    private static string Show(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>One field of a deal that was changed.</summary>
/// <param name="Field">Its name on the memo.</param>
/// <param name="Before">Value before, in words.</param>
/// <param name="After">Value after, in words.</param>
/// <param name="IsMaterial">Rate, amount, date, payee or account: approvals given before no longer stand.</param>
public sealed record TermChange(string Field, string Before, string After, bool IsMaterial);
