using System.Text.Json;
using System.Xml;

namespace ProductionOffice.Templates.Tests;

public sealed class ConformanceTests
{
    public static TheoryData<string> Names => Cases.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_gives_what_it_expects(string name)
    {
        var (job, expect) = Cases.Read(name);

        var result = job.Run();

        var report = RenderJob.ToJson(result);
        if (expect.GetProperty("result").GetString() == "error")
        {
            result.IsOk.ShouldBeFalse(report);
            HoldProblems(expect.GetProperty("errors"), result.Errors, exact: true);
            return;
        }

        result.IsOk.ShouldBeTrue(report);
        if (expect.TryGetProperty("warnings", out var warnings))
        {
            if (warnings.GetArrayLength() == 0)
                result.Warnings.ShouldBeEmpty(report);
            HoldProblems(warnings, result.Warnings, exact: false);
        }

        var document = new ReadPackage(result.Document!);
        if (job.Name.EndsWith("docx", StringComparison.Ordinal))
            HoldWord(document, expect);
        else
            HoldExcel(document, expect);
        HoldAsserts(document, expect);
        Invariants.Hold(document);
        if (job.Name.EndsWith("docx", StringComparison.Ordinal))
            WordProbe.HoldSchema(job.Template.ToArray(), result.Document!);
        job.Run().Document.ShouldBe(result.Document);
    }

    private static void HoldProblems(JsonElement expected, IReadOnlyList<TemplateProblem> found, bool exact)
    {
        var open = found.ToList();
        foreach (var want in expected.EnumerateArray())
        {
            var match = open.Find(problem => Matches(want, problem));
            match.ShouldNotBeNull($"not reported: {want}\nfound: {string.Join("\n", found.Select(problem => problem.ToString()))}");
            open.Remove(match);
        }

        if (exact)
            open.ShouldBeEmpty(string.Join("\n", open.Select(problem => problem.ToText())));
    }

    private static bool Matches(JsonElement want, TemplateProblem problem)
    {
        foreach (var field in want.EnumerateObject())
        {
            var text = field.Value.ToString();
            var fits = field.Name switch
            {
                "code" => problem.Code == text,
                "part" => problem.Part == text,
                "paragraph" => problem.Paragraph == text,
                "column" => problem.Column == field.Value.GetInt32(),
                "table" => problem.Table == field.Value.GetInt32(),
                "row" => problem.Row == field.Value.GetInt32(),
                "sheet" => problem.Sheet == text,
                "cell" => problem.Cell == text,
                "tag" => problem.Tag == text,
                "name" => problem.Name == text,
                "suggest" => field.Value.EnumerateArray().All(want => problem.Suggest.Contains(want.GetString())),
                "contains" => field.Value.EnumerateArray().All(want => problem.Message.Contains(want.GetString()!, StringComparison.Ordinal)),
                _ => false,
            };
            if (!fits)
                return false;
        }

        return true;
    }

    private static void HoldWord(ReadPackage document, JsonElement expect)
    {
        if (expect.TryGetProperty("body", out var body))
            Show(ReadPackage.Blocks(document.Xml("word/document.xml").DocumentElement!.FirstChild!)).ShouldBe(Show(body));
        if (expect.TryGetProperty("header", out var header))
            Show(ReadPackage.Blocks(document.Xml("word/header1.xml").DocumentElement!)).ShouldBe(Show(header));
        if (expect.TryGetProperty("footer", out var footer))
            Show(ReadPackage.Blocks(document.Xml("word/footer1.xml").DocumentElement!)).ShouldBe(Show(footer));
        if (expect.TryGetProperty("footnotes", out var notes))
            Show(Notes(document)).ShouldBe(Show(notes));
    }

    private static List<object> Notes(ReadPackage document)
    {
        var body = document.Xml("word/document.xml");
        var notes = document.Xml("word/footnotes.xml");
        var names = ReadPackage.Prefixes(notes);
        return [.. body.SelectNodes("//w:footnoteReference/@w:id", ReadPackage.Prefixes(body))!.Cast<XmlNode>().Select(id =>
            (object)string.Join('\n', ReadPackage.Blocks(notes.SelectSingleNode($"//w:footnote[@w:id='{id.Value}']", names)!)))];
    }

    private static void HoldExcel(ReadPackage document, JsonElement expect)
    {
        var sheets = document.Sheets();
        if (expect.TryGetProperty("sheetOrder", out var order))
            sheets.Select(sheet => sheet.Name).ShouldBe(order.EnumerateArray().Select(name => name.GetString()!));
        foreach (var (kind, isFormula) in new[] { ("sheets", false), ("formulas", true) })
        {
            if (!expect.TryGetProperty(kind, out var wanted))
                continue;
            foreach (var sheet in wanted.EnumerateObject())
            {
                var part = sheets.Single(pair => pair.Name == sheet.Name).Part;
                foreach (var cell in sheet.Value.EnumerateObject())
                {
                    var (value, formula) = document.Cell(part, cell.Name);
                    var actual = isFormula ? formula : value;
                    Show(actual).ShouldBe(Show(cell.Value), $"{kind} {sheet.Name}!{cell.Name}");
                }
            }
        }
    }

    private static void HoldAsserts(ReadPackage document, JsonElement expect)
    {
        if (!expect.TryGetProperty("assert", out var asserts))
            return;
        foreach (var assert in asserts.EnumerateArray())
        {
            var part = assert.GetProperty("part").GetString()!;
            if (part == "qr")
                continue;
            var path = assert.GetProperty("xpath").GetString()!;
            Show(document.XPath(part, path)).ShouldBe(Show(assert.GetProperty("equals")), $"{part}: {path}");
        }
    }

    private static string Show(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Object } element => Show(element.GetProperty("table")),
        JsonElement { ValueKind: JsonValueKind.Array } element => "[" + string.Join(", ", element.EnumerateArray().Select(item => Show(item))) + "]",
        JsonElement { ValueKind: JsonValueKind.String } element => JsonSerializer.Serialize(element.GetString()),
        JsonElement { ValueKind: JsonValueKind.Number } element => element.GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
        JsonElement { ValueKind: JsonValueKind.True } => "true",
        JsonElement { ValueKind: JsonValueKind.False } => "false",
        JsonElement => "null",
        string text => JsonSerializer.Serialize(text),
        double number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        null => "null",
        System.Collections.IEnumerable list => "[" + string.Join(", ", list.Cast<object>().Select(Show)) + "]",
        _ => value.ToString()!,
    };
}
