using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>How a delivery being taken in looks.</summary>
internal static class DeliveryView
{
    public static Scene Draw(DeliveryScreen screen, Model model)
    {
        var form = screen.Form;
        var width = model.Width;
        var parts = Frame.Begin(model, $"Delivery in  {model.NextDelivery}");
        Field("tracking", "Tracking", 1, 2, 30);
        Field("courier", "Courier", 45, 2, 14);
        if (screen.IsRecognised)
            parts.Add(new Label("recognised", 69, 2, 10, "recognised", Role.Ok));
        Field("from", "From", 1, 3, 30);
        Field("for", "For", 1, 4, 30);
        AddRecipient(parts, screen, model);
        Field("pieces", "Pieces", 1, 12, 4);
        parts.Add(new Label("kind-label", 19, 12, 5, "Kind", LabelRole(form, "kind")));
        AddChoice("kind", 25, 12);
        parts.Add(new Label("condition-label", 1, 13, 11, "Condition", LabelRole(form, "condition")));
        AddChoice("condition", 12, 13);
        parts.Add(new Label("flags-label", 1, 14, 11, "Flags", LabelRole(form, "flags")));
        var flags = form.Get<ChecksBox>("flags");
        parts.Add(new Checks("flags", 12, 14, width - 13, flags.Options, flags.Cursor, form.HasFocus("flags")));
        Field("shelf", "Shelf", 1, 15, 12);
        Field("note", "Note", 26, 15, width - 33);
        parts.Add(new Rule(16, width));
        Frame.AddLog(parts, model, 17, model.Height - 21);
        return Frame.End(model, parts, "A scan fills tracking and courier. F10 saves; ^D saves, same sender again.");

        void Field(string id, string label, int x, int y, int cells)
        {
            var at = x + (x == 1 ? 11 : label.Length + 2);
            parts.Add(new Label(id + "-label", x, y, at - x - 1, label, LabelRole(form, id)));
            var input = form.Fields.First(f => f.Id == id) is PickBox pick ? pick.Input : form.Get<TextBox>(id).Input;
            parts.Add(new TextField(id, at, y, cells, input, form.HasFocus(id)));
        }

        void AddChoice(string id, int x, int y)
        {
            var box = form.Get<ChoiceBox>(id);
            parts.Add(new Choice(id, x, y, width - x - 1, box.Options, box.Selected, form.HasFocus(id)));
        }
    }

    public static Role LabelRole(Form form, string id) => form.HasFocus(id) ? Role.Title : Role.Normal;

    /// <summary>The list under a name being typed.</summary>
    public static PickList Hits(PickBox box, Model model, int x, int y, int width) => new(
        box.Id + "-list", x, y, width,
        [.. box.Hits.Select(h => new Row(Role.Normal, h.Name, h.IsDepartment ? "department" : h.Department, h.IsDepartment ? Shelf(h) : InOut(model, h)))],
        [new("", 0), new("", 20), new("", 8)], box.Cursor);

    private static void AddRecipient(ImmutableArray<Part>.Builder parts, DeliveryScreen screen, Model model)
    {
        var box = screen.For;
        var info = box.Picked is { } entry ? (entry.IsDepartment ? "department" : entry.Department, Role.Ok) : box.IsSettled ? ("new name, kept as written", Role.Warn) : ("", Role.Dim);
        parts.Add(new Label("for-info", 45, 4, model.Width - 46, info.Item1, info.Item2));
        if (box.IsSettled)
        {
            var waiting = model.Desk.Waiting.Where(w => box.Picked is { } p && (p.IsDepartment ? w.DepartmentId == p.DepartmentId && w.PersonId is null : w.PersonId == p.PersonId)).ToArray();
            if (waiting.Length > 0)
                parts.Add(new Table("for-waiting", 12, 6, model.Width - 13, 4, [new("ALSO WAITING", 12), new("", 0), new("SHELF", 7), new("AGE", 4)],
                    [.. waiting.Select(w => new Row(Role.Dim, w.Number, Words.What(w), w.Shelf ?? "", Words.Age(model.Now - w.At)))]));
        }
        else if (screen.Form.HasFocus("for") && !box.Hits.IsEmpty)
        {
            parts.Add(Hits(box, model, 12, 5, 60));
        }
        else if (screen.Form.HasFocus("for"))
        {
            parts.Add(new Label("for-hint", 12, 5, model.Width - 13, box.Input.IsEmpty
                ? "Type the beginning of a name or a department."
                : "New name? Enter keeps it as written; the office finds out who.", Role.Dim));
        }
    }

    private static string Shelf(Entry entry) => entry.Shelf is null ? "" : "shelf " + entry.Shelf;

    private static string InOut(Model model, Entry entry) => model.Desk.PresenceOf(entry.PersonId!).In ? "in" : "out";
}
