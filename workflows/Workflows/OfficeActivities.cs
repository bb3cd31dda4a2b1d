using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Workflows;

/// <summary>The activities an office's workflows are made of: Elsa's and ours.</summary>
public static class OfficeActivities
{
    /// <summary>A registry of all of them.</summary>
    public static ActivityRegistry Registry() => ActivityRegistry.Standard.With(
        typeof(Requests.TakeRequest),
        typeof(Hiring.HireRequest),
        typeof(Hiring.ReviseTerms),
        typeof(Hiring.AllowWithdrawal),
        typeof(Hiring.Countersign),
        typeof(Hiring.WaitForArrival),
        typeof(Approvals.RequestApproval),
        typeof(Documents.GenerateDocument),
        typeof(Documents.WaitForSignature),
        typeof(Paperwork.UpdatePaperwork),
        typeof(Notices.Notify),
        typeof(Deliveries.DeliveryLoggedTrigger),
        typeof(Deliveries.WaitForPickup));
}
