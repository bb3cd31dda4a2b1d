using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>JSON as the program writes it: readable, accents as they are.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Wide = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };
    private static readonly JsonWriterOptions Narrow = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Indented(JsonNode? node) => Write(node, Wide);

    public static string OneLine(JsonNode? node) => Write(node, Narrow);

    /// <summary>Reads a file that must hold one JSON object.</summary>
    /// <exception cref="CommandFailure">There is none, or it cannot be read; with line and column.</exception>
    public static JsonObject ReadObject(string path)
    {
        if (!File.Exists(path))
            throw CommandFailure.NoFile(path, "Check the path.");

        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject
                ?? throw new CommandFailure(ExitCode.Invalid, "json-unreadable", $"'{path}' holds no JSON object.", "Begin the file with { and end it with }.");
        }
        catch (JsonException e)
        {
            throw Unreadable(path, e);
        }
    }

    public static CommandFailure Unreadable(string path, JsonException e) => new(ExitCode.Invalid, "json-unreadable",
        $"'{path}' is not JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}.", "Correct the file there, for example a missing comma, quote or bracket.");

    private static string Write(JsonNode? node, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            if (node is null)
                writer.WriteNullValue();
            else
                node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Writes an answer for people to keep: into a file, or to standard output when none is named.</summary>
    public static async Task WriteAsync(JsonNode answer, string? file, Streams io, CancellationToken cancellationToken)
    {
        var text = Indented(answer);
        if (file is not null)
            await File.WriteAllTextAsync(file, text + "\n", cancellationToken);
        else
            io.Out.WriteLine(text);
    }
}
