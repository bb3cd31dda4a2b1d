using System.Text.Json;
using System.Text.Json.Serialization;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Data;

/// <summary>JSON of the wire and of the data directory, written without reflection so that the start is quick.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KioskEvent))]
[JsonSerializable(typeof(EventBatch))]
[JsonSerializable(typeof(EventBatchAnswer))]
[JsonSerializable(typeof(PairRequest))]
[JsonSerializable(typeof(PairAnswer))]
[JsonSerializable(typeof(ReferenceData))]
[JsonSerializable(typeof(DeliveryLogged))]
[JsonSerializable(typeof(DeliveryHandedOver))]
[JsonSerializable(typeof(CrewSeen))]
[JsonSerializable(typeof(EventReversed))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(StoredReference))]
[JsonSerializable(typeof(StoredStation))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class KioskJson : JsonSerializerContext
{
    public static JsonElement ToElement(object data) => JsonSerializer.SerializeToElement(data, data.GetType(), Default);

    /// <summary>The record with its typed data; null when this program does not know its type.</summary>
    public static DeskEvent? ToDesk(KioskEvent e)
    {
        object? data = e.Type switch
        {
            KioskEventTypes.DeliveryLogged => e.Data.Deserialize(Default.DeliveryLogged),
            KioskEventTypes.DeliveryHandedOver => e.Data.Deserialize(Default.DeliveryHandedOver),
            KioskEventTypes.CrewIn or KioskEventTypes.CrewOut => e.Data.Deserialize(Default.CrewSeen),
            KioskEventTypes.Reversed => e.Data.Deserialize(Default.EventReversed),
            _ => null,
        };
        return data is null ? null : new DeskEvent(e.Seq, e.Id, e.At, e.Mono, e.Type, data);
    }
}

/// <summary>An answer of the server to a record, as the journal of answers keeps it.</summary>
internal sealed record Ack(long Seq, string Result, string? Reason, DateTimeOffset At, uint Crc);

/// <summary>The list as stored.</summary>
/// <param name="Through">Own records up to this number are in it.</param>
internal sealed record StoredReference(DateTimeOffset CheckedAt, long Through, ReferenceData Data);

/// <summary>Which desk this is, as stored.</summary>
/// <param name="Token">Device token of the server; null until paired.</param>
/// <param name="Numbered">Running number of the last parcel among records already deleted; 0 when none.</param>
internal sealed record StoredStation(string Kiosk, string Name, string Production, string? Server, string? Token, int Numbered = 0);

/// <summary>What a server says with an error, where it says anything.</summary>
internal sealed record Refusal(string? Title, string? Detail, string? Error, string? Message)
{
    public string? Text => Detail ?? Message ?? Error ?? Title;
}
