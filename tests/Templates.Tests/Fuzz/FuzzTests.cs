using System.Diagnostics;
using System.Globalization;

namespace ProductionOffice.Templates.Tests;

public sealed class FuzzTests
{
    private const int Rounds = 250;

    public static TheoryData<string> Kinds => [.. FuzzCase.Kinds];

    /// <summary>OFFICE_FUZZ_SEED begins elsewhere.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_broken_template_is_rendered_or_refused_in_plain_words(string kind)
    {
        var first = Number("OFFICE_FUZZ_SEED") ?? 20260314;
        for (var seed = first; seed < first + Rounds; seed++)
            FuzzWatch.Run(FuzzCase.Of(seed, kind)).Fault.ShouldBeNull($"FuzzCase.Of({seed}, \"{kind}\")");
    }

    /// <summary>OFFICE_FUZZ_SECONDS makes it go on for that long; faults go to OFFICE_FUZZ_LOG as they are found.</summary>
    [Fact]
    public void Fuzzing_for_as_long_as_asked_finds_no_fault()
    {
        var log = Environment.GetEnvironmentVariable("OFFICE_FUZZ_LOG");
        var clock = Stopwatch.StartNew();
        var seed = Number("OFFICE_FUZZ_SEED") ?? 1;
        var faults = new List<string>();
        var codes = new SortedDictionary<string, int>();
        var (slowest, largest) = (TimeSpan.Zero, 0L);
        do
        {
            // A fault that ends the process, such as a stack overflow, is named by this file alone.
            if (log is not null)
                File.WriteAllText(log + ".seed", $"{seed}");
            var fuzz = FuzzCase.Of(seed, Environment.GetEnvironmentVariable("OFFICE_FUZZ_KIND"));
            var answer = FuzzWatch.Run(fuzz);
            codes[answer.Code] = codes.GetValueOrDefault(answer.Code) + 1;
            if (answer.Fault is not null)
            {
                faults.Add($"FuzzCase.Of({seed}): {answer.Fault}");
                if (log is not null)
                    File.WriteAllBytes($"{log}.{seed}{Path.GetExtension(fuzz.Job.Name)}", fuzz.Job.Template.ToArray());
            }

            if (log is not null && (answer.Fault is not null || answer.Time > slowest || answer.Allocated > largest))
                File.AppendAllText(log, $"{seed} {fuzz.Kind} {answer.Time.TotalMilliseconds:0} ms {answer.Allocated >> 20} MiB {answer.Code} {answer.Fault}\n");
            slowest = answer.Time > slowest ? answer.Time : slowest;
            largest = Math.Max(largest, answer.Allocated);
            seed++;
        }
        while (clock.Elapsed.TotalSeconds < (Number("OFFICE_FUZZ_SECONDS") ?? 0));

        if (log is not null)
            File.AppendAllText(log, $"until seed {seed}: {string.Join(", ", codes.Select(pair => $"{pair.Key} {pair.Value}"))}\n");
        faults.ShouldBeEmpty();
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    [Fact]
    public void Broken_markup_of_a_paragraph_is_refused_or_rendered_but_never_fails_otherwise()
    {
        const string body = "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:t>{{#if a}}x{{name}}</w:t></w:r><w:bookmarkStart w:id=\"1\" w:name=\"b\"/></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{/if}}{{#row for c in xs}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var text = body.ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                text[random.Next(text.Length)] = "<>/{}#:\"'= aw"[random.Next(13)];

            var result = Docx.Render(Docx.OfBody(new string(text)), """{"name":"n","a":1,"xs":[1,2]}""");

            result.Errors.ShouldAllBe(error => error.Message.Length > 10);
        }
    }
}
