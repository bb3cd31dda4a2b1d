using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>Reads <c>name=value</c> as given on a command line.</summary>
internal static class InputValues
{
    /// <summary>Inputs of a workflow: <c>name=value</c>, <c>name=@file.json</c>, or <c>@file.json</c> for many at once; later ones win.</summary>
    /// <remarks>A value that is a JSON object, array, number or truth value counts as such; everything else is text.</remarks>
    /// <exception cref="CommandFailure">A word without <c>=</c>, or a file that cannot be read.</exception>
    public static JsonObject Read(IEnumerable<string> words)
    {
        var result = new JsonObject();
        foreach (var word in words)
        {
            if (word.StartsWith('@'))
            {
                foreach (var (name, value) in JsonText.ReadObject(word[1..]))
                    result[name] = value?.DeepClone();
                continue;
            }

            var (key, text) = Split(word, "--input");
            result[key] = Value(text);
        }

        return result;
    }

    /// <summary>Fields of a task: plain text.</summary>
    public static JsonObject ReadFields(IEnumerable<string> words)
    {
        var result = new JsonObject();
        foreach (var word in words)
        {
            var (key, text) = Split(word, "--field");
            result[key] = text;
        }

        return result;
    }

    private static (string Key, string Text) Split(string word, string option)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? (word[..at].Trim(), word[(at + 1)..])
            : throw CommandFailure.Usage($"'{word}' of {option} has no name.", $"Write {option} name=value, for example {option} {(option == "--field" ? "rate=43" : "person=C041")}.");
    }

    private static JsonNode? Value(string text)
    {
        if (text.StartsWith('@'))
            return ReadFile(text[1..]);

        try
        {
            var node = JsonNode.Parse(text);
            return node?.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? node : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static JsonNode? ReadFile(string path)
    {
        if (!File.Exists(path))
            throw CommandFailure.NoFile(path, "Give name=@file.json with a file that is there.");

        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw JsonText.Unreadable(path, e);
        }
    }
}
