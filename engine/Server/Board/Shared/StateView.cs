using ProductionOffice.Office.Paperwork;

namespace ProductionOffice.Server.Board.Shared;

/// <summary>A state as all pages show it: shape, word, colour.</summary>
/// <param name="Shape">One character, for grey print and colour blindness.</param>
/// <param name="Word">What coordinators read.</param>
/// <param name="Tone">ok, waiting, idle, late or bad.</param>
public sealed record StateView(string Shape, string Word, string Tone)
{
    internal static StateView Stuck { get; } = new("■", "Stuck", "bad");

    internal static StateView Cancelled { get; } = new("✕", "Cancelled", "idle");

    internal static StateView Done { get; } = new("●", "Done", "ok");

    internal static StateView Of(PaperworkState state) => new(state.Shape, state.Word, state.Tone);

    internal static StateView Waiting(string word) => new("▷", word, "waiting");
}
