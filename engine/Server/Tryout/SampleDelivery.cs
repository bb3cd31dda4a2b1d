using ProductionOffice.Expressions;
using ProductionOffice.Office.Deliveries;
using ProductionOffice.Office.People;
using ProductionOffice.Workflows;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Tryout;

/// <summary>A parcel as the front desk would log it, for workflows that start with one.</summary>
internal static class SampleDelivery
{
    /// <summary>Names of what can be given: <c>person</c>, <c>from</c>, <c>pieces</c>, <c>perishable</c>.</summary>
    public static Value Of(ObjectValue input, OfficeDirectory directory, DateTimeOffset now)
    {
        var person = input["person"].IsNullish ? null : directory.FindPerson(input["person"].ToString());
        var pieces = input["pieces"].Kind == ValueKind.Number ? Math.Max(1, (int)input["pieces"].AsNumber()) : 1;
        var delivery = new Delivery(
            "SAMPLE-1", null, null, input["from"].IsNullish ? null : input["from"].ToString(), person?.Id, person?.DepartmentId, person?.Name ?? "Somebody not in the directory",
            pieces, "parcel", "good", input["perishable"].IsTruthy, false, directory.Department(person?.DepartmentId)?.Shelf, null, "received", now, null, null, null, null, null);
        return OfficeValues.Fields(("delivery", OfficeValues.From(delivery)), ("person", person is null ? Value.Null : HireTerms.PersonValue(person, directory)));
    }
}
