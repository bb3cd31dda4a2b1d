using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Core;

/// <summary>A record of this desk's journal as the model keeps it.</summary>
/// <param name="Data">The typed record: <see cref="DeliveryLogged"/>, <see cref="DeliveryHandedOver"/>, <see cref="CrewSeen"/> or <see cref="EventReversed"/>.</param>
internal sealed record DeskEvent(long Seq, string Id, DateTimeOffset At, long Mono, string Type, object Data);
