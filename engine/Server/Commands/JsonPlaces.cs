using System.Text;
using System.Text.Json;

namespace ProductionOffice.Server.Commands;

/// <summary>Where in a file the places of a JSON path stand, so that an editor can jump there.</summary>
internal sealed class JsonPlaces
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Stack<(string Path, int Index)> _open = new();
    private string? _field;

    /// <summary>Reads a file's text; one that is no JSON has no places.</summary>
    public JsonPlaces(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 });
        try
        {
            var (line, at) = (1, 0);
            while (reader.Read())
            {
                for (; at < reader.TokenStartIndex; at++)
                    line += bytes[at] == '\n' ? 1 : 0;
                Take(ref reader, line);
            }
        }
        catch (JsonException)
        {
            // What was read so far still has its lines.
        }
    }

    /// <summary>Line of a path such as <c>$.root.activities[2].type</c>, from 1; of the nearest place around it when it is not there.</summary>
    public int LineOf(string path)
    {
        while (true)
        {
            if (_lines.TryGetValue(path, out var line))
                return line;

            var cut = path.LastIndexOfAny(['.', '[']);
            if (cut <= 0)
                return 1;
            path = path[..cut];
        }
    }

    private void Take(ref Utf8JsonReader reader, int line)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _field = reader.GetString();
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                return;
        }

        var path = Next();
        _lines.TryAdd(path, line);
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            _open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
    }

    private string Next()
    {
        if (_open.Count == 0)
            return "$";

        var (path, index) = _open.Pop();
        _open.Push((path, index < 0 ? index : index + 1));
        return index < 0 ? $"{path}.{_field}" : $"{path}[{index}]";
    }
}
