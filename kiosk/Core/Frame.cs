using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core;

/// <summary>What all screens share: top line, rule, line for notices, keys.</summary>
internal static class Frame
{
    public static ImmutableArray<Part>.Builder Begin(Model model, string place)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var (link, role) = Link(model);
        var show = model.Station.Production.Length > 0 ? model.Station.Production : "PRODUCTION OFFICE";
        parts.Add(new Header($"{show} │ {place}", Words.Day(model.Now), link, role, model.Width));
        parts.Add(new Rule(1, model.Width));
        return parts;
    }

    /// <param name="hint">Shown where no notice is.</param>
    public static Scene End(Model model, ImmutableArray<Part>.Builder parts, string hint = "")
    {
        if (model.Notice is { } notice)
            parts.Add(new Toast(0, model.Height - 2, model.Width, notice.Text, notice.Role));
        else if (hint.Length > 0)
            parts.Add(new Label("hint", 1, model.Height - 2, model.Width - 2, hint, Role.Dim));
        parts.Add(new StatusBar(model.Height - 1, model.Width, Bindings.Footer(model.Screen.Scope)));
        return new Scene(model.Width, model.Height, parts.ToImmutable());
    }

    /// <summary>The last acts of this desk, newest first, with the title above.</summary>
    public static void AddLog(ImmutableArray<Part>.Builder parts, Model model, int y, int height)
    {
        parts.Add(new Label("log-title", 1, y, 40, "LAST AT THIS DESK", Role.Title));
        var rows = ImmutableArray.CreateBuilder<Row>();
        foreach (var e in model.Desk.NewestFirst().Take(height))
        {
            var reversed = model.Desk.Reversed.Contains(e.Id);
            var held = model.Desk.Held.Contains(e.Seq);
            var state = held ? "held" : e.Seq <= model.Sync.AckedThrough ? "sent" : "waits";
            rows.Add(new Row(held ? Role.Error : reversed ? Role.Dim : Role.Normal,
                Words.When(e.At, model.Now), Words.Kind(e), Words.Line(e, model.Desk) + (reversed ? "  (taken back)" : ""), state));
        }

        if (rows.Count == 0)
            parts.Add(new Label("log-empty", 1, y + 1, model.Width - 2, "Nothing yet.", Role.Dim));
        else
            parts.Add(new Table("log", 1, y + 1, model.Width - 2, height, [new("", 9), new("", 5), new("", 0), new("", 5)], rows.ToImmutable()));
    }

    private static (string Text, Role Role) Link(Model model)
    {
        var queue = Words.Format($"q:{model.Sync.Queued}");
        var age = model.CheckedAt is { } at && model.Now - at > TimeSpan.FromMinutes(5) ? $"list {Words.Age(model.Now - at)} old  " : "";
        return model.Sync.Link switch
        {
            Core.Link.Online => ($"{age}● online  {queue}", age.Length > 0 ? Role.Warn : Role.Ok),
            Core.Link.Connecting => ($"{age}○ connecting  {queue}", Role.Warn),
            Core.Link.Offline => ($"{age}○ offline  {queue}", Role.Warn),
            _ => ($"{age}○ not paired  {queue}", Role.Warn),
        };
    }
}
