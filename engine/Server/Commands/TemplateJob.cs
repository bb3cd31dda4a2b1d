using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Expressions;
using ProductionOffice.Templates;
using ProductionOffice.Templates.Checking;

namespace ProductionOffice.Server.Commands;

/// <summary>One document to make: template, data, options, and where it goes.</summary>
/// <param name="Id">Given back with the result.</param>
/// <param name="TemplatePath">The template file.</param>
/// <param name="Data">The data.</param>
/// <param name="ReadOptions">How it is filled with these data.</param>
/// <param name="Output">Where it is written; null to throw it away.</param>
internal sealed record TemplateJob(string Id, string TemplatePath, Func<Value> Data, Func<Value, RenderOptions> ReadOptions, string? Output)
{
    public static TemplateJob Of(string template, string data, string? output, string? options) =>
        new(template, Existing(template), () => ReadData(data), values => Options(options is null ? null : JsonText.ReadObject(options).ToJsonString(), template, values), output);

    /// <summary>The jobs of a file; paths are as seen from here, else from the file's folder. What a job lacks is told when it runs.</summary>
    public static IReadOnlyList<TemplateJob> ReadList(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return [.. Jobs(path).Select((job, i) =>
        {
            var id = job["id"] is JsonValue given ? given.ToString() : i.ToString(CultureInfo.InvariantCulture);
            var template = Find(Text(job, "template") ?? "", folder);
            return new TemplateJob(
                id,
                template,
                () => job["data"] is null ? throw Unfinished(id, "data")
                    : Text(job, "data") is { } file ? ReadData(Find(file, folder)) : Value.ParseJson(job["data"]!.ToJsonString()),
                values => Options(job["options"] switch
                {
                    null => null,
                    JsonObject o => o.ToJsonString(),
                    _ when Text(job, "options") is { } file => JsonText.ReadObject(Find(file, folder)).ToJsonString(),
                    _ => throw new CommandFailure(ExitCode.Invalid, "jobs-unreadable", $"The options of job '{id}' are neither an object nor the name of a file.", "Write for example \"options\":{\"locale\":\"en-CA\"}."),
                }, template, values),
                Text(job, "output"));
        })];
    }

    public static IReadOnlyList<JsonObject> Jobs(string path)
    {
        try
        {
            return JsonText.ReadObject(path)["jobs"] is JsonArray list && list.All(j => j is JsonObject) ? [.. list.Select(j => j!.AsObject())] : throw NoList(path);
        }
        catch (ArgumentException)
        {
            // The same name twice in one object.
            throw NoList(path);
        }
    }

    /// <summary>Makes the document and writes it; nothing is written when there are errors.</summary>
    public TemplateResult Run(CompiledTemplates? compiled = null, CancellationToken cancel = default)
    {
        using var document = new MemoryStream();
        var result = Fill(document, compiled);
        if (!result.IsError && Output is not null)
            TemplateOutput.Write(document.GetBuffer().AsSpan(0, (int)document.Length), Output, cancel);
        return result;
    }

    /// <summary>Makes the document.</summary>
    public TemplateResult Fill(MemoryStream document, CompiledTemplates? compiled = null)
    {
        try
        {
            var bytes = File.ReadAllBytes(TemplatePath);
            var template = compiled?.Of(bytes, TemplatePath) ?? Template.Compile(bytes, TemplatePath);
            var data = Data();
            return new TemplateResult([], template.Render(data, ReadOptions(data), document).Warnings);
        }
        catch (TemplateException e)
        {
            return TemplateResult.Of(e);
        }
        catch (FileNotFoundException e)
        {
            return TemplateResult.Unusable("file-not-found", $"There is no file '{e.FileName}'.");
        }
        catch (JsonException e)
        {
            return TemplateResult.Unusable("json-unreadable", $"The data is not JSON: {e.Message}");
        }
    }

    /// <summary>As <see cref="Run"/>; whatever goes wrong is this job's error and stops no other.</summary>
    public TemplateResult RunAmongOthers(CompiledTemplates compiled, CancellationToken cancel)
    {
        try
        {
            return TemplatePath.Length == 0 ? throw Unfinished(Id, "template") : Output is null ? throw Unfinished(Id, "output") : Run(compiled, cancel);
        }
        catch (CommandFailure e)
        {
            return TemplateResult.Unusable(e.Code, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return TemplateResult.Unusable("file-failed", e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return TemplateResult.Unusable("unexpected", $"{e.GetType().Name}: {e.Message} This is a defect: please report it with the job.");
        }
    }

    /// <summary>All problems of a template: filled with data, held against what data there are, or by itself.</summary>
    public static TemplateResult Check(string path, string? data, string? options, TemplateAgainst? against = null)
    {
        var includes = Includes(path);
        var found = against?.Check(path, includes);
        if (data is null)
            return found ?? TemplateResult.Of(TemplateCheck.Check(File.ReadAllBytes(path), path, null, includes));

        // What filling shows comes first; the other way of looking adds what it missed.
        var filled = Of(path, data, null, options).Run();
        if (found is null)
            return filled;
        var known = filled.Errors.Concat(filled.Warnings).Select(p => (p.Code, p.Place, p.Tag)).ToHashSet();
        return new TemplateResult(
            [.. filled.Errors, .. found.Errors.Where(p => !known.Contains((p.Code, p.Place, p.Tag)))],
            [.. filled.Warnings, .. found.Warnings.Where(p => !known.Contains((p.Code, p.Place, p.Tag)))]);
    }

    /// <summary>Writes a copy of a template with a comment at every error and warning.</summary>
    public static void Annotate(string path, TemplateResult result, string copy)
    {
        using var document = new MemoryStream();
        try
        {
            TemplateAnnotation.Annotate(File.ReadAllBytes(path), path, [.. result.Errors, .. result.Warnings], document);
        }
        catch (TemplateException e)
        {
            throw Unreadable(e);
        }

        TemplateOutput.Write(document.GetBuffer().AsSpan(0, (int)document.Length), copy);
    }

    /// <summary>The data a template needs as JSON Schema.</summary>
    public static string Schema(string path)
    {
        try
        {
            return Template.Compile(File.ReadAllBytes(Existing(path)), path).ToJsonSchema(Includes(path));
        }
        catch (TemplateException e)
        {
            throw Unreadable(e);
        }
    }

    public static JsonArray Fields(string path)
    {
        try
        {
            return new JsonArray([.. Template.Compile(File.ReadAllBytes(Existing(path)), path).FindFields(Includes(path)).Select(f => new JsonObject
            {
                ["path"] = f.Path,
                ["kind"] = f.Kind.ToString().ToLowerInvariant(),
                ["optional"] = f.Optional,
                ["places"] = new JsonArray([.. f.Places.Select(p => JsonValue.Create(p))]),
            })]);
        }
        catch (TemplateException e)
        {
            throw Unreadable(e);
        }
    }

    private static Func<string, byte[]?> Includes(string template) => new TemplateLibrary(Path.GetDirectoryName(Path.GetFullPath(template))!).Find;

    private static CommandFailure Unreadable(TemplateException e) =>
        new(ExitCode.Invalid, "template-unreadable", e.Errors[0].ToText().ReplaceLineEndings(" "), "See all its errors with 'office template check'.");

    private static RenderOptions Options(string? json, string template, Value data)
    {
        var library = new TemplateLibrary(Path.GetDirectoryName(Path.GetFullPath(template))!);
        try
        {
            return RenderJob.ReadOptions(Encoding.UTF8.GetBytes(json ?? ""), library.Find, data);
        }
        catch (FormatException e)
        {
            throw new CommandFailure(ExitCode.Invalid, "option-unreadable", $"An option of '{template}', or production.timezone of its data, cannot be read: {e.Message}", "Correct it.");
        }
    }

    private static Value ReadData(string path)
    {
        try
        {
            return Value.ParseJson(File.ReadAllText(Existing(path)));
        }
        catch (JsonException e)
        {
            throw JsonText.Unreadable(path, e);
        }
    }

    private static string? Text(JsonObject job, string field) => job[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static CommandFailure Unfinished(string id, string field) => new(ExitCode.Invalid, "jobs-unreadable", $"Job '{id}' has no '{field}'.", "Every job needs id, template, data and output.");

    private static CommandFailure NoList(string path) => new(ExitCode.Invalid, "jobs-unreadable", $"'{path}' holds no list of jobs.", "Write {\"jobs\":[{\"id\",\"template\",\"data\",\"output\"}]}.");

    private static string Existing(string path) => File.Exists(path) ? path : throw CommandFailure.NoFile(path, "Check the path.");

    private static string Find(string path, string folder) => path.Length == 0 || File.Exists(path) || Path.IsPathRooted(path) ? path : Path.Combine(folder, path);
}

/// <summary>The template of the last job, read once for all jobs in a row that use it.</summary>
internal sealed class CompiledTemplates
{
    private byte[] _bytes = [];
    private string _path = "";
    private Template? _last;

    /// <exception cref="TemplateException">It cannot be read.</exception>
    public Template Of(byte[] bytes, string path)
    {
        if (_last is null || _path != path || !_bytes.AsSpan().SequenceEqual(bytes))
            (_last, _path, _bytes) = (Template.Compile(bytes, path), path, bytes);
        return _last;
    }
}
