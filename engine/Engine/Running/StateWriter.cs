using System.Buffers;
using System.Text;
using System.Text.Json;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>Writes what an instance must remember between bursts as compact JSON.</summary>
/// <remarks>
/// Fields: <c>c</c> contexts made, <c>b</c> bookmarks made, <c>j</c> journal lines, <c>k</c> children, <c>r</c> activities since the last wait,
/// <c>in</c>/<c>out</c> input and output, <c>x</c> incidents, <c>t</c> executions that go on, <c>q</c> the queue; a finished instance keeps no
/// executions but its workflow variables.
/// </remarks>
internal static class StateWriter
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Burst burst, WorkflowStatus status)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        writer.Reset(buffer);
        writer.WriteStartObject();
        burst.WriteState(writer, status);
        writer.WriteEndObject();
        writer.Flush();
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        if (buffer.Capacity > 1 << 20)
            (_buffer, _writer) = (null, null);
        return text;
    }

    /// <summary>A value so that it reads back as the same kind: dates are marked, undefined is left out by the caller.</summary>
    public static void Value(Utf8JsonWriter writer, Value value)
    {
        if (value.Kind == ValueKind.Date)
        {
            writer.WriteStartObject();
            writer.WriteString("$date", value.AsDate());
            writer.WriteEndObject();
            return;
        }

        if (value.Kind is ValueKind.Undefined or ValueKind.Function or ValueKind.Host)
            writer.WriteNullValue();
        else
            value.WriteTo(writer);
    }

    public static Value ReadValue(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("$date", out var date) && date.TryGetDateTimeOffset(out var moment)
            ? ProductionOffice.Expressions.Value.From(moment)
            : ProductionOffice.Expressions.Value.FromJson(json);
}
