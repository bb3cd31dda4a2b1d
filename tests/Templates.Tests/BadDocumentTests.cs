using System.Text.Json;

namespace ProductionOffice.Templates.Tests;

public sealed class BadDocumentTests
{
    public static TheoryData<string> Files
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var entry in Index())
                data.Add(entry.GetProperty("file").GetString()!);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Bad_file_is_answered_with_its_code_in_little_time_and_memory(string file)
    {
        var expect = Index().Single(entry => entry.GetProperty("file").GetString() == file).GetProperty("expect");
        var data = expect.TryGetProperty("data", out var given) ? JsonSerializer.SerializeToUtf8Bytes(given) : "{\"name\":\"Ana\"}"u8.ToArray();
        var job = new RenderJob { Name = file, Template = File.ReadAllBytes(Path.Combine(Cases.BadFolder, file)), Data = data };
        var clock = ThreadClock.Start();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var result = job.Run();

        var report = RenderJob.ToJson(result);
        clock.Used.TotalSeconds.ShouldBeLessThan(expect.GetProperty("withinSeconds").GetDouble());
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(expect.GetProperty("maxMiB").GetInt64() << 20);
        if (expect.GetProperty("result").GetString() == "error")
        {
            result.IsOk.ShouldBeFalse();
            result.Errors.Select(error => error.Code).ShouldContain(expect.GetProperty("code").GetString()!, report);
            if (expect.TryGetProperty("also", out var also))
                also.EnumerateArray().ShouldAllBe(code => result.Errors.Any(error => error.Code == code.GetString()), report);
            if (expect.TryGetProperty("contains", out var contains))
                contains.EnumerateArray().ShouldAllBe(word => result.Errors[0].Message.Contains(word.GetString()!), report);
            return;
        }

        result.IsOk.ShouldBeTrue(report);
        var document = new ReadPackage(result.Document!);
        Invariants.Hold(document);
        var text = string.Join("\n", ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!));
        if (expect.TryGetProperty("text", out var wanted))
            text.ShouldBe(wanted.GetString());
        if (expect.TryGetProperty("textLength", out var length))
            text.Length.ShouldBe(length.GetInt32());
        if (expect.TryGetProperty("warning", out var warning))
            result.Warnings.Select(found => found.Code).ShouldContain(warning.GetString()!);
    }

    private static List<JsonElement> Index() => [..
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Cases.BadFolder, "index.json"))).RootElement.GetProperty("cases").EnumerateArray()];
}
