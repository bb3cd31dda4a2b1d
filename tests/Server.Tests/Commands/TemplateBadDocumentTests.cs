using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Commands;

/// <summary>Hostile files through the built program, each in a process of its own; memory is measured where GNU time is installed.</summary>
public sealed class TemplateBadDocumentTests : IDisposable
{
    private const int MostMiB = 300;
    private static readonly string Documents = Path.Combine(Tools.Root, "tests", "Conformance", "bad-documents");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public static TheoryData<string> Files => [.. Index().Select(entry => entry["file"]!.ToString())];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Bad_file_is_answered_with_its_code_and_no_trace_of_the_program(string file)
    {
        var expect = Index().Single(entry => entry["file"]!.ToString() == file)["expect"]!;
        await File.WriteAllTextAsync(At("data.json"), (expect["data"] ?? new JsonObject { ["name"] = "Ana" }).ToJsonString());
        var (code, output, error, usage) = await RunAsync(["template", "render", Path.Combine(Documents, file), "--data", "data.json", "--output", "out.docx", "-o", "json"]);

        var answer = JsonNode.Parse(output)!;
        (output + error).ShouldNotContain("   at ");
        if (expect["result"]!.ToString() == "error")
        {
            code.ShouldBe(3, output);
            answer["errors"]!.AsArray().Select(problem => problem!["code"]!.ToString()).ShouldContain(expect["code"]!.ToString());
            answer["errors"]!.AsArray().ShouldAllBe(problem => problem!["file"]!.ToString() == file && problem["message"]!.ToString().Length > 20);
            Directory.GetFiles(_folder.FullName).Select(path => Path.GetFileName(path)).Where(name => name != "usage").ShouldBe(["data.json"]);
        }
        else
        {
            code.ShouldBe(0, output);
            File.Exists(At("out.docx")).ShouldBeTrue();
        }

        if (usage is not var (seconds, mebibytes))
            return;
        seconds.ShouldBeLessThan(5);
        mebibytes.ShouldBeLessThan(MostMiB);
    }

    /// <summary>Processor seconds and memory at its peak come from GNU time; a busy machine makes neither larger.</summary>
    private async Task<(int Code, string Out, string Error, (double Seconds, long MiB)? Usage)> RunAsync(string[] args)
    {
        if (Tools.Find("time") is not { } time)
        {
            var plain = await OfficeRun.InAsync(_folder.FullName, args);
            return (plain.Code, plain.Out, plain.Error, null);
        }

        using var process = Process.Start(new ProcessStartInfo(time, ["-f", "%U %S %M", "-o", At("usage"), "dotnet", OfficeRun.Program, .. args])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var used = (await File.ReadAllLinesAsync(At("usage")))[^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (process.ExitCode, await output, await error, (used[0] + used[1], (long)used[2] / 1024));
    }

    private static List<JsonNode> Index() => [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Documents, "index.json")))!["cases"]!.AsArray().Select(entry => entry!)];

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
