using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Waits for a web request, or is started by it; the host turns requests into stimuli.</summary>
[Activity(TypeName, "HTTP", DisplayName = "HTTP Endpoint", Description = "Wait for an inbound HTTP request that matches the specified path and methods.", Kind = "Trigger", IsTrigger = true)]
internal sealed class HttpEndpoint : Activity
{
    public const string TypeName = "Elsa.HttpEndpoint";

    [Input(Description = "The path, for example locations/permit.", Required = true)]
    public Input<string>? Path { get; set; }

    [Input(DisplayName = "Supported methods", Description = "GET, POST …", UIHint = "checklist")]
    public Input<ListValue>? SupportedMethods { get; set; }

    [Input(Description = "Whether the caller must be signed in.", Category = "Security")]
    public Input<bool>? Authorize { get; set; }

    [Input(Description = "Policy the caller must meet.", Category = "Security")]
    public Input<string>? Policy { get; set; }

    [Output(Description = "The request.")]
    public Output<object>? Result { get; set; }

    [Output(Description = "Its body, parsed.")]
    public Output<object>? ParsedContent { get; set; }

    [Output]
    public Output<object>? RouteData { get; set; }

    [Output]
    public Output<object>? QueryStringData { get; set; }

    [Output]
    public Output<object>? Headers { get; set; }

    protected internal override TriggerStimulus? GetTrigger(TriggerContext context) =>
        new(TypeName, Stimulus(context.Get(Path) ?? "", Methods(context.GetValue(SupportedMethods))[0]));

    /// <summary>What a request matches by; a bookmark is made for each method.</summary>
    public static Value Stimulus(string path, string method)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("path", Value.From(path.Trim('/').ToLowerInvariant()));
        stimulus.Set("method", Value.From(method.ToLowerInvariant()));
        return Value.From(stimulus);
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow)
        {
            Received(context);
            return;
        }

        foreach (var method in Methods(context.GetValue(SupportedMethods)))
            context.CreateBookmark(new BookmarkRequest { Stimulus = Stimulus(context.Get(Path) ?? "", method), Callback = Received, IncludeActivityInstanceId = false });
    }

    private static string[] Methods(Value value) => TypeConversion.ToTexts(value) is { Length: > 0 } methods ? methods : ["GET"];

    private void Received(ActivityExecutionContext context)
    {
        var request = context.Resumed;
        context.Set(Result, request.IsNullish ? Value.Null : request);
        context.Set(ParsedContent, request["body"]);
        context.Set(RouteData, request["routeData"]);
        context.Set(QueryStringData, request["query"]);
        context.Set(Headers, request["headers"]);
        context.Complete();
    }
}

/// <summary>What the two forms of a web request have in common: sent after the commit, the answer comes back as a wake-up.</summary>
internal abstract class HttpRequestActivity : Activity
{
    [Input(DisplayName = "URL", Required = true)]
    public Input<string>? Url { get; set; }

    [Input(DefaultValue = "GET", Options = ["GET", "POST", "PUT", "HEAD", "OPTIONS", "PATCH", "DELETE"])]
    public Input<string>? Method { get; set; }

    [Input(Description = "The body; objects are sent as JSON.")]
    public Input<Value>? Content { get; set; }

    [Input(DisplayName = "Content type")]
    public Input<string>? ContentType { get; set; }

    [Input(Description = "Value of the Authorization header.", Category = "Security")]
    public Input<string>? Authorization { get; set; }

    [Input(DisplayName = "Headers")]
    public Input<ObjectValue>? RequestHeaders { get; set; }

    [Output(DisplayName = "Status code")]
    public Output<int>? StatusCode { get; set; }

    [Output]
    public Output<object>? ParsedContent { get; set; }

    [Output]
    public Output<object>? ResponseHeaders { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var request = new ObjectValue();
        request.Set("url", Value.From(context.Get(Url)));
        request.Set("method", Value.From(context.Get(Method) ?? "GET"));
        var content = context.GetValue(Content);
        if (!content.IsNullish)
            request.Set("content", content);
        if (Blank.ToNull(context.Get(ContentType)) is { } type)
            request.Set("contentType", Value.From(type));
        if (Blank.ToNull(context.Get(Authorization)) is { } authorization)
            request.Set("authorization", Value.From(authorization));
        if (context.Get(RequestHeaders) is { } headers)
            request.Set("headers", Value.From(headers));
        context.Send("http", Value.From(request), context.CreateBookmark(new BookmarkRequest { Callback = Answered }));
    }

    /// <summary>The answer is <c>{"statusCode","content","headers"}</c>, or <c>{"error":"Failed to connect"|"Timeout"}</c>.</summary>
    protected void Answered(ActivityExecutionContext context)
    {
        var answer = context.Resumed;
        if (answer["error"] is { Kind: ValueKind.String } error)
        {
            Ended(context, error.AsString(), null);
            return;
        }

        var status = (int)TypeConversion.ToNumber(answer["statusCode"]);
        context.Set(StatusCode, Value.From((double)status));
        context.Set(ParsedContent, answer["content"]);
        context.Set(ResponseHeaders, answer["headers"]);
        Ended(context, null, status);
    }

    protected abstract void Ended(ActivityExecutionContext context, string? error, int? status);
}

/// <summary>Sends a web request; ports hold what runs for a status.</summary>
[Activity("Elsa.SendHttpRequest", "HTTP", DisplayName = "HTTP Request", Description = "Send an HTTP request.", Kind = "Task")]
internal sealed class SendHttpRequest : HttpRequestActivity
{
    private (int Status, Activity? Activity)[] _expected = [];

    [Port]
    public Activity? UnmatchedStatusCode { get; set; }

    [Port]
    public Activity? FailedToConnect { get; set; }

    [Port]
    public Activity? Timeout { get; set; }

    internal override void Bind(ActivityBinder binder) =>
        _expected = [.. Definitions.DefinitionJson.Objects(binder.Json["expectedStatusCodes"]).Select((json, i) => (Definitions.DefinitionJson.Integer(json["statusCode"]) ?? 0, binder.Child(json["activity"], $"expectedStatusCodes[{i}].activity")))];

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes) => context.Complete();

    protected override void Ended(ActivityExecutionContext context, string? error, int? status)
    {
        var next = error is not null
            ? error == "Timeout" ? Timeout : FailedToConnect
            : Array.FindIndex(_expected, e => e.Status == status) is >= 0 and var index ? _expected[index].Activity : UnmatchedStatusCode;
        if (next is null)
            context.Complete();
        else
            context.Schedule(next);
    }
}

/// <summary>Sends a web request; outcomes are the status codes.</summary>
[Activity("Elsa.FlowSendHttpRequest", "HTTP", DisplayName = "HTTP Request (flow)", Description = "Send an HTTP request.", Kind = "Task")]
[Outcomes("Unmatched status code", "Failed to connect", "Timeout", "Done")]
internal sealed class FlowSendHttpRequest : HttpRequestActivity
{
    [Input(DisplayName = "Expected status codes", Description = "Each becomes an outcome.", UIHint = "multitext")]
    public Input<ListValue>? ExpectedStatusCodes { get; set; }

    protected internal override IReadOnlyList<string>? GetOutcomes(TriggerContext context) =>
        [.. TypeConversion.ToTexts(context.GetValue(ExpectedStatusCodes)), "Unmatched status code", "Failed to connect", "Timeout", "Done"];

    protected override void Ended(ActivityExecutionContext context, string? error, int? status)
    {
        if (error is not null)
        {
            context.Complete(error);
            return;
        }

        var expected = TypeConversion.ToList(context.GetValue(ExpectedStatusCodes))?.Any(code => (int)TypeConversion.ToNumber(code) == status) == true;
        context.Complete(expected ? $"{status}" : "Unmatched status code", "Done");
    }
}

/// <summary>Answers the web request that the instance was woken by, when the host still holds it.</summary>
[Activity("Elsa.WriteHttpResponse", "HTTP", DisplayName = "HTTP Response", Description = "Write a response to the current HTTP request.")]
internal sealed class WriteHttpResponse : CodeActivity
{
    [Input(DisplayName = "Status code", DefaultValue = 200)]
    public Input<int>? StatusCode { get; set; }

    [Input(Description = "The body; objects are sent as JSON.")]
    public Input<Value>? Content { get; set; }

    [Input(DisplayName = "Content type")]
    public Input<string>? ContentType { get; set; }

    [Input(DisplayName = "Headers")]
    public Input<ObjectValue>? ResponseHeaders { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var response = new ObjectValue();
        response.Set("statusCode", Value.From((double)context.Get(StatusCode)));
        response.Set("content", context.GetValue(Content).IsNullish ? Value.Null : context.GetValue(Content));
        if (Blank.ToNull(context.Get(ContentType)) is { } type)
            response.Set("contentType", Value.From(type));
        if (context.Get(ResponseHeaders) is { } headers)
            response.Set("headers", Value.From(headers));
        context.Send("http-response", Value.From(response));
    }
}
