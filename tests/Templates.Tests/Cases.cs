using System.Text.Json;
using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

/// <summary>The cases under tests/Conformance; another folder of the same shape by TEMPLATE_CASES.</summary>
internal static class Cases
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("TEMPLATE_CASES") ?? Path.Combine(Tools.Root, "tests", "Conformance", "templates");

    public static string BadFolder { get; } = Path.Combine(Tools.Root, "tests", "Conformance", "bad-documents");

    public static TheoryData<string> Names()
    {
        var data = new TheoryData<string>();
        foreach (var folder in Directory.GetDirectories(Folder).Order(StringComparer.Ordinal))
            data.Add(Path.GetFileName(folder));
        return data;
    }

    public static (RenderJob Job, JsonElement Expect) Read(string name)
    {
        var folder = Path.Combine(Folder, name);
        var template = Directory.GetFiles(folder, "template.*").Single();
        var expect = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expect.json"))).RootElement;
        var options = expect.TryGetProperty("options", out var given) ? JsonSerializer.SerializeToUtf8Bytes(given) : [];
        return (new RenderJob { Name = Path.GetFileName(template), Template = File.ReadAllBytes(template), Data = File.ReadAllBytes(Path.Combine(folder, "data.json")), Options = options }, expect);
    }
}
