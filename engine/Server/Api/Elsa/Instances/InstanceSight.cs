using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>Who may see the values inside an instance: deal terms and what people wrote stand among them.</summary>
internal static class InstanceSight
{
    /// <summary>The office as a whole, and a head of department for their own people; of nobody in particular, the office alone.</summary>
    public static bool SeesValues(this Caller caller, string? correlationId, OfficeDirectory people) =>
        caller.SeesAll() || (Subjects.Of(correlationId, people) is { } person && caller.SeesTermsOf(person.Id, people));
}
