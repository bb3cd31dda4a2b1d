using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects.Web;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary>Turns a web request into what an HttpEndpoint gets.</summary>
/// <param name="rules">What the endpoint's author allows.</param>
/// <param name="files">Where sent files are kept.</param>
internal sealed class EndpointRequest(EndpointRules rules, ReceivedFiles files)
{
    private const int MostParts = 100;

    /// <summary>What opens doors stays out of the state of workflows.</summary>
    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Cookie", "Proxy-Authorization", OwnerToken.AsHeader, WebSignature.Header, WebRequestEffect.KeyHeader,
    };

    private string? _refused;

    /// <summary>The bytes of the body; nothing when they are too many and the workflow wants to know that itself.</summary>
    /// <exception cref="OfficeProblem">They are too many.</exception>
    public async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var most = rules.LargestRequest(Boundary(request) is not null);
        if (await BytesAsync(request, most, cancellationToken) is { } body)
            return body;

        Refuse("Request too large", new OfficeProblem(413, "too-large", $"The request is larger than {most:N0} bytes.", "Send less. Nothing was changed."));
        return [];
    }

    /// <summary>The bytes of the body; null when there are more than so many, which are not read.</summary>
    public static async Task<byte[]?> BytesAsync(HttpRequest request, long most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
            return null;

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        using var buffer = new MemoryStream();
        var part = new byte[32 * 1024];
        while (await request.Body.ReadAsync(part, cancellationToken) is > 0 and var read)
        {
            if (buffer.Length + read > most)
                return null;
            buffer.Write(part, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>Method, path, query, headers, body and files as a workflow reads them.</summary>
    /// <exception cref="OfficeProblem">The body or a file is not what the endpoint takes.</exception>
    public async Task<Value> ReadAsync(HttpRequest request, string path, RouteValueDictionary routeData, byte[] body, CancellationToken cancellationToken)
    {
        var value = new ObjectValue();
        value.Set("method", Value.From(request.Method));
        value.Set("path", Value.From("/" + path));
        value.Set("routeData", Fields(routeData.Select(r => (r.Key, Value.From(r.Value?.ToString())))));
        value.Set("query", Fields(request.Query.Select(q => (q.Key, Value.From(q.Value.FirstOrDefault() ?? "")))));
        value.Set("headers", Fields(request.Headers.Where(h => !Secret.Contains(h.Key)).Select(h => (h.Key, Value.From(h.Value.ToString())))));
        if (Boundary(request) is { } boundary && _refused is null)
        {
            var (fields, sent) = await PartsAsync(boundary, body, cancellationToken);
            value.Set("body", fields);
            value.Set("files", Value.From(new ListValue(_refused is null ? sent.Select(Keep) : [])));
        }
        else
        {
            value.Set("body", Content(request, body));
            value.Set("files", Value.From(new ListValue()));
        }

        if (_refused is not null)
            value.Set("problem", Value.From(_refused));
        return Value.From(value);
    }

    private static Value Content(HttpRequest request, byte[] body)
    {
        try
        {
            return WebContent.Read(body, request.ContentType);
        }
        catch (JsonException e)
        {
            throw ApiBody.Unreadable(e);
        }
    }

    private async Task<(Value Fields, List<SentFile> Files)> PartsAsync(string boundary, byte[] body, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var sent = new List<SentFile>();
        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(body));
            for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
            {
                if (count >= MostParts)
                    throw new OfficeProblem(413, "too-many-parts", $"The form has more than {MostParts} parts.", "Send less. Nothing was changed.");
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                    continue;

                using var bytes = new MemoryStream();
                await section.Body.CopyToAsync(bytes, cancellationToken);
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (disposition.IsFileDisposition())
                    sent.Add(Check(new SentFile(name, FileName(disposition), section.ContentType ?? "application/octet-stream", bytes.ToArray())));
                else if (fields.TryGetValue(name, out var values))
                    values.Add(Encoding.UTF8.GetString(bytes.ToArray()));
                else
                    fields[name] = [Encoding.UTF8.GetString(bytes.ToArray())];
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new OfficeProblem(400, "form-unreadable", $"The form cannot be read: {e.Message}", "Send it again. Nothing was changed.");
        }

        return (Fields(fields.Select(f => (f.Key, WebContent.Texts(f.Value)))), sent);
    }

    private SentFile Check(SentFile file)
    {
        var extension = Path.GetExtension(file.Name);
        var type = MediaTypeHeaderValue.TryParse(file.ContentType, out var parsed) ? parsed.MediaType.ToString() : file.ContentType;
        if (file.Bytes.Length > rules.LargestFile)
            Refuse("File too large", new OfficeProblem(413, "file-too-large", $"'{file.Name}' is larger than {rules.LargestFile:N0} bytes.", "Send a smaller file. Nothing was changed."));
        else if (Has(rules.BlockedExtensions, extension) || (rules.AllowedExtensions.Count > 0 && !Has(rules.AllowedExtensions, extension)))
            Refuse("Invalid file extension", new OfficeProblem(415, "file-extension", $"Files like '{file.Name}' are not taken here.", rules.AllowedExtensions.Count > 0 ? $"Send {string.Join(", ", rules.AllowedExtensions)}. Nothing was changed." : "Nothing was changed."));
        else if (rules.AllowedMimeTypes.Count > 0 && !rules.AllowedMimeTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
            Refuse("Invalid file MIME type", new OfficeProblem(415, "file-type", $"'{file.Name}' is {type}, which is not taken here.", $"Send {string.Join(", ", rules.AllowedMimeTypes)}. Nothing was changed."));
        return file;

        static bool Has(IReadOnlyList<string> list, string extension) => list.Any(e => e.TrimStart('.').Equals(extension.TrimStart('.'), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The workflow goes on by the outcome its author drew for this; without one the caller is refused.</summary>
    private void Refuse(string outcome, OfficeProblem problem)
    {
        if (!rules.Takes(outcome))
            throw problem;
        _refused ??= outcome;
    }

    private Value Keep(SentFile file) => Fields(
    [
        ("field", Value.From(file.Field)), ("name", Value.From(file.Name)), ("contentType", Value.From(file.ContentType)),
        ("size", Value.From((double)file.Bytes.Length)), ("sha256", Value.From(files.Save(file.Bytes))),
    ]);

    /// <summary>The last part of the name, as people see it: no path, no control characters, not longer than a file name may be.</summary>
    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var given = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        var name = string.Concat(given[(given.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))).Trim();
        return name.Length switch { 0 => "file", > 200 => name[^200..], _ => name };
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is { Length: > 0 and <= 70 } boundary ? boundary : throw new OfficeProblem(400, "form-unreadable", "The form has no boundary.", "Send it again. Nothing was changed.")
            : null;

    private static Value Fields(IEnumerable<(string Name, Value Value)> fields)
    {
        var value = new ObjectValue();
        foreach (var (name, field) in fields)
            value.Set(name, field);
        return Value.From(value);
    }

    private sealed record SentFile(string Field, string Name, string ContentType, byte[] Bytes);
}
