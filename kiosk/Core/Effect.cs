namespace ProductionOffice.Kiosk.Core;

/// <summary>Something to be done outside; answered by a message.</summary>
internal abstract record Effect;

/// <summary>Append a record to the journal; answered by <see cref="Saved"/> or <see cref="SaveFailed"/>.</summary>
/// <param name="Type">One of <c>KioskEventTypes</c>.</param>
/// <param name="Data">The record of that type.</param>
internal sealed record Save(string Type, object Data) : Effect;

/// <summary>Pair with a server; answered by <see cref="PairEnded"/>.</summary>
internal sealed record Pair(string Server, string Code, string Name) : Effect;

/// <summary>Send what waits, without waiting for the next attempt.</summary>
internal sealed record SyncNow : Effect;

/// <summary>Paint every cell again.</summary>
internal sealed record Redraw : Effect;

/// <summary>Leave the program.</summary>
internal sealed record Quit(int ExitCode) : Effect;
