using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>Where a scanned code leads when the open screen has no use of its own for it.</summary>
internal static class ScanRouter
{
    private const string Own = "PO1:";

    public static Step Route(Model model, string code)
    {
        if (Badge(code) is { } personId)
            return Toggle(model, personId, stay: false);
        if (Parcel(model, code) is { } parcel)
            return model.Show(HandOverScreen.For(model, parcel));
        if (code.StartsWith(Own + "D:", StringComparison.OrdinalIgnoreCase))
            return model.Say($"{code[(Own.Length + 2)..]} is not waiting here.", Role.Warn);
        if (code.StartsWith(Own, StringComparison.OrdinalIgnoreCase))
            return model.Say("This code belongs to a screen that comes with a later version.", Role.Warn);
        return model.Show(DeliveryScreen.Scanned(code));
    }

    /// <summary>The waiting parcel of a label or a carrier's number; null when none.</summary>
    public static WaitingDelivery? Parcel(Model model, string code)
    {
        var number = code.StartsWith(Own + "D:", StringComparison.OrdinalIgnoreCase) ? code[(Own.Length + 2)..] : code;
        return model.Desk.WaitingByCode(number) ?? model.Desk.WaitingByCode(Couriers.Recognise(number).Number);
    }

    /// <summary>The person id of a crew badge; null when the code is none.</summary>
    public static string? Badge(string code) => code.StartsWith(Own + "C:", StringComparison.OrdinalIgnoreCase) ? code[(Own.Length + 2)..] : null;

    /// <summary>The shelf of a shelf label; null when the code is none.</summary>
    public static string? Shelf(string code) => code.StartsWith(Own + "N:", StringComparison.OrdinalIgnoreCase) ? code[(Own.Length + 2)..] : null;

    /// <summary>Whether a typed text is meant as a code: a carrier's number, an own code or the number of a waiting parcel.</summary>
    public static bool IsCode(Model model, string text) =>
        text.StartsWith(Own, StringComparison.OrdinalIgnoreCase) || Parcel(model, text) is not null
        || (text.Length >= 10 && !text.Contains(' ', StringComparison.Ordinal) && Couriers.Recognise(text).Courier is not null);

    /// <summary>Signs the owner of a badge in or out.</summary>
    /// <param name="stay">Keep the open form; else show the crew screen.</param>
    public static Step Toggle(Model model, string personId, bool stay)
    {
        if (model.Desk.Roster.Person(personId) is not { } person)
            return model.Say($"Badge {personId} is not known here.", Role.Warn);

        var type = model.Desk.PresenceOf(personId).In ? KioskEventTypes.CrewOut : KioskEventTypes.CrewIn;
        var next = stay ? model : model.Show(model.Screen as CrewScreen ?? new CrewScreen());
        return ((Step)next).And(new Save(type, new CrewSeen(personId, person.Name)));
    }
}
