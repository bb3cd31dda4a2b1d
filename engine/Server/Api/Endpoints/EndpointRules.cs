using ProductionOffice.Expressions;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary>What the author of an HttpEndpoint said about who may call it and how much may be sent.</summary>
/// <param name="value">As the engine describes the endpoint.</param>
internal sealed class EndpointRules(Value value)
{
    private const long LargestBody = 1 << 20;
    /// <summary>Most bytes of any request with files.</summary>
    public const long LargestUpload = 30 << 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>The path with the names of its parts, as written.</summary>
    public string Path { get; } = value["path"].IsNullish ? "" : value["path"].ToString();

    /// <summary>Whether the caller needs an account: yes, unless the author said no.</summary>
    public bool Authorize { get; } = value["authorize"].IsNullish || value["authorize"].IsTruthy;

    /// <summary>Role the account must have; null when any will do.</summary>
    public string? Policy { get; } = value["policy"].IsNullish ? null : value["policy"].ToString();

    public TimeSpan Timeout { get; } = value["timeoutSeconds"].IsNullish ? LongestWait : TimeSpan.FromSeconds(value["timeoutSeconds"].AsNumber());

    public IReadOnlyList<string> AllowedExtensions { get; } = Texts(value["allowedFileExtensions"]);

    public IReadOnlyList<string> BlockedExtensions { get; } = Texts(value["blockedFileExtensions"]);

    public IReadOnlyList<string> AllowedMimeTypes { get; } = Texts(value["allowedMimeTypes"]);

    private readonly IReadOnlyList<string> _exposes = Texts(value["exposes"]);

    /// <summary>Most bytes of a request; more of one with files.</summary>
    public long LargestRequest(bool hasFiles) => Math.Min(LargestUpload, Bytes("requestSizeLimit") ?? (hasFiles ? LargestUpload : LargestBody));

    /// <summary>Most bytes of one file.</summary>
    public long LargestFile => Math.Min(LargestUpload, Bytes("fileSizeLimit") ?? LargestUpload);

    /// <summary>Whether the workflow itself goes on by this outcome when something is wrong with what was sent.</summary>
    public bool Takes(string outcome) => _exposes.Contains(outcome);

    private long? Bytes(string name) => value[name].IsNullish ? null : (long)value[name].AsNumber();

    private static IReadOnlyList<string> Texts(Value value) => value.Kind == ValueKind.List ? [.. value.AsList().Select(v => v.ToString().Trim())] : [];
}
