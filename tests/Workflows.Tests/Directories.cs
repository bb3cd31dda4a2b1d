using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Tests;

/// <summary>A small office for tests of rules.</summary>
internal static class Directories
{
    public static DealTerms Deal { get; } = new("hourly", 43m, "USD", 12, null, 0, "3000", new DateOnly(2027, 3, 1), new DateOnly(2027, 3, 16), 43m, 7224m);

    public static OfficeDirectory Small { get; } = new(
        new Production("P01", "The Salt Meridian", "SALTWORK", "LQ-2701", "Lantern Quarry Productions LLC", "Burbank", "USD", "America/Los_Angeles", "Production office", "Burbank", "(818) 555-0199", "office@example.com"),
        [new Department("PRD", "Production Office", "C002", null, 0), new Department("ELC", "Set Lighting", "C039", null, 1)],
        [
            new Person("C002", "Desmond Tillquist", "Line Producer", "PRD", "NON", "", "", false, null),
            new Person("C003", "Rosalind Achterberg", "Unit Production Manager", "PRD", "NON", "", "", false, null),
            new Person("C001", "Marguerite Oyelaran", "Producer", "PRD", "NON", "", "producer@example.com", false, null),
            new Person("C004", "Ines Valderrama", "Production Coordinator", "PRD", "NON", "", "coordinator@example.com", false, null),
            new Person("C009", "Walter Okonjo", "Production Accountant", "PRD", "NON", "", "accountant@example.com", false, null),
            new Person("C039", "Philippa Strand", "Chief Lighting Technician", "ELC", "IATSE", "", "gaffer@example.com", false, Deal with { Rate = 50m, BudgetRate = 50m }),
            new Person("C030", "Soren Abiodun", "Director of Photography", "ELC", "IATSE", "", "dp@example.com", false, Deal with { RateType = "weekly", Rate = 7200m, BudgetRate = 6500m, LoanOut = "Abiodun Image Inc", KitRentalPerWeek = 500m }),
            new Person("C041", "Xiomara Blythe", "Set Lighting Technician", "ELC", "IATSE 728", "(213) 555-0141", "xiomara.blythe@example.com", false, Deal),
        ],
        [
            new Account("lineproducer", "C002", "Desmond Tillquist", [OfficeRoles.LineProducer], null),
            new Account("producer", "C001", "Marguerite Oyelaran", [OfficeRoles.Producer], null),
            new Account("coordinator", "C004", "Ines Valderrama", [OfficeRoles.ProductionCoordinator], null),
            new Account("accountant", "C009", "Walter Okonjo", [OfficeRoles.ProductionAccountant], null),
            new Account("head-elc", "C039", "Philippa Strand", [OfficeRoles.DepartmentHead], "ELC"),
            new Account("upm", "C003", "Rosalind Achterberg", [OfficeRoles.UnitProductionManager], null),
        ],
        [new BudgetAccount("3000", "Set lighting")]);
}
