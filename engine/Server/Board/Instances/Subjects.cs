using ProductionOffice.Office.People;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Instances;

/// <summary>Whom a workflow is about, from what events find it by, for example <c>hire:C041:P01</c>.</summary>
internal static class Subjects
{
    public static Person? Of(string? correlationId, OfficeDirectory people)
    {
        foreach (var part in correlationId?.Split(':') ?? [])
        {
            if (people.Person(part) is { } person)
                return person;
        }

        return null;
    }

    /// <summary>Whether a viewer may read what people wrote about it: reasons and messages of a hire speak of money.</summary>
    public static bool MayRead(Caller caller, string? correlationId, OfficeDirectory people) =>
        Of(correlationId, people) is not { } person ? correlationId?.StartsWith("hire:", StringComparison.Ordinal) != true || caller.MaySeeRates(null) : caller.MaySeeRates(person.DepartmentId);
}
