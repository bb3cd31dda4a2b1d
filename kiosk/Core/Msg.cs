using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core;

/// <summary>Something that happened: the only way the model ever changes.</summary>
internal abstract record Msg;

/// <summary>What time it is, told before every other message.</summary>
/// <param name="Now">Wall clock with the offset of the desk.</param>
/// <param name="Mono">Milliseconds of a clock that never jumps.</param>
internal sealed record Tick(DateTimeOffset Now, long Mono) : Msg;

/// <summary>What a person or a scanner did; kept back while a record is being written.</summary>
internal abstract record InputMsg : Msg;

internal sealed record KeyPressed(Key Key) : InputMsg;

/// <summary>A character came. Text never has an effect, so that a scan can take it back.</summary>
/// <param name="Text">One character, at times of several UTF-16 units.</param>
/// <param name="Fresh">Whether it begins a new stretch that may turn out to be a scan.</param>
internal sealed record TextTyped(string Text, bool Fresh) : InputMsg;

internal sealed record Pasted(string Text) : InputMsg;

/// <summary>A code was scanned, whatever had the focus.</summary>
/// <param name="Code">The code without prefix and end sign.</param>
/// <param name="TakesBack">Its characters came as <see cref="TextTyped"/> before and must be undone.</param>
internal sealed record Scanned(string Code, bool TakesBack) : InputMsg;

internal sealed record Resized(int Width, int Height) : Msg;

/// <summary>A record is on disk for good.</summary>
internal sealed record Saved(DeskEvent Event) : Msg;

/// <summary>A record could not be written; nothing of it is kept.</summary>
internal sealed record SaveFailed(string Reason) : Msg;

internal sealed record SyncChanged(SyncStatus Status) : Msg;

/// <summary>The list of people, departments and waiting parcels was confirmed by the server.</summary>
/// <param name="Data">The list; null when it has not changed.</param>
/// <param name="CheckedAt">When the server confirmed it.</param>
/// <param name="Through">Own records up to this number are already in it.</param>
internal sealed record ReferenceChecked(ReferenceData? Data, DateTimeOffset CheckedAt, long Through) : Msg;

/// <summary>How an attempt to pair ended.</summary>
internal sealed record PairEnded(Station? Station, string? Problem) : Msg;

/// <summary>The journal cannot be used at all.</summary>
internal sealed record JournalUnusable(string Reason) : Msg;
