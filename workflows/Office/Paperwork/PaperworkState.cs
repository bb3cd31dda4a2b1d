namespace ProductionOffice.Office.Paperwork;

/// <summary>How a state of paperwork is shown: one vocabulary on all pages, with a shape that survives grey print.</summary>
/// <param name="Key">State word of the glossary.</param>
/// <param name="Word">What coordinators read.</param>
/// <param name="Shape">One character.</param>
/// <param name="Tone">ok, waiting, idle, late or bad: the colour.</param>
/// <param name="IsOpen">Whether somebody still owes something.</param>
public sealed record PaperworkState(string Key, string Word, string Shape, string Tone, bool IsOpen)
{
    private static readonly Dictionary<string, PaperworkState> States = new PaperworkState[]
    {
        new("notRequested", "Not started", "○", "idle", true),
        new("missing", "Not started", "○", "idle", true),
        new("requested", "Waiting: information", "▷", "waiting", true),
        new("incomplete", "Waiting: information", "▷", "waiting", true),
        new("draft", "Drafting", "◔", "waiting", true),
        new("awaitingCheck", "Waiting: check", "▷", "waiting", true),
        new("awaitingApproval", "Waiting: approval", "▷", "waiting", true),
        new("awaitingSignature", "Waiting: signature", "▷", "waiting", true),
        new("awaitingCountersignature", "Waiting: counter-signature", "▷", "waiting", true),
        new("returned", "Sent back", "↩", "waiting", true),
        new("approved", "Approved", "●", "ok", false),
        new("received", "Received", "●", "ok", false),
        new("executed", "Done", "●", "ok", false),
        new("complete", "Done", "●", "ok", false),
        new("filed", "Done", "●", "ok", false),
        new("waived", "Not needed", "–", "idle", false),
        new("notApplicable", "Not needed", "–", "idle", false),
        new("superseded", "Replaced", "–", "idle", false),
        new("rejected", "Declined", "✕", "bad", false),
        new("declined", "Declined", "✕", "bad", false),
        new("withdrawn", "Cancelled", "✕", "idle", false),
        new("void", "Cancelled", "✕", "idle", false),
    }.ToDictionary(s => s.Key);

    /// <summary>All states, from not begun to ended.</summary>
    public static IReadOnlyCollection<PaperworkState> All => States.Values;

    /// <summary>The state of a key; an unknown key is shown as it is.</summary>
    public static PaperworkState Of(string key) => States.TryGetValue(key, out var state) ? state : new PaperworkState(key, key, "?", "waiting", true);
}

/// <summary>A kind of paperwork a person owes or is owed.</summary>
/// <param name="Key">For example <c>dealMemo</c>.</param>
/// <param name="Name">For example <c>Deal memo</c>.</param>
/// <param name="Column">Column head.</param>
public sealed record PaperworkKind(string Key, string Name, string Column)
{
    /// <summary>The start packet in the order of its columns.</summary>
    public static IReadOnlyList<PaperworkKind> StartPacket { get; } =
    [
        new("dealMemo", "Deal memo", "Deal"),
        new("i9", "I-9", "I-9"),
        new("w4", "W-4", "W-4"),
        new("w9", "W-9", "W-9"),
        new("wageNotice", "Wage notice", "Wage n."),
        new("directDeposit", "Direct deposit", "Dir. dep."),
        new("nda", "Non-disclosure agreement", "NDA"),
        new("emergencyContact", "Emergency contact", "Emerg."),
        new("policyAcknowledgement", "Policy acknowledgement", "Policy"),
        new("kitInventory", "Kit inventory", "Kit"),
        new("loanOutAgreement", "Loan-out agreement", "Loan-out"),
        new("articlesOfIncorporation", "Articles of incorporation", "Articles"),
    ];

    /// <summary>The name of a kind; the key itself when unknown.</summary>
    public static string NameOf(string key) => StartPacket.FirstOrDefault(k => k.Key == key)?.Name ?? key;
}
