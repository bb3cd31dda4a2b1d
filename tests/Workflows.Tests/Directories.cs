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
            new Person("C041", "Xiomara Blythe", "Set Lighting Technician", "ELC", "IATSE", "", "", false, Deal),
        ],
        [
            new Account("lineproducer", "C002", "Desmond Tillquist", [OfficeRoles.LineProducer], null),
            new Account("upm", "C003", "Rosalind Achterberg", [OfficeRoles.UnitProductionManager], null),
        ],
        []);
}
