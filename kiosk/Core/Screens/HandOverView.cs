using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>How a hand-over looks.</summary>
internal static class HandOverView
{
    public static Scene Draw(HandOverScreen screen, Model model)
    {
        var form = screen.Form;
        var width = model.Width;
        var bottom = model.Height - 8;
        var parts = Frame.Begin(model, "Hand over");
        parts.Add(new Label("who-label", 1, 2, 18, "Who is collecting", DeliveryView.LabelRole(form, "who")));
        parts.Add(new TextField("who", 20, 2, 28, screen.Who.Input, form.HasFocus("who")));
        var info = screen.Who.Picked is { } person ? ($"{person.Department}, {(model.Desk.PresenceOf(person.PersonId!).In ? "in" : "out")}", Role.Ok)
            : screen.Who.IsSettled ? ("not of this crew", Role.Warn) : ("", Role.Dim);
        parts.Add(new Label("who-info", 50, 2, width - 51, info.Item1, info.Item2));
        AddItems(parts, screen, model, bottom - 5);
        parts.Add(new Rule(bottom, width));
        Field("initials", "Initials", bottom + 1, 6);
        parts.Add(new Label("sum", 28, bottom + 1, width - 29, Sum(screen, model), Role.Dim));
        var signed = screen.Ticked(model).Where(w => w.SignatureRequired).Select(w => w.Number).ToArray();
        if (signed.Length > 0)
        {
            Field("signature", "Signature", bottom + 2, 28);
            parts.Add(new Label("signature-info", 50, bottom + 2, width - 51, $"full name, for {Words.Numbers(signed)}", Role.Warn));
        }

        Field("behalf", "On behalf of", bottom + 3, 28);
        parts.Add(new Label("behalf-info", 50, bottom + 3, width - 51, "when collecting for another", Role.Dim));
        return Frame.End(model, parts, "Scan a label to tick it, a badge to say who collects. F10 hands over.");

        void Field(string id, string label, int y, int cells)
        {
            parts.Add(new Label(id + "-label", 1, y, 18, label, DeliveryView.LabelRole(form, id)));
            parts.Add(new TextField(id, 20, y, cells, form.Get<TextBox>(id).Input, form.HasFocus(id)));
        }
    }

    private static void AddItems(ImmutableArray<Part>.Builder parts, HandOverScreen screen, Model model, int height)
    {
        var items = screen.Items;
        var rows = HandOverScreen.Rows(model, items).Select(w => new Row(
            items.On.Contains(w.Number) ? Role.Normal : Role.Dim,
            items.On.Contains(w.Number) ? "[x]" : "[ ]", w.Number, Words.When(w.At, model.Now),
            Words.What(w) + (w.Tracking is null ? "" : " " + Words.Short(w.Tracking)),
            screen.Who.Picked?.PersonId is { } id && w.PersonId == id ? w.From ?? "" : "for " + w.Recipient,
            w.Shelf ?? "", w.SignatureRequired ? "SIG" : w.Perishable ? "PER" : "")).ToImmutableArray();
        var hasFocus = screen.Form.HasFocus("items");
        if (rows.Length > 0)
            parts.Add(new Table("items", 3, 4, model.Width - 4, height, [new("", 3), new("NO.", 9), new("ARRIVED", 12), new("WHAT", 18), new("FROM / FOR", 0), new("SHELF", 7), new("", 3)], rows, hasFocus ? items.Cursor : -1, hasFocus));
        else if (screen.Who.Hits.IsEmpty)
            parts.Add(new Label("items-empty", 3, 4, model.Width - 2, screen.Who.IsSettled ? "Nothing is waiting for them." : Words.Format($"{model.Desk.Waiting.Length} parcels are waiting. Type a name, or scan a label or a badge."), Role.Dim));

        if (!screen.Form.HasFocus("who") || screen.Who.IsSettled)
            return;
        if (!screen.Who.Hits.IsEmpty)
            parts.Add(DeliveryView.Hits(screen.Who, model, 19, 3, 60));
        else if (!screen.Who.Input.IsEmpty)
            parts.Add(new Label("who-hint", 20, 3, model.Width - 21, "New name? Enter keeps it as written.", Role.Dim));
    }

    private static string Sum(HandOverScreen screen, Model model)
    {
        var ticked = screen.Ticked(model).ToArray();
        return ticked.Length == 0 ? "" : $"{Words.Count(ticked.Length, "parcel", "parcels")}, {Words.Count(ticked.Sum(w => w.Pieces), "piece", "pieces")}";
    }
}
