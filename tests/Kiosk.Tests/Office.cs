using System.Globalization;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Tests;

/// <summary>A small invented crew with a few parcels.</summary>
internal static class Office
{
    public static ReferenceData Reference { get; } = new("v1", At("09:30"), "SALTWORK",
        [
            Person("C001", "Marguerite Oyelaran", "PRD", "Production Office", "06:12"),
            Person("C002", "Kei Ito", "COS", "Costume", "07:05"),
            Person("C003", "Rui Costa", "ART", "Art & Construction", null),
            Person("C004", "Ana Costello", "LEG", "Legal", null),
            Person("C005", "Soren Abiodun", "CAM", "Camera", "05:50"),
            Person("C006", "Tiago Rossi", "COS", "Costume", null),
            Person("C007", "Jin Park", "GRP", "Grip", "05:48"),
            Person("C008", "Soo-ah Park", "HMU", "Hair & Make-up", null),
            Person("C009", "Tom Parker", "ELC", "Set Lighting", null),
            Person("C010", "Zoë Ångström", "VFX", "Visual Effects", "08:00"),
            Person("A01", "Adaeze Windrow", "CAST", "Cast", "08:12"),
        ],
        [
            new("PRD", "Production Office", "tray"), new("COS", "Costume", "C1"), new("ART", "Art & Construction", "B1"), new("LEG", "Legal", null),
            new("CAM", "Camera", "A2"), new("GRP", "Grip", "D1"), new("HMU", "Hair & Make-up", "C2"), new("ELC", "Set Lighting", "D2"),
            new("VFX", "Visual Effects", null), new("CAST", "Cast", "tray"),
        ],
        [
            new("K1-0411", "1Z999AA10123456784", "UPS", "Fabric Depot", null, "COS", "Costume", 1, "C1", false, false, At("09:20")),
            new("K1-0415", null, null, "Accounting", "C002", "COS", "Kei Ito", 1, "tray", false, true, At("08:05")),
            new("K1-0419", "794644790138", "FedEx", "Western Costume", "C002", "COS", "Kei Ito", 3, "C2", false, false, At("09:02")),
            new("K1-0406", null, "DHL", "Rossi Family", "C006", "COS", "Tiago Rossi", 1, "C1", false, false, DateTimeOffset.Parse("2027-03-08T10:12:00-08:00", CultureInfo.InvariantCulture)),
            new("K1-0418", null, null, "Bloom & Co", "A01", "CAST", "Adaeze Windrow", 1, "fridge", true, false, At("09:06")),
        ]);

    /// <summary>As many people as a large show has.</summary>
    public static ReferenceData Large(int people) => Reference with
    {
        People = [.. Enumerable.Range(1, people).Select(i => new ReferencePerson(
            "P" + i.ToString(CultureInfo.InvariantCulture), $"{Given[i % Given.Length]} {Family[i / Given.Length % Family.Length]}-{i}", "GRP", "Grip", i % 3 == 0, null))],
    };

    private static readonly string[] Given = ["Ana", "Bélà", "Chidi", "Dana", "Élise", "Farid", "Grete", "Hana", "Ivo", "Jin", "Kei", "Lucía"];

    private static readonly string[] Family = ["Adeyemi", "Brandt", "Costa", "Dubois", "Eriksen", "Fujimoto", "García", "Hughes", "Ito", "Jørgensen"];

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2027-03-09T{time}:00-08:00", CultureInfo.InvariantCulture);

    private static ReferencePerson Person(string id, string name, string departmentId, string department, string? since) =>
        new(id, name, departmentId, department, since is not null, since is null ? null : At(since));
}
