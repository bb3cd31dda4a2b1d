using System.Text.Json;
using System.Text.Encodings.Web;
using ProductionOffice.Expressions;

namespace ProductionOffice.Templates;

/// <summary>One call of <c>office template render</c>: template, data and options as they come from files; the document and the answer in JSON.</summary>
/// <remarks>Pure: reads and writes no files but through what it is handed.</remarks>
public sealed record RenderJob
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name of the template file, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes of the template.</summary>
    public required ReadOnlyMemory<byte> Template { get; init; }

    /// <summary>The data, JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Options, JSON in UTF-8, or empty: <c>locale timezone now missing currency trackedChanges unwrapControls</c>.</summary>
    public ReadOnlyMemory<byte> Options { get; init; }

    /// <summary>Finds pictures and included templates by name, or null.</summary>
    public Func<string, byte[]?>? Library { get; init; }

    /// <summary>Fills the template.</summary>
    public RenderResult Run()
    {
        try
        {
            return Fill(Templates.Template.Compile(Template, Name));
        }
        catch (TemplateException exception)
        {
            return new RenderResult { Errors = exception.Errors, Warnings = exception.Warnings };
        }
    }

    /// <summary>Fills a template that was compiled before.</summary>
    public RenderResult Run(Template compiled)
    {
        try
        {
            return Fill(compiled);
        }
        catch (TemplateException exception)
        {
            return new RenderResult { Errors = exception.Errors, Warnings = exception.Warnings };
        }
    }

    /// <summary>Options from JSON; names ignore case, unknown ones are ignored.</summary>
    /// <param name="json">JSON in UTF-8, or empty.</param>
    /// <param name="library">Finds pictures and included templates by name, or null.</param>
    /// <param name="data">What the template is filled with: its <c>production.timezone</c> is the time zone when the options name none.</param>
    /// <exception cref="FormatException">A value cannot be read.</exception>
    public static RenderOptions ReadOptions(ReadOnlyMemory<byte> json, Func<string, byte[]?>? library = null, Value data = default)
    {
        var options = new RenderOptions { Pictures = library, Includes = library };
        using var document = JsonDocument.Parse(json.IsEmpty ? "{}"u8.ToArray() : json);
        if (OwnZone(data) is { Length: > 0 } own && !document.RootElement.EnumerateObject().Any(option => option.Name.Equals("timezone", StringComparison.OrdinalIgnoreCase)))
            options = options with { TimeZone = Zone(own) };
        foreach (var option in document.RootElement.EnumerateObject())
        {
            var text = option.Value.ValueKind == JsonValueKind.String ? option.Value.GetString()! : option.Value.ToString();
            options = option.Name.ToLowerInvariant() switch
            {
                "locale" => options with { Locale = text },
                "timezone" => options with { TimeZone = Zone(text) },
                "now" => options with { Now = Moment(text) },
                "currency" => options with { Currency = text },
                "missing" => options with { Missing = Enum.TryParse<MissingMode>(text, true, out var missing) ? missing : throw new FormatException($"missing is “{text}”; it may be error, blank or mark.") },
                "trackedchanges" => options with { TrackedChanges = Enum.TryParse<TrackedChangesMode>(text, true, out var changes) ? changes : throw new FormatException($"trackedChanges is “{text}”; it may be accept or error.") },
                "unwrapcontrols" => options with { UnwrapControls = text.Equals("true", StringComparison.OrdinalIgnoreCase) },
                _ => options,
            };
        }

        return options;
    }

    /// <summary>The answer in JSON as the command line prints it: <c>{"result","warnings","errors"}</c>.</summary>
    public static string ToJson(RenderResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
            WriteTo(writer, result);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Writes the fields of the answer as one object; <paramref name="id"/> first when given.</summary>
    public static void WriteTo(Utf8JsonWriter writer, RenderResult result, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteStartObject();
        if (id is not null)
            writer.WriteString("id", id);
        writer.WriteString("result", result.IsOk ? "ok" : "error");
        WriteProblems(writer, "warnings", result.Warnings);
        WriteProblems(writer, "errors", result.Errors);
        writer.WriteEndObject();
    }

    /// <summary>A list of problems under a name; only the fields that apply.</summary>
    public static void WriteProblems(Utf8JsonWriter writer, string name, IReadOnlyList<TemplateProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(problems);
        writer.WriteStartArray(name);
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("code", problem.Code);
            Text("name", problem.Name);
            Text("file", problem.File);
            Text("part", problem.Part);
            Text("place", problem.Place);
            Text("paragraph", problem.Paragraph);
            Number("column", problem.Column);
            Number("table", problem.Table);
            Number("row", problem.Row);
            Text("sheet", problem.Sheet);
            Text("cell", problem.Cell);
            Text("tag", problem.Tag);
            writer.WriteString("message", problem.Message);
            writer.WriteStartArray("suggest");
            foreach (var suggestion in problem.Suggest)
                writer.WriteStringValue(suggestion);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();

        void Text(string field, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                writer.WriteString(field, value);
        }

        void Number(string field, int? value)
        {
            if (value is { } number)
                writer.WriteNumber(field, number);
        }
    }

    private RenderResult Fill(Template template)
    {
        using var output = new MemoryStream();
        var data = Value.ParseJson(Data.Span);
        var report = template.Render(data, ReadOptions(Options, Library, data), output);
        return new RenderResult { Document = output.ToArray(), Extension = template.Extension, Warnings = report.Warnings };
    }

    private static string? OwnZone(Value data) =>
        data.Kind == ValueKind.Object && data["production"] is { Kind: ValueKind.Object } show && show["timezone"] is { Kind: ValueKind.String } zone ? zone.AsString() : null;

    private static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw new FormatException($"The time zone “{name}” is not known; write for example America/Los_Angeles.");

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new FormatException($"now is “{text}”; write for example 2026-03-14T09:00:00Z.");
}

/// <summary>What came of a <see cref="RenderJob"/>.</summary>
public sealed record RenderResult
{
    /// <summary>Whether a document was made.</summary>
    public bool IsOk => Document is not null;

    /// <summary>The document, or null when there are errors.</summary>
    public byte[]? Document { get; init; }

    /// <summary><c>.docx</c> or <c>.xlsx</c>; null when there are errors.</summary>
    public string? Extension { get; init; }

    /// <summary>All errors at once.</summary>
    public IReadOnlyList<TemplateProblem> Errors { get; init; } = [];

    /// <summary>All warnings.</summary>
    public IReadOnlyList<TemplateProblem> Warnings { get; init; } = [];
}
