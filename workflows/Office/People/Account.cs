namespace ProductionOffice.Office.People;

/// <summary>Somebody who signs in.</summary>
/// <param name="Name">What they sign in with, lower case.</param>
/// <param name="PersonId">Who they are in the directory; null for an account of the machine's owner.</param>
/// <param name="DisplayName">Name shown beside what they did.</param>
/// <param name="Roles">Keys of <see cref="OfficeRoles"/>.</param>
/// <param name="DepartmentId">The department a department head speaks for; null for others.</param>
public sealed record Account(string Name, string? PersonId, string DisplayName, IReadOnlyList<string> Roles, string? DepartmentId)
{
    /// <summary>Whether the account has a role.</summary>
    public bool Is(string role) => Roles.Contains(role);
}

/// <summary>Role keys of the trade and what they may see.</summary>
public static class OfficeRoles
{
    /// <summary>Producer.</summary>
    public const string Producer = "producer";

    /// <summary>Line producer.</summary>
    public const string LineProducer = "lineProducer";

    /// <summary>Unit production manager.</summary>
    public const string UnitProductionManager = "unitProductionManager";

    /// <summary>Production office coordinator.</summary>
    public const string ProductionCoordinator = "productionCoordinator";

    /// <summary>Production accountant.</summary>
    public const string ProductionAccountant = "productionAccountant";

    /// <summary>Location manager.</summary>
    public const string LocationManager = "locationManager";

    /// <summary>Travel coordinator.</summary>
    public const string TravelCoordinator = "travelCoordinator";

    /// <summary>Head of a department.</summary>
    public const string DepartmentHead = "departmentHead";

    /// <summary>Office production assistant.</summary>
    public const string OfficePa = "officePa";

    private static readonly Dictionary<string, string> Titles = new()
    {
        [Producer] = "Producer",
        [LineProducer] = "Line producer",
        [UnitProductionManager] = "UPM",
        [ProductionCoordinator] = "Coordinator",
        [ProductionAccountant] = "Accountant",
        [LocationManager] = "Location manager",
        [TravelCoordinator] = "Travel coordinator",
        [DepartmentHead] = "Department head",
        [OfficePa] = "Office PA",
    };

    /// <summary>All role keys, from the top of the chain down.</summary>
    public static IReadOnlyCollection<string> All => Titles.Keys;

    /// <summary>A role as the office says it; the key itself when unknown.</summary>
    public static string Title(string role) => Titles.GetValueOrDefault(role, role);

    /// <summary>The next role up the chain when somebody would decide on their own request; null above the producer.</summary>
    public static string? Above(string role) => role switch
    {
        Producer => null,
        LineProducer => Producer,
        UnitProductionManager => LineProducer,
        ProductionAccountant => LineProducer,
        _ => UnitProductionManager,
    };

    /// <summary>Whether an account may see a person's deal terms: the money line of the office, and a department head for their own department.</summary>
    public static bool MaySeeRates(Account account, string? departmentId) =>
        account.Is(Producer) || account.Is(LineProducer) || account.Is(UnitProductionManager)
        || account.Is(ProductionCoordinator) || account.Is(ProductionAccountant)
        || (account.Is(DepartmentHead) && departmentId is not null && account.DepartmentId == departmentId);
}
