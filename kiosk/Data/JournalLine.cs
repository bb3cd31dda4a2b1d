using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProductionOffice.Kiosk.Data;

/// <summary>One line of a journal: JSON whose last field is the CRC-32 of the line written with that field 0.</summary>
internal static class JournalLine
{
    private static ReadOnlySpan<byte> Field => "\"crc\":"u8;

    /// <summary>The line with its check sum and line feed.</summary>
    /// <param name="record">Its last property is <c>crc</c> and is 0.</param>
    public static byte[] Write<T>(T record, JsonTypeInfo<T> type)
    {
        var zero = JsonSerializer.SerializeToUtf8Bytes(record, type);
        var head = zero.AsSpan(0, zero.Length - 2);
        return [.. head, .. Encoding.ASCII.GetBytes(Crc32.Of(zero).ToString(System.Globalization.CultureInfo.InvariantCulture)), (byte)'}', (byte)'\n'];
    }

    /// <summary>The record of a line without its line feed; null when the check sum or the form is wrong.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type) where T : class
    {
        var at = line.LastIndexOf(Field);
        if (at < 0 || line[^1] != '}')
            return null;

        var digits = line[(at + Field.Length)..^1];
        if (!Utf8Parser.TryParse(digits, out uint crc, out var used) || used != digits.Length)
            return null;
        if (Crc32.Of("0}"u8, Crc32.Of(line[..(at + Field.Length)])) != crc)
            return null;

        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
