using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office template</c>: fill, check and measure Word and Excel templates; no office has to run.</summary>
internal static class TemplateCommands
{
    private static readonly string[] Extensions = [".docx", ".xlsx", ".dotx", ".xltx"];

    public static Command Build(Streams io) => Verb.Noun("template", "Word and Excel templates.", Render(io), TemplatePreview.Build(io), Check(io), Fields(io), Bench(io));

    private static Verb Render(Streams io)
    {
        var format = new OutputOptions("--format");
        var template = new Argument<string?>("TEMPLATE") { Description = "The template file", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string?>("--data") { Description = "The data, a JSON file", HelpName = "d.json" };
        var output = new Option<string?>("--output") { Description = "Where the document is written", HelpName = "out" };
        var options = new Option<string?>("--options") { Description = "JSON file with locale, timezone, now, missing, currency, trackedChanges, unwrapControls", HelpName = "o.json" };
        var jobs = new Option<string?>("--jobs") { Description = "Renders a list of {id,template,data,output,options} in one process", HelpName = "jobs.json" };
        var verb = new Verb("render", "Fills a template; exit code 3 and no document when there are errors.",
            "office template render deal-memo.docx --data kei.json --output out.docx",
            "office template render --jobs jobs.json -o json").With(template).With(data, output, options, jobs);
        format.AddTo(verb);
        verb.SetAction(async (parsed, cancel) =>
        {
            var isJson = format.IsJson(parsed);
            if (parsed.GetValue(jobs) is { } list)
                return WriteJobs(io, isJson, await TemplateRuns.AllAsync(io, TemplateJob.ReadList(list), cancel));

            if (parsed.GetValue(template) is not { } name || parsed.GetValue(data) is not { } values || parsed.GetValue(output) is not { } target)
                throw CommandFailure.Usage("TEMPLATE, --data and --output belong together.", "See 'office template render --help'.");

            return Write(io, isJson, await TemplateRuns.OneAsync(io, TemplateJob.Of(name, values, target, parsed.GetValue(options)), cancel), [target]);
        });
        return verb;
    }

    private static Verb Check(Streams io)
    {
        var format = new OutputOptions();
        var paths = new Argument<string[]>("PATH") { Description = "Templates, or folders of them", Arity = ArgumentArity.OneOrMore };
        var data = new Option<string?>("--data") { Description = "Fills the template with this data to find what only filling shows", HelpName = "d.json" };
        var against = new Option<string?>("--against") { Description = "Sample data, a JSON Schema, a workflow definition or a folder of them; names nothing provides and data nothing uses are told", HelpName = "x" };
        var options = new Option<string?>("--options") { Description = "JSON file with the options of render", HelpName = "o.json" };
        var annotate = new Option<string?>("--annotate") { Description = "Writes a copy of the one template with a comment at every error", HelpName = "copy.docx" };
        var verb = new Verb("check", "Finds every error of templates at once; exit code 3 when there are any.",
            "office template check templates/documents", "office template check deal-memo.docx --against deal-memo.sample.json", "office template check templates/documents --against workflows/definitions", "office template check deal-memo.docx --annotate deal-memo-errors.docx").With(paths).With(data, against, options, annotate);
        format.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var source = parsed.GetValue(against) is { } name ? TemplateAgainst.Of(name) : null;
            var given = parsed.GetRequiredValue(paths);
            var results = PathList.Expand(given, Extensions)
                .Select(p => (File: p, Result: TemplateJob.Check(p, parsed.GetValue(data), parsed.GetValue(options), source))).ToList();
            if (source is not null && given.Any(Directory.Exists))
                results.AddRange(source.Missing(results.Select(r => r.File)).Select(p => (p.File!, TemplateResult.Of([p]))));
            var isWrong = results.Any(r => r.Result.IsError);
            if (parsed.GetValue(annotate) is { } copy)
            {
                if (results is not [var only])
                    throw CommandFailure.Usage("--annotate takes one template.", "See 'office template check --help'.");
                TemplateJob.Annotate(only.File, only.Result, copy);
            }

            if (format.IsJson(parsed))
            {
                io.Out.WriteLine(JsonText.Indented(new JsonObject
                {
                    ["result"] = isWrong ? "error" : "ok",
                    ["warnings"] = All("warnings"),
                    ["errors"] = All("errors"),
                    ["templates"] = new JsonArray([.. results.Select(r => new JsonObject { ["file"] = r.File, ["result"] = r.Result.Word, ["errors"] = r.Result.Errors.Count, ["warnings"] = r.Result.Warnings.Count })]),
                }));
            }
            else
            {
                foreach (var (file, result) in results)
                {
                    foreach (var problem in result.Errors.Concat(result.Warnings))
                        io.Out.WriteLine(problem.ToText());
                    if (!result.IsError)
                        io.Out.WriteLine($"{file}: ok");
                }
            }

            return isWrong ? ExitCode.Invalid : ExitCode.Ok;

            JsonArray All(string kind) => [.. results.SelectMany(r => r.Result.ToJson()[kind]!.AsArray()).Select(p => p!.DeepClone())];
        });
        return verb;
    }

    private static Verb Fields(Streams io)
    {
        var list = new ListOptions();
        var path = new Argument<string>("PATH") { Description = "The template file" };
        var schema = new Option<bool>("--schema") { Description = "Prints what the data must look like as JSON Schema 2020-12" };
        var verb = new Verb("fields", "Lists the fields a template uses.", "office template fields deal-memo.docx", "office template fields crew-list.xlsx -o json", "office template fields deal-memo.docx --schema").With(path).With(schema);
        list.AddTo(verb);
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(schema))
            {
                io.Out.WriteLine(TemplateJob.Schema(parsed.GetRequiredValue(path)));
                return ExitCode.Ok;
            }

            Listing.Write(io, parsed, list, TemplateJob.Fields(parsed.GetRequiredValue(path)), "path", "kind", "optional", "places");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Bench(Streams io)
    {
        var format = new OutputOptions();
        var jobs = new Argument<string>("JOBS") { Description = "JSON list of {id,template,data,output,warmup,iterations}" };
        var result = new Argument<string>("RESULT") { Description = "File the times are written to" };
        var compiled = new Option<bool>("--compiled") { Description = "Keep the compiled template between iterations" };
        var verb = new Verb("bench", "Measures filling, from template bytes to document bytes.", "office template bench jobs.json result.json --compiled").With(jobs, result).With(compiled);
        format.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var answer = TemplateBench.Run(parsed.GetRequiredValue(jobs), parsed.GetValue(compiled));
            File.WriteAllText(parsed.GetRequiredValue(result), JsonText.OneLine(answer) + "\n");
            if (format.IsJson(parsed))
                io.Out.WriteLine(JsonText.OneLine(answer));
            else
                Listing.Write(io, parsed.GetValue(format.Format), TemplateBench.Summary(answer), ["id", "iterations", "medianMs", "medianCpuMs"]);
            return ExitCode.Ok;
        });
        return verb;
    }

    /// <param name="io">Where to.</param>
    /// <param name="isJson">Whether programs read it.</param>
    /// <param name="result">What became of the template.</param>
    /// <param name="written">The files that were written.</param>
    /// <param name="more">What else programs are told.</param>
    public static int Write(Streams io, bool isJson, TemplateResult result, IEnumerable<string> written, JsonObject? more = null)
    {
        if (isJson)
        {
            var json = result.ToJson();
            foreach (var (name, value) in more ?? [])
                json[name] = value?.DeepClone();
            io.Out.WriteLine(JsonText.Indented(json));
        }
        else
        {
            foreach (var problem in result.Errors.Concat(result.Warnings))
                io.Error.WriteLine(problem.ToText());
            foreach (var file in result.IsError ? [] : written)
                io.Out.WriteLine(file);
        }

        return result.IsError ? ExitCode.Invalid : ExitCode.Ok;
    }

    private static int WriteJobs(Streams io, bool isJson, List<(string Id, TemplateResult Result)> results)
    {
        if (isJson)
        {
            io.Out.WriteLine(JsonText.Indented(new JsonObject
            {
                ["jobs"] = new JsonArray([.. results.Select(r =>
                {
                    var json = r.Result.ToJson();
                    json.Insert(0, "id", r.Id);
                    return json;
                })]),
            }));
        }
        else
        {
            foreach (var (id, result) in results)
            {
                io.Out.WriteLine($"{id}\t{result.Word}");
                foreach (var problem in result.Errors.Concat(result.Warnings))
                    io.Error.WriteLine(problem.ToText());
            }
        }

        return results.Any(r => r.Result.IsError) ? ExitCode.Invalid : ExitCode.Ok;
    }
}
