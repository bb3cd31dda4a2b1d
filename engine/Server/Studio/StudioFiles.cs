using System.Collections.Frozen;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace ProductionOffice.Server.Studio;

/// <summary>The designer's own files, as the build restored them beside the program; none where it could not.</summary>
internal sealed partial class StudioFiles(string folder)
{
    private readonly Lazy<FrozenDictionary<string, StudioFile>> _files = new(() => Read(folder));

    /// <summary>Whether there is a designer to serve.</summary>
    public bool AreThere => _files.Value.Count > 0;

    /// <summary>Sends a file as packed as the browser takes it.</summary>
    /// <param name="path">Path below the folder, as in the address; a path that is no file is answered with 404.</param>
    /// <param name="context">Who asks.</param>
    public async Task SendAsync(string path, HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!_files.Value.TryGetValue(path, out var file))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var packing = file.IsPacked ? Packing(request) : "";
        var (name, tag) = packing switch
        {
            "br" => (file.Path + ".br", $"\"{file.Tag}-br\""),
            "gzip" => (file.Path + ".gz", $"\"{file.Tag}-gz\""),
            _ => (file.Path, $"\"{file.Tag}\""),
        };
        response.ContentType = file.Type;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = Fingerprint().IsMatch(path) ? "public, max-age=31536000, immutable" : "no-cache";
        // A worker goes by the policy of its own file.
        response.Headers.ContentSecurityPolicy = StudioPolicy.Text;
        if (file.IsPacked)
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (packing.Length > 0)
            response.Headers.ContentEncoding = packing;
        if (HttpMethods.IsHead(request.Method))
            return;
        if (!file.IsPacked || packing.Length > 0)
        {
            await response.SendFileAsync(name, context.RequestAborted);
            return;
        }

        await using var packed = File.OpenRead(file.Path + ".gz");
        await using var plain = new GZipStream(packed, CompressionMode.Decompress);
        await plain.CopyToAsync(response.Body, context.RequestAborted);
    }

    /// <summary>What of the two the browser takes; browsers offer br over https and on this machine alone.</summary>
    private static string Packing(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Takes("br") ? "br" : Takes("gzip") ? "gzip" : "";

        bool Takes(string name) => accepted.Any(a => a.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
    }

    private static FrozenDictionary<string, StudioFile> Read(string folder)
    {
        if (!Directory.Exists(folder))
            return FrozenDictionary<string, StudioFile>.Empty;

        var files = new Dictionary<string, StudioFile>(StringComparer.Ordinal);
        foreach (var found in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var isPacked = found.Extension is ".gz" or ".br";
            var path = isPacked ? found.FullName[..^3] : found.FullName;
            if (Type(Path.GetExtension(path)) is { } type)
                files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = new StudioFile(path, isPacked, type, $"{found.LastWriteTimeUtc.Ticks:x}-{found.Length:x}");
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string? Type(string extension) => extension switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json",
        ".wasm" => "application/wasm",
        ".dat" => "application/octet-stream",
        ".woff2" => "font/woff2",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".cur" => "image/x-icon",
        ".webmanifest" => "application/manifest+json",
        _ => null,
    };

    [GeneratedRegex(@"\.[0-9a-z]{10}\.")]
    private static partial Regex Fingerprint();

    /// <param name="Path">On disk, without the ending of its packing.</param>
    /// <param name="IsPacked">Whether it lies there packed (both ways) instead of plain.</param>
    /// <param name="Type">What it is, for browsers.</param>
    /// <param name="Tag">Differs when the file does.</param>
    private sealed record StudioFile(string Path, bool IsPacked, string Type, string Tag);
}
