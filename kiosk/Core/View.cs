namespace ProductionOffice.Kiosk.Core;

/// <summary>The scene of a model.</summary>
internal static class View
{
    public static Scene Draw(Model model)
    {
        if (model.Fault is not null)
            return Fault(model);
        if (model.IsTooSmall)
            return TooSmall(model);

        var scene = model.Screen.Draw(model);
        return model.Overlay?.DrawOver(model, scene) ?? scene;
    }

    private static Scene TooSmall(Model model)
    {
        var middle = model.Height / 2;
        return new Scene(model.Width, model.Height,
        [
            new Label("enlarge", 1, middle - 1, model.Width - 2, "Please enlarge the window to 80 x 24.", Role.Title),
            new Label("now", 1, middle, model.Width - 2, Words.Format($"It is {model.Width} x {model.Height} now.")),
            new Label("safe", 1, middle + 1, model.Width - 2, "Nothing you typed is lost.", Role.Dim),
        ]);
    }

    private static Scene Fault(Model model)
    {
        var y = Math.Max(0, model.Height / 2 - 5);
        var retry = model.IsJournalLost ? "Enter or F9 leaves the program." : "Enter goes back to what you typed: save it again. F9 leaves the program.";
        return new Scene(model.Width, model.Height,
        [
            new Label("fault-1", 2, y, model.Width - 4, "N O T H I N G   C A N   B E   S A V E D", Role.Alarm),
            new Label("fault-2", 2, y + 2, model.Width - 4, model.Fault!, Role.Alarm),
            new Label("fault-3", 2, y + 4, model.Width - 4, "Everything confirmed with “Saved” is safe. Write new deliveries on paper.", Role.Alarm),
            new Label("fault-4", 2, y + 5, model.Width - 4, "Free space on the disk or make it writable, then try again.", Role.Alarm),
            new Label("fault-5", 2, y + 7, model.Width - 4, retry, Role.Alarm),
        ], Role.Alarm);
    }
}
