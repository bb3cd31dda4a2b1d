using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Waits for a web request, or is started by it; the host turns requests into stimuli.</summary>
[Activity(TypeName, "HTTP", DisplayName = "HTTP Endpoint", Description = "Wait for an inbound HTTP request that matches the specified path and methods.", Kind = "Trigger", IsTrigger = true)]
[Outcomes("Done", RequestTooLarge, FileTooLarge, InvalidFileExtension, InvalidFileMimeType)]
internal sealed class HttpEndpoint : Activity
{
    public const string TypeName = "Elsa.HttpEndpoint";
    private const string RequestTooLarge = "Request too large";
    private const string FileTooLarge = "File too large";
    private const string InvalidFileExtension = "Invalid file extension";
    private const string InvalidFileMimeType = "Invalid file MIME type";

    [Input(Description = "The path under /workflows, for example locations/{id}/permit.", Required = true)]
    public Input<string>? Path { get; set; }

    [Input(DisplayName = "Supported methods", Description = "GET, POST …; with GET, whoever follows a link starts it.", UIHint = "checklist")]
    public Input<ListValue>? SupportedMethods { get; set; }

    [Input(Description = "Whether the caller must have an account; only false lets everybody in.", Category = "Security")]
    public Input<bool>? Authorize { get; set; }

    [Input(Description = "Role the caller's account must have, for example productionCoordinator.", Category = "Security")]
    public Input<string>? Policy { get; set; }

    [Input(DisplayName = "Request timeout", Description = "Hours, minutes, seconds after which the caller is told that it took too long.")]
    public Input<TimeSpan>? RequestTimeout { get; set; }

    [Input(DisplayName = "Request size limit", Description = "Most bytes of a request.", Category = "Upload")]
    public Input<long>? RequestSizeLimit { get; set; }

    [Input(DisplayName = "File size limit", Description = "Most bytes of one file.", Category = "Upload")]
    public Input<long>? FileSizeLimit { get; set; }

    [Input(DisplayName = "Allowed file extensions", Description = "For example .pdf; none allows all.", UIHint = "multitext", Category = "Upload")]
    public Input<ListValue>? AllowedFileExtensions { get; set; }

    [Input(DisplayName = "Blocked file extensions", Description = "For example .exe.", UIHint = "multitext", Category = "Upload")]
    public Input<ListValue>? BlockedFileExtensions { get; set; }

    [Input(DisplayName = "Allowed MIME types", Description = "For example application/pdf; none allows all.", UIHint = "multitext", Category = "Upload")]
    public Input<ListValue>? AllowedMimeTypes { get; set; }

    [Input(DisplayName = "Expose 'Request too large'", Description = "Whether the workflow goes on by this outcome; else the caller is refused.", Category = "Upload")]
    public Input<bool>? ExposeRequestTooLargeOutcome { get; set; }

    [Input(DisplayName = "Expose 'File too large'", Description = "Whether the workflow goes on by this outcome; else the caller is refused.", Category = "Upload")]
    public Input<bool>? ExposeFileTooLargeOutcome { get; set; }

    [Input(DisplayName = "Expose 'Invalid file extension'", Description = "Whether the workflow goes on by this outcome; else the caller is refused.", Category = "Upload")]
    public Input<bool>? ExposeInvalidFileExtensionOutcome { get; set; }

    [Input(DisplayName = "Expose 'Invalid file MIME type'", Description = "Whether the workflow goes on by this outcome; else the caller is refused.", Category = "Upload")]
    public Input<bool>? ExposeInvalidFileMimeTypeOutcome { get; set; }

    [Output(Description = "The request.")]
    public Output<object>? Result { get; set; }

    [Output(Description = "Its body, parsed.")]
    public Output<object>? ParsedContent { get; set; }

    [Output(Description = "The files sent with it: name, contentType, size, sha256.")]
    public Output<object>? Files { get; set; }

    [Output(Description = "The first of them.")]
    public Output<object>? File { get; set; }

    [Output]
    public Output<object>? RouteData { get; set; }

    [Output]
    public Output<object>? QueryStringData { get; set; }

    [Output]
    public Output<object>? Headers { get; set; }

    /// <summary>What a request matches by; there is one for each method.</summary>
    public static Value Stimulus(string path, string method)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("path", Value.From(path.Trim('/').ToLowerInvariant()));
        stimulus.Set("method", Value.From(method.ToLowerInvariant()));
        return Value.From(stimulus);
    }

    internal override IEnumerable<TriggerStimulus> GetTriggers(TriggerContext context) =>
        Methods(context.GetValue(SupportedMethods)).Select(method => new TriggerStimulus(TypeName, Stimulus(context.Get(Path) ?? "", method)));

    internal override Value DescribeTrigger(TriggerContext context) => Rules(context.GetValue);

    protected override void Execute(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow)
        {
            Received(context);
            return;
        }

        var path = context.Get(Path) ?? "";
        var payload = Rules(context.GetValue);
        payload.AsObject().Set("waitingFor", Value.From($"a web request to /workflows/{path.Trim('/')}"));
        foreach (var method in Methods(context.GetValue(SupportedMethods)))
            context.CreateBookmark(new BookmarkRequest { Stimulus = Stimulus(path, method), Payload = payload, Callback = Received, IncludeActivityInstanceId = false });
    }

    private static string[] Methods(Value value) => TypeConversion.ToTexts(value) is { Length: > 0 } methods ? [.. methods.Distinct(StringComparer.OrdinalIgnoreCase)] : ["GET"];

    /// <summary>What the host has to know before it lets a request in; the path as it was written, for the names of its parts.</summary>
    private Value Rules(Func<IInput?, Value> read)
    {
        var rules = new ObjectValue();
        rules.Set("path", Value.From((TypeConversion.ToText(read(Path)) ?? "").Trim('/')));
        rules.Set("authorize", Value.From(read(Authorize).IsNullish || TypeConversion.ToBoolean(read(Authorize))));
        Keep("policy", Blank.ToNull(TypeConversion.ToText(read(Policy))) is { } policy ? Value.From(policy) : Value.Null);
        Keep("timeoutSeconds", TypeConversion.ToTimeSpan(read(RequestTimeout)) is { Ticks: > 0 } timeout ? Value.From(timeout.TotalSeconds) : Value.Null);
        Keep("requestSizeLimit", Bytes(read(RequestSizeLimit)));
        Keep("fileSizeLimit", Bytes(read(FileSizeLimit)));
        Keep("allowedFileExtensions", Texts(read(AllowedFileExtensions)));
        Keep("blockedFileExtensions", Texts(read(BlockedFileExtensions)));
        Keep("allowedMimeTypes", Texts(read(AllowedMimeTypes)));
        (IInput? Flag, string Outcome)[] flags =
        [
            (ExposeRequestTooLargeOutcome, RequestTooLarge), (ExposeFileTooLargeOutcome, FileTooLarge),
            (ExposeInvalidFileExtensionOutcome, InvalidFileExtension), (ExposeInvalidFileMimeTypeOutcome, InvalidFileMimeType),
        ];
        Keep("exposes", Texts(Value.From(new ListValue(flags.Where(f => TypeConversion.ToBoolean(read(f.Flag))).Select(f => Value.From(f.Outcome))))));
        return Value.From(rules);

        void Keep(string name, Value value)
        {
            if (!value.IsNullish)
                rules.Set(name, value);
        }
    }

    private static Value Bytes(Value value) => TypeConversion.ToNumber(value) is > 0 and var bytes ? Value.From(Math.Floor(bytes)) : Value.Null;

    private static Value Texts(Value value) => TypeConversion.ToTexts(value) is { Length: > 0 } texts ? Value.From(new ListValue(texts.Select(t => Value.From(t)))) : Value.Null;

    private void Received(ActivityExecutionContext context)
    {
        var request = context.Resumed;
        context.Set(Result, request.IsNullish ? Value.Null : request);
        context.Set(ParsedContent, request["body"]);
        context.Set(Files, request["files"]);
        context.Set(File, request["files"] is { Kind: ValueKind.List } files && files.AsList().Count > 0 ? files.AsList()[0] : Value.Null);
        context.Set(RouteData, request["routeData"]);
        context.Set(QueryStringData, request["query"]);
        context.Set(Headers, request["headers"]);
        context.Complete(request["problem"] is { Kind: ValueKind.String } problem ? problem.AsString() : "Done");
    }
}
