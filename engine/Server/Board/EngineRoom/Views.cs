using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Board.EngineRoom;

/// <summary>The engine room.</summary>
/// <param name="Bursts">Steps workflows took today.</param>
/// <param name="Running">Workflows that have not ended.</param>
/// <param name="Effects">Documents, messages and requests still to be made.</param>
/// <param name="Overdue">What should have happened by now, most overdue first.</param>
/// <param name="Next">When something comes due next; null when nothing does.</param>
/// <param name="Parked">Set aside for a person.</param>
/// <param name="Nodes">Programs that serve this office.</param>
/// <param name="Checks">How they are.</param>
/// <param name="Notice">What was just done.</param>
public sealed record EngineRoomView(
    int Bursts, int Running, int Effects, IReadOnlyList<TimerLine> Overdue, DateTimeOffset? Next, IReadOnlyList<ParkedItem> Parked, IReadOnlyList<NodeLine> Nodes, IReadOnlyList<CheckLine> Checks, string? Notice);

/// <summary>Work that is late.</summary>
public sealed record TimerLine(string? InstanceId, DateTimeOffset Due, string? Reason);

/// <summary>A program that serves this office; how much memory another one uses is not known.</summary>
public sealed record NodeLine(string Machine, string Process, string Version, DateTimeOffset Since, long? Megabytes);

/// <summary>One thing that was looked at.</summary>
public sealed record CheckLine(string Name, string Result, string Detail, string? Fix);
