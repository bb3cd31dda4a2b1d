using System.Text;

namespace ProductionOffice.Templates.Tests;

/// <summary>One broken template and its data; the seed alone makes it again.</summary>
internal sealed record FuzzCase(int Seed, string Kind, RenderJob Job)
{
    public static string[] Kinds { get; } = ["bytes", "zip", "markup", "package", "tags", "data"];

    private static readonly Lazy<RenderJob[]> Sources = new(() => [.. Directory.GetDirectories(Cases.Folder).Order(StringComparer.Ordinal).Select(folder => Cases.Read(Path.GetFileName(folder)).Job)]);

    public static FuzzCase Of(int seed, string? kind = null)
    {
        var random = new Random(seed);
        var chosen = Kinds[random.Next(Kinds.Length)];
        kind ??= chosen;
        var job = Sources.Value[random.Next(Sources.Value.Length)];
        var template = job.Template.ToArray();
        return new FuzzCase(seed, kind, kind switch
        {
            "bytes" => job with { Template = FuzzZip.Bytes(random, template) },
            "zip" => job with { Template = FuzzZip.Fields(random, RawZip.Read(template)) },
            "markup" => job with { Template = FuzzMarkup.Parts(random, RawZip.Read(template)) },
            "package" => job with { Template = FuzzMarkup.Package(random, RawZip.Read(template)) },
            "tags" => job with { Template = FuzzTags.Into(random, RawZip.Read(template)), Data = FuzzData.Next(random, job.Data) },
            _ => job with { Data = FuzzData.Next(random, job.Data), Options = Encoding.UTF8.GetBytes("""{"missing":"blank"}""") },
        });
    }
}
