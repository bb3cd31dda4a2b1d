using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductionOffice.Templates.Tests;

/// <summary>Data of the right names and the wrong kinds.</summary>
internal static class FuzzData
{
    private static readonly string[] Texts = ["2026-03-14", "2026-02-30", "9999-12-31T23:59:60Z", "-000001-01-01", "data:image/png;base64,AAAA", "javascript:alert(1)", "http://a/%7B%7B"];
    private static readonly string[] Names = ["name", "rate", "crew", ""];

    public static ReadOnlyMemory<byte> Next(Random random, ReadOnlyMemory<byte> data)
    {
        var root = JsonNode.Parse(data.Span);
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var all = new List<JsonNode>();
            Collect(root, all);
            if (all.Count == 0)
                break;
            var at = all[random.Next(all.Count)];
            if (at.Parent is null)
                root = Value(random, 0);
            else
                at.ReplaceWith(Value(random, 0));
        }

        return Encoding.UTF8.GetBytes(root?.ToJsonString() ?? "null");
    }

    private static void Collect(JsonNode? node, List<JsonNode> all)
    {
        if (node is null)
            return;
        all.Add(node);
        foreach (var child in node is JsonObject o ? o.Select(pair => pair.Value) : node as IEnumerable<JsonNode?> ?? [])
            Collect(child, all);
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 3 ? 8 : 11) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)),
        3 => random.Next(),
        4 => JsonSerializer.SerializeToNode("{{name}} <&>\u0001\ufffe\ud83d\ude00\r\n\t=1+1"),
        5 => JsonSerializer.SerializeToNode(new string("ab\n{}|\"é"[random.Next(8)], random.Next(40_000))),
        6 => JsonSerializer.SerializeToNode(Texts[random.Next(Texts.Length)]),
        7 => JsonSerializer.SerializeToNode(Encoding.UTF8.GetString([0xED, 0xA0, 0x80, (byte)random.Next(256)])),
        8 => new JsonArray([.. Enumerable.Range(0, random.Next(6)).Select(_ => Value(random, depth + 1))]),
        9 => new JsonArray([.. Enumerable.Range(0, random.Next(3000)).Select(i => JsonValue.Create(i))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create(Names[i], Value(random, depth + 1)))),
    };
}
