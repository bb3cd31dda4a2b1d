using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Import;

/// <summary>Accounts of the demo production: the office, and one for each head of department.</summary>
internal static class DemoAccounts
{
    private static readonly (string Name, string Role, string Position)[] Staff =
    [
        ("producer", OfficeRoles.Producer, "Producer"),
        ("lineproducer", OfficeRoles.LineProducer, "Line Producer"),
        ("upm", OfficeRoles.UnitProductionManager, "Unit Production Manager"),
        ("coordinator", OfficeRoles.ProductionCoordinator, "Production Coordinator"),
        ("accountant", OfficeRoles.ProductionAccountant, "Production Accountant"),
        ("locations", OfficeRoles.LocationManager, "Location Manager"),
        ("travel", OfficeRoles.TravelCoordinator, "Travel & Accommodation Coordinator"),
        ("pa", OfficeRoles.OfficePa, "Office Production Assistant"),
    ];

    public static IEnumerable<AccountRow> Of(IReadOnlyList<Person> people, IReadOnlyList<Department> departments)
    {
        foreach (var (name, role, position) in Staff)
        {
            if (people.FirstOrDefault(p => p.Role == position) is { } person)
                yield return Row(name, person, role, null);
        }

        foreach (var department in departments)
        {
            if (people.FirstOrDefault(p => p.Id == department.HeadId) is { } head)
                yield return Row("head-" + department.Id.ToLowerInvariant(), head, OfficeRoles.DepartmentHead, department.Id);
        }
    }

    private static AccountRow Row(string name, Person person, string role, string? departmentId) => new()
    {
        Name = name,
        PersonId = person.Id,
        DisplayName = person.Name,
        Roles = role,
        DepartmentId = departmentId,
        Stamp = Secrets.NewToken(),
    };
}
