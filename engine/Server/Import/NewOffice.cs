using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Import;

/// <summary>What an office without the demo begins with: the usual departments, and an account for each desk that approvals go over.</summary>
internal static class NewOffice
{
    private static readonly (string Id, string Name)[] Usual =
    [
        ("PRD", "Production Office"), ("ACC", "Accounting"), ("DIR", "Direction & Assistant Directors"), ("CST", "Casting"), ("ART", "Art & Construction"),
        ("SET", "Set Decoration"), ("PRP", "Property"), ("CAM", "Camera"), ("GRP", "Grip"), ("ELC", "Set Lighting"), ("SND", "Sound"), ("COS", "Costume"),
        ("HMU", "Hair & Make-up"), ("LOC", "Locations"), ("TRN", "Transportation"), ("SAF", "Stunts, Effects & Safety"), ("CRF", "Craft Service & Catering"), ("PST", "Post Production"),
    ];

    private static readonly (string Name, string Role)[] Desks =
    [
        ("producer", OfficeRoles.Producer), ("lineproducer", OfficeRoles.LineProducer), ("upm", OfficeRoles.UnitProductionManager), ("coordinator", OfficeRoles.ProductionCoordinator),
        ("accountant", OfficeRoles.ProductionAccountant), ("locations", OfficeRoles.LocationManager), ("travel", OfficeRoles.TravelCoordinator), ("pa", OfficeRoles.OfficePa),
    ];

    /// <summary>The show until its own name is known.</summary>
    public static Production Production(TimeZoneInfo zone) => new("P01", "New production", "NEW", "001", "", "", "USD", Iana(zone), "Production office", "", "", "");

    public static IEnumerable<Department> Departments => Usual.Select((d, i) => new Department(d.Id, d.Name, HeadId: null, Shelf: null, i));

    public static IEnumerable<AccountRow> Accounts => Desks.Select(d => new AccountRow
    {
        Name = d.Name,
        DisplayName = OfficeRoles.Title(d.Role),
        Roles = d.Role,
        Stamp = Secrets.NewToken(),
    });

    private static string Iana(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : "UTC";
}
