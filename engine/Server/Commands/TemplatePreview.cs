using System.CommandLine;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office template preview</c>: what the filled template looks like on paper.</summary>
internal static class TemplatePreview
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    public static Verb Build(Streams io)
    {
        var format = new OutputOptions();
        var template = new Argument<string>("TEMPLATE") { Description = "The template file" };
        var data = new Option<string>("--data") { Description = "The data, a JSON file", HelpName = "d.json", Required = true };
        var pdf = new Option<string>("--pdf") { Description = "Where the pages are written", HelpName = "out.pdf", Required = true };
        var png = new Option<string?>("--png") { Description = "Where a picture of the first page is written", HelpName = "page.png" };
        var options = new Option<string?>("--options") { Description = "JSON file with the options of render", HelpName = "o.json" };
        var limit = Duration.Option("--timeout", "How long LibreOffice may take, for example 30s; 60s when not given");
        var verb = new Verb("preview", "Fills a template and turns it into pages with LibreOffice; no links are followed, no macros run.",
            "office template preview deal-memo.docx --data kei.json --pdf out.pdf",
            "office template preview crew-list.xlsx --data crew.json --pdf out.pdf --png page-1.png").With(template).With(data, pdf, png, options, limit);
        format.AddTo(verb);
        verb.SetAction(async (parsed, cancel) =>
        {
            var job = TemplateJob.Of(parsed.GetRequiredValue(template), parsed.GetRequiredValue(data), null, parsed.GetValue(options));
            var target = parsed.GetRequiredValue(pdf);
            var result = await MakeAsync(job, target, parsed.GetValue(png), parsed.GetValue(limit) ?? Usual, cancel);
            return TemplateCommands.Write(io, format.IsJson(parsed), result, target, result.IsError ? null : new JsonObject { ["pdf"] = target, ["png"] = parsed.GetValue(png) });
        });
        return verb;
    }

    private static async Task<TemplateResult> MakeAsync(TemplateJob job, string pdf, string? png, TimeSpan limit, CancellationToken cancel)
    {
        using var document = new MemoryStream();
        var result = job.Fill(document);
        if (result.IsError)
            return result;

        var folder = Directory.CreateTempSubdirectory("office-preview-");
        try
        {
            var file = Path.Combine(folder.FullName, "document" + (Path.GetExtension(job.TemplatePath).StartsWith(".x", StringComparison.OrdinalIgnoreCase) ? ".xlsx" : ".docx"));
            await File.WriteAllBytesAsync(file, document.ToArray(), cancel);
            var pages = await TemplateConverter.ToPdfAsync(file, limit, cancel);
            var picture = png is null ? null : await TemplateConverter.ToPngAsync(pages, limit, cancel);
            TemplateOutput.Write(await File.ReadAllBytesAsync(pages, cancel), pdf, cancel);
            if (picture is not null)
                TemplateOutput.Write(await File.ReadAllBytesAsync(picture, cancel), png!, cancel);
            return result;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
