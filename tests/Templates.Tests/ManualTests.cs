using System.Text.Json;
using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Templates.Tests;

/// <summary>The page coordinators read is the page that is tested: every example and every message of <c>templates/README.md</c>.</summary>
public sealed class ManualTests
{
    private static readonly ManualPage Page = ManualPage.Read();

    /// <summary>All places where page and engine differ, at once.</summary>
    private static void Same(IEnumerable<(int Line, string Page, string Engine)> pairs)
    {
        var differences = pairs.Where(pair => pair.Page != pair.Engine).Select(pair => $"line {pair.Line} of templates/README.md\n  page:   {pair.Page}\n  engine: {pair.Engine}").ToList();
        if (differences.Count > 0)
            throw new ShouldAssertException(string.Join("\n", differences));
    }

    [Fact]
    public void Every_example_gives_what_the_page_says()
    {
        Page.Examples.Count.ShouldBeGreaterThanOrEqualTo(15);
        Same(Page.Examples.Select(example =>
        {
            var (source, file, data, result, line) = example;
            var isExcel = file?.EndsWith(".xlsx", StringComparison.Ordinal) ?? source.StartsWith("sheet", StringComparison.Ordinal);
            var text = source[(source.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            var template = file is not null ? File.ReadAllBytes(Path.Combine(ManualPage.Folder, "manual", file)) : isExcel ? ManualDocument.Excel(text) : ManualDocument.Word(text);

            var rendered = new RenderJob { Name = file ?? (isExcel ? "book.xlsx" : "memo.docx"), Template = template, Data = System.Text.Encoding.UTF8.GetBytes(data) }.Run();

            return (line, result.TrimEnd('\n'), rendered.IsOk && rendered.Warnings.Count == 0 ? ManualDocument.Show(rendered.Document!, isExcel) : RenderJob.ToJson(rendered));
        }));
    }

    [Fact]
    public void Every_value_prints_what_the_page_says()
    {
        var rows = Page.Rows.Where(row => row.Head == "You type | It prints").ToList();

        rows.Count.ShouldBeGreaterThan(50);
        Same(rows.Select(row =>
        {
            var rendered = Docx.Render(Docx.Of(ManualPage.Code(row.Cells[0])), row.Data);
            return (row.Line, ManualPage.Code(row.Cells[1]), rendered.IsOk ? ManualDocument.ShowWord(new ReadPackage(rendered.Document!)).Replace("\n", "` / `", StringComparison.Ordinal) : RenderJob.ToJson(rendered));
        }));
    }

    [Fact]
    public void Every_formatter_is_in_the_page()
    {
        var page = File.ReadAllText(Path.Combine(ManualPage.Folder, "README.md"));

        Values.TemplateFormatters.Table.Names.Where(name => !page.Contains("| " + name, StringComparison.Ordinal) && !page.Contains("`" + name + "`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_error_says_what_the_page_says()
    {
        var rows = Page.Rows.Where(row => row.Head == "You type | Code | It says").ToList();

        rows.Select(row => row.Cells[1]).Where(code => code[0] == 'T').Distinct().Count().ShouldBe(13);
        Same(rows.Select(row =>
        {
            var rendered = Docx.Render(Docx.Of(ManualPage.Code(row.Cells[0])), row.Data);
            return (row.Line, $"{row.Cells[1]} {row.Cells[2]}", Told(rendered.Errors.Concat(rendered.Warnings), row.Cells[1]));
        }));
    }

    [Fact]
    public void Every_error_of_a_file_says_what_the_page_says()
    {
        var folder = Cases.BadFolder;
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        var files = index.RootElement.GetProperty("cases").EnumerateArray().Where(@case => @case.GetProperty("expect").TryGetProperty("code", out _))
            .GroupBy(@case => @case.GetProperty("expect").GetProperty("code").GetString()!).ToDictionary(group => group.Key, group => group.First().GetProperty("file").GetString()!);

        var rows = Page.Rows.Where(row => row.Head == "Code | The file | It says").ToList();

        rows.Select(row => row.Cells[0]).ShouldBe(Enumerable.Range(1, 10).Select(n => $"D{n:D3}"));
        Same(rows.Select(row => (row.Line, row.Cells[2], TemplateCheck.Check(File.ReadAllBytes(Path.Combine(folder, files[row.Cells[0]])), files[row.Cells[0]])[0].Message)));
    }

    [Fact]
    public void Every_warning_says_what_the_page_says()
    {
        var rows = Page.Rows.Where(row => row.Head == "Code | When | It says").ToList();

        rows.Select(row => row.Cells[0]).ShouldBe(Enumerable.Range(1, 9).Select(n => $"W{n:D3}"));
        Same(rows.Select(row => (row.Line, $"{row.Cells[0]} {row.Cells[2]}", Told(ManualWarnings.Of(row.Cells[0]), row.Cells[0]))));
    }

    private static string Told(IEnumerable<TemplateProblem> problems, string code) =>
        problems.FirstOrDefault(problem => problem.Code == code) is { } problem ? $"{problem.Code} {problem.Message}" : $"no {code}: {string.Join("; ", problems.Select(other => other.ToText()))}";

    [Fact]
    public void Templates_of_the_manual_fit_their_data()
    {
        foreach (var template in Templates())
        {
            var data = Expressions.Value.ParseJson(File.ReadAllText(Path.ChangeExtension(template, ".data.json")));
            TemplateCheck.Check(File.ReadAllBytes(template), template, data).Where(problem => problem.Code != "W005").ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_picture_the_page_shows_is_there_and_small() =>
        Page.Pictures.ForEach(picture => new FileInfo(Path.Combine(ManualPage.Folder, picture)).Length.ShouldBeLessThan(60_000, picture));

    /// <summary>Remakes the pictures of the page: <c>APPROVE_PICTURES=1 dotnet test --filter Manual</c>, where LibreOffice and Poppler are.</summary>
    [Fact]
    public void Pictures_are_made_from_the_templates_when_asked()
    {
        var pictures = Page.Pictures.Select(picture => Path.GetFileName(picture).Replace("-template.png", "", StringComparison.Ordinal).Replace("-result.png", "", StringComparison.Ordinal)).Distinct().ToList();
        if (Environment.GetEnvironmentVariable("APPROVE_PICTURES") == "1")
            ManualPictures.Make([.. Templates().Where(template => pictures.Contains(Path.GetFileNameWithoutExtension(template)))]);

        Page.Pictures.ShouldBe(pictures.SelectMany(name => new[] { $"manual/{name}-template.png", $"manual/{name}-result.png" }));
    }

    private static IEnumerable<string> Templates() => Directory.EnumerateFiles(Path.Combine(ManualPage.Folder, "manual")).Where(file => Path.GetExtension(file) is ".docx" or ".xlsx").Order(StringComparer.Ordinal);
}
