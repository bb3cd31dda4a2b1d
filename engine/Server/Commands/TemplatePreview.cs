using System.CommandLine;
using System.Globalization;
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
        var png = new Option<string?>("--png") { Description = "Where a picture of the first page is written; a name without extension takes pictures of all pages", HelpName = "page.png" };
        var options = new Option<string?>("--options") { Description = "JSON file with the options of render", HelpName = "o.json" };
        var limit = Duration.Option("--timeout", "How long LibreOffice may take, for example 30s; 60s when not given");
        var verb = new Verb("preview", "Fills a template and turns it into pages with LibreOffice; no links are followed, no macros run.",
            "office template preview deal-memo.docx --data kei.json --pdf out.pdf",
            "office template preview crew-list.xlsx --data crew.json --pdf out.pdf --png page-1.png",
            "office template preview deal-memo.docx --data kei.json --pdf out.pdf --png memo").With(template).With(data, pdf, png, options, limit);
        format.AddTo(verb);
        verb.SetAction(async (parsed, cancel) =>
        {
            var job = TemplateJob.Of(parsed.GetRequiredValue(template), parsed.GetRequiredValue(data), null, parsed.GetValue(options));
            var target = parsed.GetRequiredValue(pdf);
            var (result, pictures) = await MakeAsync(job, target, parsed.GetValue(png), parsed.GetValue(limit) ?? Usual, cancel);
            return TemplateCommands.Write(io, format.IsJson(parsed), result, [target, .. pictures],
                result.IsError ? null : new JsonObject { ["pdf"] = target, ["png"] = pictures.Count > 0 ? pictures[0] : null, ["pages"] = new JsonArray([.. pictures.Select(p => JsonValue.Create(p))]) });
        });
        return verb;
    }

    /// <returns>What became of the template, and the pictures that were written.</returns>
    private static async Task<(TemplateResult Result, IReadOnlyList<string> Pictures)> MakeAsync(TemplateJob job, string pdf, string? png, TimeSpan limit, CancellationToken cancel)
    {
        using var document = new MemoryStream();
        var result = job.Fill(document);
        if (result.IsError)
            return (result, []);

        var folder = Directory.CreateTempSubdirectory("office-preview-");
        try
        {
            var file = Path.Combine(folder.FullName, "document" + (Path.GetExtension(job.TemplatePath).StartsWith(".x", StringComparison.OrdinalIgnoreCase) ? ".xlsx" : ".docx"));
            await File.WriteAllBytesAsync(file, document.ToArray(), cancel);
            var pages = await TemplateConverter.ToPdfAsync(file, limit, cancel);
            var pictures = png is null ? [] : await TemplateConverter.ToPngAsync(pages, isAllPages: !Path.HasExtension(png), limit, cancel);
            TemplateOutput.Write(await File.ReadAllBytesAsync(pages, cancel), pdf, cancel);
            var names = Names(png, pictures.Count);
            foreach (var (picture, name) in pictures.Zip(names))
                TemplateOutput.Write(await File.ReadAllBytesAsync(picture, cancel), name, cancel);
            return (result, names);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary><c>page.png</c> as it is; <c>page</c> becomes <c>page.png</c>, or <c>page-1.png</c>, <c>page-2.png</c> when there are several.</summary>
    private static List<string> Names(string? png, int count) => [.. Enumerable.Range(1, count).Select(page =>
        Path.HasExtension(png) ? png! : count == 1 ? png + ".png" : string.Create(CultureInfo.InvariantCulture, $"{png}-{page}.png"))];
}
